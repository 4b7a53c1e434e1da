using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>When a write counts as a change, and what may be written (spec platform 3.3).</summary>
internal static class PropertyRules
{
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
        if (!low.IsNull && value.AsNumber() < Coercion.To(low, BaseType.NUMBER, "minimumValue").AsNumber())
            throw Errors.Bad($"Property [{property.Name}]: {value} is below the minimum of {low}.");
        if (!high.IsNull && value.AsNumber() > Coercion.To(high, BaseType.NUMBER, "maximumValue").AsNumber())
            throw Errors.Bad($"Property [{property.Name}]: {value} is above the maximum of {high}.");
        return value;
    }

    private static bool Differs(PropertyDefinition property, Vtq before, Vtq after)
    {
        if (before.Time == 0 || before.Value.IsNull || after.Value.IsNull)
            return before.Time == 0 || before.Value != after.Value;
        return property.BaseType.Form() is ValueForm.Number or ValueForm.Integer && property.BaseType != BaseType.DATETIME
            ? Math.Abs(after.Value.AsNumber() - before.Value.AsNumber()) > property.DataChangeThreshold
            : before.Value != after.Value;
    }
}
