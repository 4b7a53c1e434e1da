using System.Globalization;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>A function that every script has by its name (spec platform 3.7).</summary>
/// <param name="Name">As scripts write it.</param>
/// <param name="Body">What it does; what it refuses reaches the script as an Error.</param>
internal sealed record GlobalFunction(string Name, Func<GlobalCall, Value> Body);

/// <summary>One call of a global function.</summary>
/// <param name="Function">The function's name, for the texts of refusals.</param>
/// <param name="Arguments">In the order in which the script gave them.</param>
/// <param name="Host">The platform, with the caller's rights.</param>
/// <param name="Pause">Holds the script for that long; ends with the call's time limit or its cancellation.</param>
internal sealed record GlobalCall(string Function, Value[] Arguments, IScriptHost Host, Action<TimeSpan> Pause)
{
    /// <summary>An argument of that type.</summary>
    /// <exception cref="PlatformException">It is missing or does not fit.</exception>
    public Value Argument(int index, string name, BaseType type)
    {
        var given = Optional(index, name, type);
        return !given.IsNull ? given : throw Refuse($"needs '{name}', {Article(type)} {type.Name()}");
    }

    /// <summary>An argument of that type; null where it was not given.</summary>
    public Value Optional(int index, string name, BaseType type) => index < Arguments.Length ? Coercion.To(Arguments[index], type, name) : default;

    /// <summary>A text.</summary>
    public string Text(int index, string name) => Argument(index, name, BaseType.STRING).AsText()!;

    /// <summary>A number that is one.</summary>
    public double Number(int index, string name)
    {
        var number = Argument(index, name, BaseType.NUMBER).AsNumber();
        return double.IsFinite(number) ? number : throw Refuse($"cannot take {number.ToString(CultureInfo.InvariantCulture)} for '{name}'");
    }

    /// <summary>A time within the years 1 to 9999.</summary>
    public DateTimeOffset Time(int index, string name)
    {
        try
        {
            return Argument(index, name, BaseType.DATETIME).AsDateTime()!.Value;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Refuse($"takes times of the years 1 to 9999 for '{name}'");
        }
    }

    /// <summary>A place.</summary>
    public Location Place(int index, string name) => Argument(index, name, BaseType.LOCATION).AsLocation()!;

    /// <summary>The error of a call that cannot be answered.</summary>
    public PlatformException Refuse(string why) => new(ErrorCode.BadRequest, $"{Function} {why}.");

    private static string Article(BaseType type) => type is BaseType.INFOTABLE or BaseType.INTEGER ? "an" : "a";
}

/// <summary>All global functions; a new one is an entry in the list of its group.</summary>
internal static class GlobalFunctions
{
    /// <summary>Every function.</summary>
    public static IReadOnlyList<GlobalFunction> All { get; } =
        [.. DateFunctions.All, .. TextFunctions.All, .. SecretFunctions.All, .. PlaceFunctions.All, .. MachineFunctions.All];
}
