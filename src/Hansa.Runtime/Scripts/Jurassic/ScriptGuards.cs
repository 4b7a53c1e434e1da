using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>What guarded code calls (see guard.js): the host's eyes within a script.</summary>
internal static class ScriptGuards
{
    private const int MaxPrototypes = 500;

    /// <summary>The guards of programs: turn, enter, grown text, new object, digits, changed member.</summary>
    public static object[] Make(EngineSlot slot)
    {
        object turns = Meter.TurnsPerLook;
        return
        [
            new GuardFunction(slot, (_, _) =>
            {
                slot.Meter.Look();
                return turns;
            }),
            new GuardFunction(slot, (_, _) =>
            {
                slot.Meter.Enter();
                return Undefined.Value;
            }),
            new GuardFunction(slot, (value, share) =>
            {
                Hold(slot, value, share);
                return value;
            }),
            new GuardFunction(slot, (value, _) =>
            {
                CheckPrototypes(value);
                return value;
            }),
            new GuardFunction(slot, (value, _) =>
            {
                slot.Digits.Check(value);
                return value;
            }),
            new HostFunction(slot, (_, arguments) => slot.Digits.Change(
                TypeConverter.ToObject(slot.Engine, arguments[0]), arguments[1], arguments[2].ToString()!, arguments[3], TypeConverter.ToBoolean(arguments[4]))),
        ];
    }

    /// <summary>Refuses a long chain: the engine looks members up by recursion over prototypes, which would end the process.</summary>
    public static void CheckChain(ObjectInstance? o)
    {
        for (var length = 0; o is not null; o = o.Prototype)
        {
            if (++length > MaxPrototypes)
                throw ScriptErrors.Range($"A chain of prototypes has at most {MaxPrototypes} objects.");
        }
    }

    private static void Hold(EngineSlot slot, object value, object? share)
    {
        var length = value switch
        {
            string text => text.Length,
            ConcatenatedString text => text.Length,
            _ => 0,
        };
        if (length > 0)
            slot.Meter.Hold(share is null ? length : length * TypeConverter.ToNumber(share));
    }

    private static void CheckPrototypes(object value)
    {
        CheckChain(value as ObjectInstance);
        if (value is FunctionInstance function)
            CheckChain(function.GetPropertyValue("prototype") as ObjectInstance);
    }
}
