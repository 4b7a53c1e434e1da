using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>
/// What takes the place of base types that the C SDK cannot read: it drops a row that holds one, and all rows after
/// it, in silence.
/// </summary>
/// <remarks>
/// Spec alwayson 4.2: LONG and TIMESPAN become numbers, SCHEDULE, VECn, THINGCODE and the newer name types text.
/// </remarks>
internal static class DeviceTypes
{
    // Above it a float skips integers.
    private const long ExactInFloat = 1L << 53;

    public static BaseType Map(BaseType type) => type switch
    {
        BaseType.LONG or BaseType.TIMESPAN => BaseType.NUMBER,
        BaseType.SCHEDULE or BaseType.THINGGROUPNAME => BaseType.STRING,
        > BaseType.DASHBOARDNAME or < BaseType.NOTHING => BaseType.STRING,
        _ => type,
    };

    /// <summary>
    /// The value in a type that the device reads. A LONG that no float holds goes as text: wrong digits would be
    /// worse.
    /// </summary>
    public static Value Map(Value value)
    {
        var type = value.BaseType;
        if (Map(type) == type)
            return value;
        if (type is not (BaseType.LONG or BaseType.TIMESPAN))
            return Value.String(value.ToString());
        var number = value.AsLong();
        return type == BaseType.LONG && number == (int)number ? Value.Integer((int)number)
            : number is >= -ExactInFloat and <= ExactInFloat ? Value.Number(number)
            : Value.String(value.ToString());
    }
}
