using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Values of a Thing's properties (spec platform 3.3).</summary>
public sealed class PropertyServices(TimeProvider time) : KindServices
{
    private static readonly DataShape NamedVtqa = new(PlatformShapes.NamedVtq.Fields.Add(new("aspects", BaseType.JSON, Ordinal: 4)), "NamedVTQA");

    private static readonly DataShape MultiRow = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("baseType", BaseType.BASETYPENAME), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME), ("quality", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Gives the values of all properties that the caller may read, as one row.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetPropertyValues(ServiceContext call, CancellationToken cancellationToken) => OneRowAsync(call, null, cancellationToken);

    [Service("Gives the values of some properties as one row. The names are a JSON array.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetNamedProperties(ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string propertyNames, CancellationToken cancellationToken) =>
        OneRowAsync(call, Names(propertyNames), cancellationToken);

    [Service("Gives the values of some properties as one row. The names are rows with field name.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetNamedPropertyValues(ServiceContext call, [Parameter(IsRequired = true, Shape = "EntityList")] InfoTable propertyNames, CancellationToken cancellationToken) =>
        OneRowAsync(call, Names(propertyNames), cancellationToken);

    [Service("Gives value, time and quality of all properties that the caller may read, a row each.", Category = "Properties",
        Requires = Permission.None, ResultShape = "NamedVTQ", Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetPropertyValuesVTQ(ServiceContext call, CancellationToken cancellationToken) => RowsAsync(call, null, PlatformShapes.NamedVtq, cancellationToken);

    [Service("Gives value, time and quality of some properties, a row each.", Category = "Properties", Requires = Permission.None, ResultShape = "NamedVTQ", Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetNamedPropertyValuesVTQ(ServiceContext call, [Parameter(IsRequired = true, Shape = "EntityList")] InfoTable propertyNames, CancellationToken cancellationToken) =>
        RowsAsync(call, Names(propertyNames), PlatformShapes.NamedVtq, cancellationToken);

    [Service("Gives value, time, quality and the definition's aspects of all properties that the caller may read, a row each.", Category = "Properties",
        Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetPropertyValuesVTQA(ServiceContext call, CancellationToken cancellationToken) => RowsAsync(call, null, NamedVtqa, cancellationToken);

    [Service("Gives value, time, quality and the definition's aspects of some properties, a row each.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetNamedPropertyValuesVTQA(ServiceContext call, [Parameter(IsRequired = true, Shape = "EntityList")] InfoTable propertyNames, CancellationToken cancellationToken) =>
        RowsAsync(call, Names(propertyNames), NamedVtqa, cancellationToken);

    [Service("Gives name, description, base type, value, time and quality of all properties that the caller may read, a row each.", Category = "Properties",
        Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public Task<InfoTable> GetPropertyValuesAsMultiRowTable(ServiceContext call, CancellationToken cancellationToken) => RowsAsync(call, null, MultiRow, cancellationToken);

    [Service("Sets several properties: one row, a field for each.", Category = "Properties", Requires = Permission.None, IsLocalOnly = true)]
    public Task SetPropertyValues(ServiceContext call, [Parameter(IsRequired = true)] InfoTable values, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (values.RowCount > 1)
            throw Errors.Bad($"Parameter 'values' is one row with a field for each property, not {values.RowCount} rows; UpdatePropertyValues takes rows of name and value.");
        var writes = values.RowCount == 0 ? [] : values.Shape.Fields.Select((field, i) => (field.Name, Vtq.Assigned(values[0, i], now))).ToList();
        return Write(call, writes, cancellationToken);
    }

    [Service("Sets several properties with time and quality: rows of name, value, time, quality.", Category = "Properties", Requires = Permission.None)]
    public Task UpdatePropertyValues(ServiceContext call, [Parameter(IsRequired = true, Shape = "NamedVTQ")] InfoTable values, CancellationToken cancellationToken) =>
        WriteAsync(call, values, call.Target.Key, cancellationToken);

    [Service("Sets properties in batches: rows with field values, a table of name, value, time, quality; field thing names another Thing than this one.", Category = "Properties", Requires = Permission.None, IsLocalOnly = true)]
    public async Task UpdatePropertyValuesBatched(ServiceContext call, [Parameter(IsRequired = true)] InfoTable batches, CancellationToken cancellationToken)
    {
        for (var i = 0; i < batches.RowCount; i++)
        {
            var values = Coercion.To(batches[i, "values"], BaseType.INFOTABLE, "values").AsTable() ?? throw Errors.Bad($"Row {i + 1} of parameter 'batches' has no table 'values'.");
            var target = batches[i, "thing"].ToString() is { Length: > 0 } other ? EntityKey.Thing(other) : call.Target.Key;
            await WriteAsync(call, values, target, cancellationToken);
        }
    }

    [Service("Saves the current values to a stream: those properties whose names are fields of its Data Shape, as one entry of this Thing.", Category = "Data", Requires = Permission.None, IsLocalOnly = true)]
    public async Task WritePropertiesToStream(
        ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name, [Parameter(BaseType.TAGS)] string? tags, CancellationToken cancellationToken)
    {
        var stream = EntityKey.Thing(name);
        var empty = (await call.Invoker.InvokeAsync(new(call.Caller.UserName, stream, "CreateValues", TableArguments.None, call.Call.Origin) { Path = call.Call.Path }, cancellationToken)).Value.AsTable()!;
        var (definitions, values) = await call.Invoker.ReadPropertiesAsync(call.Caller.UserName, call.Target.Key, call.Call.Origin, cancellationToken, call.Call.Path);
        var builder = new InfoTable.Builder(empty.Shape);
        var row = builder.AddRow();
        for (var i = 0; i < values.Count; i++)
        {
            if (empty.Shape.IndexOf(definitions[i].Name) is var column && column >= 0)
                row[column] = Coercion.To(values[i].Value, empty.Shape.Fields[column].BaseType, definitions[i].Name);
        }

        var arguments = TableArguments.Of(
            ("values", Value.Table(builder.Build())), ("source", Value.String(call.Target.Name)), ("sourceType", Value.String("Thing")), ("tags", Value.Text(tags, BaseType.TAGS)));
        await call.Invoker.InvokeAsync(new(call.Caller.UserName, stream, "AddStreamEntry", arguments, call.Call.Origin) { Path = call.Call.Path }, cancellationToken);
    }

    [Service("Gives when a property was last written.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, Result = BaseType.DATETIME, IsLocalOnly = true)]
    public async Task<Value> GetPropertyTime(ServiceContext call, [Parameter(IsRequired = true)] string propertyName, CancellationToken cancellationToken) =>
        Value.DateTime((await ReadAsync(call, propertyName, cancellationToken)).Time);

    [Service("Tells whether any property that the caller may read was written after a time.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public bool HavePropertiesChangedSince(ServiceContext call, [Parameter(IsRequired = true)] DateTimeOffset timestamp) => call.Target.Shape.Properties.Any(property =>
        call.Invoker.Gate.Allows(call.Caller, call.Target, Permission.PropertyRead, property.Name, call.Call.Origin)
        && call.Thing.Properties.Read(property).Time > timestamp.ToUnixTimeMilliseconds());

    [Service("Gives the quality of a property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public async Task<string> GetPropertyQuality(ServiceContext call, [Parameter(IsRequired = true)] string propertyName, CancellationToken cancellationToken) =>
        (await ReadAsync(call, propertyName, cancellationToken)).Quality;

    [ServiceFamily(Except = [BaseType.INFOTABLE])]
    [Service("Gives a {X} property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, IsLocalOnly = true)]
    public async Task<Value> GetXPropertyValue(ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string propertyName, CancellationToken cancellationToken) =>
        Coercion.To((await ReadAsync(call, propertyName, cancellationToken)).Value, type, propertyName);

    private static ValueTask<Vtq> ReadAsync(ServiceContext call, string property, CancellationToken cancellationToken) =>
        call.Invoker.ReadPropertyAsync(call.Caller.UserName, call.Target.Key, property, call.Call.Origin, cancellationToken, call.Call.Path);

    private Task WriteAsync(ServiceContext call, InfoTable values, EntityKey target, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (name, value, at, quality) = (values.Shape.IndexOf("name"), values.Shape.IndexOf("value"), values.Shape.IndexOf("time"), values.Shape.IndexOf("quality"));
        if (name < 0)
            throw Errors.Bad("Parameter 'values' needs a field 'name' with the property of each row, beside value, time and quality.");
        var writes = new (string, Vtq)[values.RowCount];
        for (var i = 0; i < writes.Length; i++)
        {
            var row = values.Row(i);
            var when = at < 0 ? default : Coercion.To(row[at], BaseType.DATETIME, "time");
            writes[i] = (row[name].ToString(), new(
                value < 0 ? default : row[value], when.IsNull ? now : when.AsLong(), quality < 0 || row[quality].ToString() is not { Length: > 0 } said ? Vtq.Good : said) { IsAssigned = when.IsNull });
        }

        return call.Invoker.WritePropertiesAsync(call.Caller.UserName, target, writes, call.Call.Origin, cancellationToken, call.Call.Path);
    }

    private static Task Write(ServiceContext call, IReadOnlyList<(string, Vtq)> writes, CancellationToken cancellationToken) =>
        call.Invoker.WritePropertiesAsync(call.Caller.UserName, call.Target.Key, writes, call.Call.Origin, cancellationToken, call.Call.Path);

    private static async Task<InfoTable> OneRowAsync(ServiceContext call, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(call, names, cancellationToken);
        var builder = new InfoTable.Builder(new(read.Select((pair, i) => pair.Property.Field with { Ordinal = i })));
        var row = builder.AddRow();
        for (var i = 0; i < read.Count; i++)
            row[i] = read[i].Value.Value;
        return builder.Build();
    }

    private static async Task<InfoTable> RowsAsync(ServiceContext call, IReadOnlyList<string>? names, DataShape shape, CancellationToken cancellationToken)
    {
        var builder = new InfoTable.Builder(shape);
        foreach (var (property, value) in await ReadAsync(call, names, cancellationToken))
        {
            var row = builder.AddRow();
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = shape.Fields[i].Name switch
                {
                    "name" => Value.String(property.Name),
                    "description" => Value.String(property.Field.Description),
                    "baseType" => Value.Text(property.BaseType.Name(), BaseType.BASETYPENAME),
                    "value" => value.Value,
                    "time" => Value.DateTime(value.Time),
                    "quality" => Value.String(value.Quality),
                    _ => Value.Text(MetadataJson.OfAspects(property.Field.Aspects), BaseType.JSON),
                };
            }
        }

        return builder.Build();
    }

    // All that may be read, or those that are named: of these each must be there and may be read.
    private static async Task<List<(PropertyDefinition Property, Vtq Value)>> ReadAsync(ServiceContext call, IReadOnlyList<string>? names, CancellationToken cancellationToken)
    {
        var (definitions, values) = await call.Invoker.ReadPropertiesAsync(call.Caller.UserName, call.Target.Key, call.Call.Origin, cancellationToken, call.Call.Path, names);
        return [.. definitions.Zip(values)];
    }

    private static List<string> Names(InfoTable table) => [.. Enumerable.Range(0, table.RowCount).Select(row => table[row, "name"].ToString())];

    private static List<string> Names(string json)
    {
        using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("rows", out var rows))
            root = rows;
        if (root.ValueKind != JsonValueKind.Array)
            throw Errors.Bad("Parameter 'propertyNames' is a JSON array of names.");
        return [.. root.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) ? name.ToString() : item.ToString())];
    }
}
