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
            new GuardFunction(slot.Engine, _ =>
            {
                slot.Meter.Look();
                return turns;
            }),
            new GuardFunction(slot.Engine, _ =>
            {
                slot.Meter.Enter();
                return Undefined.Value;
            }),
            new GuardFunction(slot.Engine, arguments =>
            {
                Hold(slot, arguments[0], arguments.Length > 1 ? arguments[1] : null);
                return arguments[0];
            }),
            new GuardFunction(slot.Engine, arguments =>
            {
                CheckPrototypes(arguments[0]);
                return arguments[0];
            }),
            new GuardFunction(slot.Engine, arguments =>
            {
                slot.Digits.Check(arguments[0]);
                return arguments[0];
            }),
            new GuardFunction(slot.Engine, arguments => slot.Digits.Change(
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
