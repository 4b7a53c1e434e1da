using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>When a property's value is pushed (spec alwayson 5.4). One a property and subscriber.</summary>
internal sealed class PushRule(string property, string pushType, double threshold, bool isFolded)
{
    private bool _wasPushed;
    private Value _lastPushed;

    /// <summary>The property.</summary>
    public string Property => property;

    /// <summary>Whether only the newest of several waiting values goes.</summary>
    public bool IsFolded => isFolded;

    /// <summary>Whether it is pushed at all.</summary>
    public bool IsActive => pushType != "NEVER";

    /// <summary>Whether a write is to be pushed; remembers that it was. Called under the target's lock.</summary>
    public bool Takes(in PropertyWrite write)
    {
        var takes = pushType switch
        {
            "ALWAYS" => true,
            "NEVER" => false,
            "ON" => write.After.Value.AsBoolean() && !write.Before.Value.AsBoolean(),
            "OFF" => !write.After.Value.AsBoolean() && write.Before.Value.AsBoolean(),
            "DEADBAND" => !_wasPushed || Differs(_lastPushed, write.After.Value) || write.Before.Quality != write.After.Quality,
            _ => !_wasPushed || write.Before.Time == 0 || Differs(write.Before.Value, write.After.Value) || write.Before.Quality != write.After.Quality,
        };
        if (takes)
            Pushed(write.After.Value);
        return takes;
    }

    /// <summary>A value goes, or has gone, to the subscriber.</summary>
    public void Pushed(Value value) => (_wasPushed, _lastPushed) = (true, value);

    private bool Differs(Value before, Value after)
    {
        var isMeasured = threshold > 0 && Measures(before) && Measures(after);
        return isMeasured ? !(Math.Abs(after.AsNumber() - before.AsNumber()) <= threshold) : before != after;
    }

    private static bool Measures(Value value) => value.BaseType is BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG;
}
