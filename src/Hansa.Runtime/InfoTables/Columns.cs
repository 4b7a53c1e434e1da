using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Fields of a table by the names that a caller gives: one name, or several with commas (or semicolons) between.</summary>
internal static class Columns
{
    private static readonly char[] Separators = [',', ';'];

    /// <summary>The names of a list, without the spaces around them; none for null and blank.</summary>
    public static string[] Names(string? list) =>
        (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The columns that a list names; none where it names none.</summary>
    /// <exception cref="PlatformException">BadRequest: a field is unknown.</exception>
    public static int[] List(InfoTable table, string? list, string parameter) => [.. Names(list).Select(name => One(table, name, parameter))];

    /// <summary>The columns that a list names; all where it names none.</summary>
    /// <exception cref="PlatformException">BadRequest: a field is unknown.</exception>
    public static int[] ListOrAll(InfoTable table, string? list, string parameter) =>
        List(table, list, parameter) is { Length: > 0 } columns ? columns : [.. Enumerable.Range(0, table.Shape.Fields.Length)];

    /// <summary>The column of that name.</summary>
    /// <exception cref="PlatformException">BadRequest: the field is unknown.</exception>
    public static int One(InfoTable table, string name, string parameter) => table.Shape.IndexOf(name) is var index && index >= 0
        ? index
        : throw Errors.Bad($"Parameter '{parameter}' names field '{name}', which is not among: {string.Join(", ", table.Shape.Fields.Select(field => field.Name))}.");

    /// <summary>The column of that name, which holds times.</summary>
    /// <exception cref="PlatformException">BadRequest: the field is unknown or of another type.</exception>
    public static int Time(InfoTable table, string name, string parameter)
    {
        var column = One(table, name, parameter);
        return table.Shape.Fields[column].BaseType is BaseType.DATETIME or BaseType.VARIANT
            ? column
            : throw Errors.Bad($"Parameter '{parameter}' asks for a DATETIME, and field '{name}' is {table.Shape.Fields[column].BaseType.Name()}.");
    }

    /// <summary>Refuses a field that holds no numbers.</summary>
    public static void DemandNumbers(FieldDefinition field, string function)
    {
        if (field.BaseType is not (BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG or BaseType.TIMESPAN or BaseType.VARIANT))
            throw Errors.Bad($"{function} asks for numbers, and field '{field.Name}' is {field.BaseType.Name()}.");
    }

    /// <summary>A shape of fields in their new order.</summary>
    public static DataShape Shape(IEnumerable<FieldDefinition> fields) => new(fields.Select((field, i) => field with { Ordinal = i }));
}
