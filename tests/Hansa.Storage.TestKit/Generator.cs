using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Storage.TestKit;

/// <summary>Makes values, entries and queries from a seed. Values come from few, so that filters hit, and from the edges, so that they hurt.</summary>
public sealed class Generator(int seed)
{
    private static readonly string[] Texts =
    [
        "", "a", "A", "b", "B", "ab", "aB", "abc", "ä", "Ä", "ß", "ẞ", "İ", "ı", "i", "I", "é", "e\u0301", "\uE000", "\uFFFD", "\uFFFF", "\U00010000", "😀", "a\0b", "a\0c",
        "\0", "%", "_", "*", "?", "a%b", "a\\b", "a\nb", " a", "a ", "1", "10", "9", "-1", "NaN", "null", "true", "12345678901234567890", "ⅷ", "Ⅷ", "ǅ", "ς", "σ", "Σ", "K", "\u2028",
    ];

    private static readonly double[] Numbers =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, 0.5, 1.5, -2.25, 10, 9, 1e15, 1e300, -1e300, double.Epsilon, double.MaxValue, double.MinValue,
        9007199254740993, 0.1, 0.30000000000000004, 0.3, long.MaxValue, long.MinValue, 4294967296,
    ];

    private static readonly long[] Integers =
        [0, 1, -1, 2, 10, 9, int.MaxValue, int.MinValue, 4294967296, long.MaxValue, long.MinValue, long.MaxValue - 1, 9007199254740993, 9007199254740992, 1_700_000_000_000];

    private static readonly string[] Patterns = ["%", "a%", "*b", "a?", "?", "A", "%\\%%", "", "a\\\\b", "*\0*", "%ß%", "1%", "-*", "*.*", "σ", "*:*"];

    private static readonly string[] Expressions = ["a", "^a$", "^A", "[0-9]+", ".", "^$", "b|c", "(?i)AB", "\\bNaN\\b", "σ", "longitude"];

    private static readonly string[] TagTexts = ["Plant:North", "Plant:South", "Kind:Pump", "Kind:pump"];

    private readonly Random _random = new(seed);

    public static ImmutableArray<BaseType> FieldTypes { get; } = [.. BaseTypes.All.Where(type => type != BaseType.NOTHING)];

    public int Next(int below) => _random.Next(below);

    public T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    /// <summary>A shape of a few fields of any types.</summary>
    public DataShape Shape() =>
        new(Enumerable.Range(0, 1 + Next(6)).Select(i => new FieldDefinition($"f{i}", Pick(FieldTypes), Ordinal: i)));

    /// <summary>A value of that type, null now and then.</summary>
    public Value ValueOrNull(BaseType type) => Next(5) == 0 ? default : Value(type);

    /// <summary>A value of that type.</summary>
    public Value Value(BaseType type, int depth = 0) => type.Form() switch
    {
        ValueForm.Number => Model.Value.Number(Number()),
        ValueForm.Boolean => Model.Value.Boolean(Next(2) == 0),
        ValueForm.Integer when type == BaseType.INTEGER => Model.Value.Integer((int)Pick(Integers)),
        ValueForm.Integer => Model.Value.FromBits(Next(3) == 0 ? _random.NextInt64() : Pick(Integers), type),
        ValueForm.Location => Model.Value.Location(new(Pick(Numbers), Number(), Next(2) == 0 ? 0 : Number())),
        ValueForm.Vector => Model.Value.Vector(Vector(type.Dimensions()), type),
        ValueForm.Bytes => Model.Value.Bytes(Enumerable.Range(0, Next(4)).Select(_ => Pick(new byte[] { 0, 1, 127, 128, 255 })).ToArray(), type),
        ValueForm.Table => Model.Value.Table(Table(depth)),
        ValueForm.Any => Value(Pick(FieldTypes.Where(t => t != BaseType.VARIANT && (depth < 2 || t != BaseType.INFOTABLE)).ToList()), depth),
        _ => Model.Value.Text(Text(type), type),
    };

    /// <summary>Entries with values of the shape's types.</summary>
    public List<StreamEntry> Entries(DataShape shape, int count) => Enumerable.Range(0, count).Select(_ => new StreamEntry(
        Next(20), Next(2) == 0, Pick(Texts), Pick(["", "Thing", "thing"]), Next(2) == 0 ? null : Tags(),
        Next(3) == 0 ? null : new(Next(3) * 90 - 90, Next(3) * 45 - 45, Next(2)),
        shape.Fields.Select(field => ValueOrNull(field.BaseType)).ToArray())).ToList();

    /// <summary>A query over these fields. It may ask what does not fit, which binding refuses.</summary>
    public Query Query(DataShape shape)
    {
        var sorts = Enumerable.Range(0, Next(3)).Select(_ => new Sort(Pick(shape.Fields).Name, Next(2) == 0, Next(2) == 0));
        return new(Next(8) == 0 ? null : Filter(shape, 0), [.. sorts]);
    }

    private Filter Filter(DataShape shape, int depth)
    {
        if (depth < 3 && Next(3) == 0)
            return new GroupFilter(Next(2) == 0, [.. Enumerable.Range(0, Next(4)).Select(_ => Filter(shape, depth + 1))]);
        var field = Pick(shape.Fields);
        var op = Pick(Enum.GetValues<FilterOperator>());
        ImmutableArray<Value> operands = op switch
        {
            FilterOperator.Missing => [],
            FilterOperator.Like => [Model.Value.String(Pick(Patterns))],
            FilterOperator.Matches => [Model.Value.String(Pick(Expressions))],
            FilterOperator.Tagged => [Model.Value.Text(Tags(), BaseType.TAGS)],
            FilterOperator.Near => [Model.Value.Location(new(Next(180), Next(90), 0)), Model.Value.Number(Next(20_000))],
            FilterOperator.Between => [Operand(field), Operand(field)],
            FilterOperator.In => [.. Enumerable.Range(0, Next(5)).Select(_ => Operand(field))],
            _ => [Operand(field)],
        };
        return new FieldFilter(field.Name, op, Next(3) == 0, operands, Next(3) != 0);
    }

    private Value Operand(FieldDefinition field) => Next(12) switch
    {
        0 => default,
        1 => Model.Value.String(Pick(Texts)),
        2 when field.Name == "id" => Model.Value.String(Next(30).ToString()),
        3 when field.Name == "timestamp" => Model.Value.DateTime(Next(20)),
        _ => Value(field.BaseType),
    };

    private double Number() => Next(3) == 0 ? _random.NextDouble() : Pick(Numbers);

    private Vector Vector(int dimensions) =>
        new(Pick(Numbers), Pick(Numbers), dimensions > 2 ? Pick(Numbers) : 0, dimensions > 3 ? Pick(Numbers) : 0);

    private string Tags() => string.Join(';', TagTexts.Where(_ => Next(2) == 0).DefaultIfEmpty(TagTexts[0]));

    private string Text(BaseType type) => type switch
    {
        BaseType.TAGS => Tags(),
        BaseType.JSON or BaseType.QUERY => ValueJson.ToText(Model.Value.String(Pick(Texts))),
        _ => Pick(Texts),
    };

    // Typed cells: what a table in a cell keeps is what its JSON says.
    private InfoTable Table(int depth)
    {
        BaseType[] types = depth < 2
            ? [BaseType.NUMBER, BaseType.STRING, BaseType.INTEGER, BaseType.LONG, BaseType.BOOLEAN, BaseType.LOCATION, BaseType.DATETIME, BaseType.INFOTABLE]
            : [BaseType.NUMBER, BaseType.STRING];
        var shape = new DataShape(Enumerable.Range(0, 1 + Next(3)).Select(i => new FieldDefinition($"c{i}", Pick(types), Ordinal: i)));
        var builder = new InfoTable.Builder(shape);
        for (var rows = Next(3); rows > 0; rows--)
        {
            var row = builder.AddRow();
            for (var i = 0; i < row.Length; i++)
                row[i] = Next(4) == 0 ? default : Value(shape.Fields[i].BaseType, depth + 1);
        }

        return builder.Build();
    }
}
