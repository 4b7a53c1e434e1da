using FsCheck;
using FsCheck.Fluent;

namespace Hansa.Model.Tests;

/// <summary>Generators of values and tables of every base type.</summary>
internal static class Gen
{
    private static readonly BaseType[] Types = [.. BaseTypes.All.Where(type => type != BaseType.NOTHING)];

    private static readonly Gen<double> Number = FsCheck.Fluent.Gen.OneOf(
        FsCheck.Fluent.Gen.Elements(double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0, 1, 1e15, 1e16, -1e300, double.Epsilon, 0.1),
        ArbMap.Default.GeneratorFor<double>());

    private static readonly Gen<long> Whole = FsCheck.Fluent.Gen.OneOf(
        FsCheck.Fluent.Gen.Elements(0, -1, long.MinValue, long.MaxValue, (1L << 53) + 1), ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<string> Text = FsCheck.Fluent.Gen.OneOf(
        FsCheck.Fluent.Gen.Elements("", "a", "\"\\\u0000\u2028", "😀", "null", "{", "ä\uffff", new string('x', 5000)),
        ArbMap.Default.GeneratorFor<string>().Select(text => string.Concat((text ?? "").Where(c => !char.IsSurrogate(c)))));

    /// <summary>Any base type but NOTHING.</summary>
    public static Gen<BaseType> Type { get; } = FsCheck.Fluent.Gen.Elements(Types);

    /// <summary>A value of that type; a VARIANT's of such types as JSON tells apart.</summary>
    public static Gen<Value> Value(BaseType type, int depth = 0) => type.Form() switch
    {
        ValueForm.Number => Number.Select(Model.Value.Number),
        ValueForm.Boolean => ArbMap.Default.GeneratorFor<bool>().Select(Model.Value.Boolean),
        ValueForm.Integer => Whole.Select(bits => Model.Value.FromBits(type == BaseType.INTEGER ? (int)bits : bits, type)),
        ValueForm.Location => Number.Three().Select(p => Model.Value.Location(new(p.Item1, p.Item2, p.Item3))),
        ValueForm.Vector => Number.Four().Select(p => Model.Value.Vector(Vector(p, type.Dimensions()), type)),
        ValueForm.Bytes => ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => Model.Value.Bytes(bytes ?? [], type)),
        ValueForm.Table => Table(depth + 1).Select(Model.Value.Table),
        ValueForm.Any => FsCheck.Fluent.Gen.OneOf(Number.Where(double.IsFinite).Select(Model.Value.Number), Text.Select(Model.Value.String), ArbMap.Default.GeneratorFor<bool>().Select(Model.Value.Boolean)),
        _ when type == BaseType.TAGS => FsCheck.Fluent.Gen.Elements("V:a", "V:a;V:b", "V:a;W:b:c").Select(tags => Model.Value.Text(tags, type)),
        _ when type is BaseType.JSON or BaseType.QUERY => FsCheck.Fluent.Gen.Elements("{}", "[1,{\"a\":null}]", "{\"x\":1.50}", "[]").Select(json => Model.Value.Text(json, type)),
        _ => Text.Select(text => Model.Value.Text(text, type)),
    };

    /// <summary>A table of a few fields of any types and some rows with gaps.</summary>
    public static Gen<InfoTable> Table(int depth = 0) =>
        from types in FsCheck.Fluent.Gen.Choose(1, 4).SelectMany(count => FsCheck.Fluent.Gen.ListOf(depth > 1 ? Type.Where(t => t != BaseType.INFOTABLE) : Type, count))
        from rows in FsCheck.Fluent.Gen.Choose(0, depth > 0 ? 2 : 4).SelectMany(count => FsCheck.Fluent.Gen.ListOf(Row([.. types], depth), count))
        select Build([.. types], rows);

    private static Gen<Value[]> Row(BaseType[] types, int depth) =>
        FsCheck.Fluent.Gen.CollectToArray(types, type => FsCheck.Fluent.Gen.Frequency((1, FsCheck.Fluent.Gen.Constant(default(Value))), (4, Value(type, depth))));

    private static InfoTable Build(BaseType[] types, IEnumerable<Value[]> rows)
    {
        var builder = new InfoTable.Builder(new(types.Select((type, i) => new FieldDefinition($"f{i}", type, Ordinal: i))));
        foreach (var row in rows)
            builder.Add(row);
        return builder.Build();
    }

    private static Vector Vector(ValueTuple<double, double, double, double> p, int dimensions) =>
        new(p.Item1, p.Item2, dimensions > 2 ? p.Item3 : 0, dimensions > 3 ? p.Item4 : 0);
}
