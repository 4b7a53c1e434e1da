using Hansa.Model;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>A BLOB or IMAGE in a script's hands: it can be passed on, measured, and written as base64, not changed.</summary>
internal sealed class BytesObject(EngineSlot slot, Value value) : VirtualObject(slot, slot.Engine.Object.InstancePrototype)
{
    public Value Value => value;

    /// <summary>The bytes as base64, refused where that text would be too long.</summary>
    public string ToBase64()
    {
        Slot.Meter.Hold(value.AsBytes()!.Length / 3.0 * 4);
        return value.ToString();
    }

    protected override object? Read(string name) => name switch
    {
        "length" => value.AsBytes()!.Length,
        "toString" or "toJSON" => new HostFunction(Slot, (_, _) => ToBase64()),
        _ => null,
    };

    protected override void Write(string name, object? value) => throw ScriptErrors.Type("Bytes cannot be changed.");
}
