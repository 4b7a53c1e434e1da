using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>When a write counts as a change, and what may be written (spec platform 3.3).</summary>
internal static class PropertyRules
{
    /// <summary>What may be said of when a write counts as a change.</summary>
    public static readonly string[] DataChangeTypes = ["VALUE", "ALWAYS", "NEVER", "ON", "OFF"];

    /// <summary>Whether the write fires DataChange: VALUE beyond the threshold, ALWAYS, NEVER, ON, OFF.</summary>
    public static bool IsDataChange(this PropertyDefinition property, Vtq before, Vtq after) => property.DataChangeType switch
    {
        "ALWAYS" => true,
        "NEVER" => false,
        "ON" => property.BaseType == BaseType.BOOLEAN ? after.Value.AsBoolean() && !before.Value.AsBoolean() : before.Value != after.Value,
        "OFF" => !after.Value.AsBoolean() && before.Value.AsBoolean(),
        _ => Differs(property, before, after),
    };

    /// <summary>Refuses numbers outside minimumValue and maximumValue.</summary>
    public static Value CheckRange(this PropertyDefinition property, Value value)
    {
        var aspects = property.Field.Aspects;
        if (aspects.Count == 0 || value.IsNull || value.BaseType.Form() is not (ValueForm.Number or ValueForm.Integer))
            return value;
        var (low, high) = (aspects["minimumValue"], aspects["maximumValue"]);
        if (!low.IsNull && !(value.AsNumber() >= Coercion.To(low, BaseType.NUMBER, "minimumValue").AsNumber()))
            throw Errors.Bad($"Property [{property.Name}] must be {low} or more, not {value}.");
        if (!high.IsNull && !(value.AsNumber() <= Coercion.To(high, BaseType.NUMBER, "maximumValue").AsNumber()))
            throw Errors.Bad($"Property [{property.Name}] must be {high} or less, not {value}.");
        return value;
    }

    private static bool Differs(PropertyDefinition property, Vtq before, Vtq after)
    {
        if (before.Time == 0 || before.Value == after.Value)
            return before.Time == 0;
        // Without a threshold each difference counts, also one that a float cannot say, or to and from NaN.
        var isMeasured = property.BaseType.Form() is ValueForm.Number or ValueForm.Integer && property.BaseType != BaseType.DATETIME
            && !before.Value.IsNull && !after.Value.IsNull && property.DataChangeThreshold > 0;
        return !isMeasured || !(Math.Abs(after.Value.AsNumber() - before.Value.AsNumber()) <= property.DataChangeThreshold);
    }
}
