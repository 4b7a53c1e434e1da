using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>Values, tables and messages of every kind, for property tests.</summary>
internal static class Arbitrary
{
    private static readonly BaseType[] Types = [.. Enum.GetValues<BaseType>().Where(type => type is not BaseType.NOTHING)];

    /// <summary>Text without lone surrogates, which UTF-8 cannot hold.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.Elements("", "a", "GOOD", "Temperature", "température", "温度", "🔥", "\0\r\n\t\"", new string('x', 127), new string('é', 64), new string('y', 300)),
        Gen.ListOf(Gen.Choose(0, 0xd7ff).Select(code => (char)code)).Select(chars => new string([.. chars])));

    public static Gen<Value> Value { get; } = ValueOf(depth: 3);

    public static Gen<InfoTable> Table { get; } = TableOf(depth: 3);

    public static Gen<RequestMessage> Request { get; } =
        from method in Gen.Elements(Method.Get, Method.Put, Method.Post, Method.Delete)
        from kind in Gen.Choose(0, 255)
        from entity in Text
        from characteristic in Gen.Elements(Characteristic.Properties, Characteristic.Services, Characteristic.Events)
        from target in Text
        from headers in Gen.ListOf(from name in Text from value in Text select KeyValuePair.Create(name, value))
        from parameters in Table.OrNull()
        select new RequestMessage(method, (EntityKind)kind, entity, characteristic, target, parameters) { Headers = [.. headers.Take(255)] };

    public static Gen<ResponseMessage> Response { get; } =
        from status in Gen.Choose(0x40, 0xff)
        from reason in Text.OrNull()
        from content in Table.OrNull()
        select new ResponseMessage((Status)status, reason, content);

    public static Gen<BindMessage> Bind { get; } =
        from names in Gen.ListOf(Text)
        from gateway in (from name in Text from type in Text select new Gateway(name, type)).OrNull()
        from isUnbind in Gen.Elements(true, false)
        select new BindMessage([.. names], gateway, isUnbind);

    public static Gen<AuthMessage> Auth { get; } =
        Gen.ListOf(from name in Text from value in Text select KeyValuePair.Create(name, value))
            .Select(claims => new AuthMessage([.. claims.Take(255)]));

    private static Gen<Value> ValueOf(int depth) =>
        from type in Gen.Elements(Types)
        from value in ValueOf(type, depth)
        select value;

    private static Gen<Value> ValueOf(BaseType type, int depth) => type.Form() switch
    {
        ValueForm.Number => Bits.Select(bits => Model.Value.Number(BitConverter.Int64BitsToDouble(bits))),
        ValueForm.Boolean => Gen.Elements(true, false).Select(Model.Value.Boolean),
        ValueForm.Integer when type == BaseType.INTEGER => Bits.Select(bits => Model.Value.Integer((int)bits)),
        ValueForm.Integer => Bits.Select(bits => Model.Value.FromBits(bits, type)),
        ValueForm.Location => from x in Float from y in Float from z in Float select Model.Value.Location(new(x, y, z)),
        ValueForm.Bytes => Gen.ListOf(Gen.Choose(0, 255).Select(b => (byte)b)).Select(bytes => Model.Value.Bytes([.. bytes], type)),
        ValueForm.Table when depth > 0 => TableOf(depth - 1).Select(Model.Value.Table),
        ValueForm.Vector =>
            from x in Float
            from y in Float
            from z in Float
            from w in Float
            let size = type.Dimensions()
            select Model.Value.Vector(new(x, y, size > 2 ? z : 0, size > 3 ? w : 0), type),
        ValueForm.Text => Text.Select(text => Model.Value.Text(text, type)),
        _ => Gen.Constant(default(Value)),
    };

    private static Gen<InfoTable> TableOf(int depth) =>
        from width in Gen.Frequency((20, Gen.Choose(0, 5)), (1, Gen.Choose(250, 600)))
        from types in Gen.ArrayOf(Gen.Elements(Types), width)
        from names in Gen.ArrayOf(Text, width)
        from descriptions in Gen.ArrayOf(Text, width)
        from aspects in Gen.ArrayOf(AspectsOf(depth), width)
        from rowCount in Gen.Choose(0, width > 100 ? 2 : 6)
        from cells in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(default(Value))), (4, ValueOf(depth))), rowCount * width)
        select Build(width, types, names, descriptions, aspects, rowCount, cells);

    private static Gen<Aspects> AspectsOf(int depth) => Gen.Frequency(
        (8, Gen.Constant(Aspects.None)),
        (1, Gen.ListOf(from name in Text from value in ValueOf(Math.Min(depth, 1)) select KeyValuePair.Create(name, value))
            .Select(items => new Aspects(items.Take(20)))));

    private static InfoTable Build(
        int width, BaseType[] types, string[] names, string[] descriptions, Aspects[] aspects, int rowCount, Value[] cells)
    {
        var fields = Enumerable.Range(0, width).Select(i =>
            new FieldDefinition($"{names[i]}{i}", types[i], descriptions[i], i) { Aspects = aspects[i] });
        var builder = new InfoTable.Builder(new(fields));
        for (var row = 0; row < rowCount; row++)
            builder.Add(cells.AsSpan(row * width, width));
        return builder.Build();
    }

    private static Gen<long> Bits { get; } = Gen.OneOf(
        Gen.Elements(0L, -1, 1, long.MaxValue, long.MinValue, int.MaxValue, int.MinValue, 1L << 53, (1L << 53) + 1, BitConverter.DoubleToInt64Bits(double.NaN)),
        from high in Gen.Choose(int.MinValue, int.MaxValue) from low in Gen.Choose(int.MinValue, int.MaxValue) select ((long)high << 32) | (uint)low);

    private static Gen<double> Float { get; } = Bits.Select(BitConverter.Int64BitsToDouble);

    private static Gen<T?> OrNull<T>(this Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Constant<T?>(null)), (4, gen.Select(T? (value) => value)));
}
