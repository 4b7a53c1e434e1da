using System.Globalization;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// When an alert holds (spec platform 3.5). Limits stand in one row of attributes: <c>value</c> for EqualTo and NotEqualTo; <c>limit</c> for Above and
/// Below; <c>minimum</c> and <c>maximum</c> for ranges; <c>value</c> (the target) and <c>limit</c> (how far from it) for deviations. A limit belongs to
/// the side of the alert unless <c>limitIncluded</c>, <c>minimumIncluded</c> or <c>maximumIncluded</c> is false; of a range both ends are inside it.
/// </summary>
internal sealed class AlertRule
{
    /// <summary>The types that fire here.</summary>
    public static readonly string[] Types = ["EqualTo", "NotEqualTo", "Above", "Below", "InRange", "OutofRange", "DeviationAbove", "DeviationBelow"];

    private readonly Func<Value, bool> _holds;
    private readonly string _what;

    private AlertRule(AlertDefinition definition, Func<Value, bool> holds, string what) => (Definition, _holds, _what) = (definition, holds, what);

    /// <summary>The alert.</summary>
    public AlertDefinition Definition { get; }

    /// <summary>Whether a value is what the alert warns of.</summary>
    public bool Holds(Value value) => !value.IsNull && _holds(value);

    /// <summary>What to say when it does.</summary>
    public string Message(Value value) => $"{Definition.Property} is {value}, {_what}.";

    /// <summary>The rule of an alert; null for one that is switched off, of a type that does not run here, or whose limits make no sense.</summary>
    public static AlertRule? Of(AlertDefinition alert, PropertyDefinition? property)
    {
        if (!alert.IsEnabled || property is null || !Types.Contains(alert.AlertType))
            return null;
        try
        {
            return Make(alert, property);
        }
        catch (PlatformException)
        {
            // An imported file may hold what a service would have refused.
            return null;
        }
    }

    /// <summary>The alert with its limits in the types that they are compared in.</summary>
    /// <exception cref="PlatformException">BadRequest: limits are missing, or make no sense for the property.</exception>
    public static AlertDefinition Fit(AlertDefinition alert, PropertyDefinition property)
    {
        Make(alert, property);
        var attributes = alert.Attributes;
        return attributes.RowCount == 0 ? alert : alert with
        {
            Attributes = InfoTable.Single([.. attributes.Shape.Fields.Select(field => (field.Name, TypeOf(alert, field.Name, field.BaseType, property.BaseType)))
                .Select(field => (field.Name, field.Item2, Coercion.To(attributes[0, field.Name], field.Item2, field.Name)))]),
        };
    }

    private static BaseType TypeOf(AlertDefinition alert, string attribute, BaseType given, BaseType property) => attribute switch
    {
        "limit" when alert.AlertType is "DeviationAbove" or "DeviationBelow" => BaseType.NUMBER,
        "value" or "limit" or "minimum" or "maximum" => property,
        "limitIncluded" or "minimumIncluded" or "maximumIncluded" => BaseType.BOOLEAN,
        _ => given,
    };

    private static AlertRule Make(AlertDefinition alert, PropertyDefinition property)
    {
        if (alert.AlertType is not ("EqualTo" or "NotEqualTo") && property.BaseType.Form() is not (ValueForm.Number or ValueForm.Integer))
            throw Errors.Bad($"Alert [{alert.Name}] is {alert.AlertType}, which is for numbers and times; property [{property.Name}] is {property.BaseType.Name()}.");
        var included = Flag(alert, "limitIncluded");
        switch (alert.AlertType)
        {
            case "EqualTo":
                var same = Limit(alert, "value", property.BaseType);
                return new(alert, value => value == same, $"which is {same}");
            case "NotEqualTo":
                var other = Limit(alert, "value", property.BaseType);
                return new(alert, value => value != other, $"which is not {other}");
            case "Above":
                var top = Number(alert, "limit", property.BaseType);
                return new(alert, value => included ? value.AsNumber() >= top : value.AsNumber() > top, $"{(included ? "at or above" : "above")} {Text(top)}");
            case "Below":
                var bottom = Number(alert, "limit", property.BaseType);
                return new(alert, value => included ? value.AsNumber() <= bottom : value.AsNumber() < bottom, $"{(included ? "at or below" : "below")} {Text(bottom)}");
            case "DeviationAbove":
                var (from, up) = (Number(alert, "value", property.BaseType), Number(alert, "limit", BaseType.NUMBER));
                return new(alert, value => included ? value.AsNumber() - from >= up : value.AsNumber() - from > up, $"{Text(up)} or more above {Text(from)}");
            case "DeviationBelow":
                var (target, down) = (Number(alert, "value", property.BaseType), Number(alert, "limit", BaseType.NUMBER));
                return new(alert, value => included ? target - value.AsNumber() >= down : target - value.AsNumber() > down, $"{Text(down)} or more below {Text(target)}");
            default:
                return Range(alert, property);
        }
    }

    private static AlertRule Range(AlertDefinition alert, PropertyDefinition property)
    {
        var (low, high) = (Number(alert, "minimum", property.BaseType), Number(alert, "maximum", property.BaseType));
        if (!(low <= high))
            throw Errors.Bad($"Alert [{alert.Name}]: minimum {Text(low)} is above maximum {Text(high)}.");
        var (fromLow, toHigh) = (Flag(alert, "minimumIncluded"), Flag(alert, "maximumIncluded"));
        bool IsIn(double value) => (fromLow ? value >= low : value > low) && (toHigh ? value <= high : value < high);
        return alert.AlertType == "InRange"
            ? new(alert, value => IsIn(value.AsNumber()), $"within {Text(low)} and {Text(high)}")
            : new(alert, value => !IsIn(value.AsNumber()), $"outside {Text(low)} and {Text(high)}");
    }

    private static Value Limit(AlertDefinition alert, string name, BaseType type)
    {
        var given = alert.Attributes.RowCount > 0 ? alert.Attributes[0, name] : default;
        var value = Coercion.To(given, type, $"{name} of alert {alert.Name}");
        return !value.IsNull ? value : throw Errors.Bad($"Alert [{alert.Name}] is {alert.AlertType} and needs the attribute '{name}'.");
    }

    private static double Number(AlertDefinition alert, string name, BaseType type) => Limit(alert, name, type) is { } value && !double.IsNaN(value.AsNumber())
        ? value.AsNumber() : throw Errors.Bad($"Attribute '{name}' of alert [{alert.Name}] must be a number.");

    private static bool Flag(AlertDefinition alert, string name)
    {
        var given = alert.Attributes.RowCount > 0 ? alert.Attributes[0, name] : default;
        return given.IsNull || Coercion.To(given, BaseType.BOOLEAN, name).AsBoolean();
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
