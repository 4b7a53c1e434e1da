using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Properties of a Thing: their definitions and values (spec platform 3.3).</summary>
public sealed class PropertyServices(EntityDirectory directory, TimeProvider time) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Adds a property.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddPropertyDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type,
        string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape, bool? readOnly, bool? persistent, bool? logged, bool? indexed,
        string? dataChangeType, double? dataChangeThreshold, bool? remote, string? remotePropertyName, int? timeout, string? pushType,
        double? pushThreshold, string? defaultValue, [Parameter(BaseType.JSON)] string? remoteBindingAspects, CancellationToken cancellationToken)
    {
        var aspects = Aspects.None
            .With("isPersistent", Value.Boolean(persistent ?? false))
            .With("isLogged", Value.Boolean(logged ?? false))
            .With("isReadOnly", Value.Boolean(readOnly ?? false))
            .With("dataChangeType", Value.String(string.IsNullOrEmpty(dataChangeType) ? "VALUE" : dataChangeType.ToUpperInvariant()))
            .With("dataChangeThreshold", dataChangeThreshold is { } threshold ? Value.Number(threshold) : Value.Null)
            .With("dataShape", Value.String(string.IsNullOrEmpty(dataShape) ? null : dataShape))
            .With("isIndexed", indexed is true ? Value.Boolean(true) : Value.Null);
        if (!PropertyRules.DataChangeTypes.Contains(aspects.Text("dataChangeType")))
            throw Errors.Bad($"'{dataChangeType}' is no dataChangeType; there are {string.Join(", ", PropertyRules.DataChangeTypes)}.");
        var field = new FieldDefinition(name, BaseTypes.Parse(type), description ?? "") { Aspects = aspects };
        if (!string.IsNullOrEmpty(defaultValue))
            field = field with { Aspects = aspects.With("defaultValue", Coercion.To(Value.String(defaultValue), field.BaseType, name)) };
        return Edit(call, thing =>
        {
            Check(call, field);
            return thing with
            {
                Properties = thing.Properties.Add(new(field with { Ordinal = thing.Properties.Length }) { Category = category ?? "" }),
            };
        }, cancellationToken);
    }

    [Service("Takes a property of the Thing's own away, with its value.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemovePropertyDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Edit(call, thing => thing.Properties.Any(p => p.Name == name)
            ? thing with { Properties = thing.Properties.RemoveAll(p => p.Name == name) }
            : throw Errors.NoSuchProperty(name, thing.Key), cancellationToken);

    [Service("Lists the definitions of properties, of a category, type or Data Shape where one is named.", Category = "Metadata",
        Requires = Permission.Read, ResultShape = "PropertyDefinition", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPropertyDefinitions(
        ServiceContext call, string? category, [Parameter(BaseType.BASETYPENAME)] string? type, [Parameter(BaseType.DATASHAPENAME)] string? dataShape)
    {
        var builder = new InfoTable.Builder(PlatformShapes.PropertyDefinition);
        foreach (var p in call.Target.Shape.Properties)
        {
            if ((string.IsNullOrEmpty(category) || p.Category == category) && (string.IsNullOrEmpty(type) || p.BaseType.Name() == type)
                && (string.IsNullOrEmpty(dataShape) || p.Field.DataShapeName == dataShape))
            {
                builder.Add(
                    Value.String(p.Name), Value.String(p.Field.Description), Value.Text(p.BaseType.Name(), BaseType.BASETYPENAME), Value.String(p.Category),
                    Value.Integer(p.Field.Ordinal), Value.Boolean(p.IsPersistent), Value.Boolean(p.IsLogged), Value.Boolean(p.IsReadOnly),
                    Value.Boolean(p.IsLocalOnly), Value.Text(MetadataServices.AspectsJson(p.Field.Aspects), BaseType.JSON));
            }
        }

        return builder.Build();
    }

    [Service("Gives the values of all properties that the caller may read, as one row.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public InfoTable GetPropertyValues(ServiceContext call)
    {
        var (definitions, values) = call.Invoker.ReadProperties(call.Caller.UserName, call.Target.Key, call.Call.Origin);
        var builder = new InfoTable.Builder(new(definitions.Select((p, i) => p.Field with { Ordinal = i })));
        var row = builder.AddRow();
        for (var i = 0; i < values.Count; i++)
            row[i] = values[i].Value;
        return builder.Build();
    }

    [Service("Gives value, time and quality of all properties that the caller may read, a row each.", Category = "Properties",
        Requires = Permission.None, ResultShape = "NamedVTQ", Kind = CallKind.Read)]
    public InfoTable GetPropertyValuesVTQ(ServiceContext call)
    {
        var (definitions, values) = call.Invoker.ReadProperties(call.Caller.UserName, call.Target.Key, call.Call.Origin);
        var builder = new InfoTable.Builder(PlatformShapes.NamedVtq);
        for (var i = 0; i < values.Count; i++)
            builder.Add(Value.String(definitions[i].Name), values[i].Value, Value.DateTime(values[i].Time), Value.String(values[i].Quality));
        return builder.Build();
    }

    [Service("Sets several properties: one row, a field for each.", Category = "Properties", Requires = Permission.None)]
    public Task SetPropertyValues(ServiceContext call, [Parameter(IsRequired = true)] InfoTable values, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var writes = values.RowCount == 0 ? [] : values.Shape.Fields.Select((field, i) => (field.Name, new Vtq(values[0, i], now, Vtq.Good))).ToList();
        return Write(call, writes, cancellationToken);
    }

    [Service("Sets several properties with time and quality: rows of name, value, time, quality.", Category = "Properties", Requires = Permission.None)]
    public Task UpdatePropertyValues(ServiceContext call, [Parameter(IsRequired = true, Shape = "NamedVTQ")] InfoTable values, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var writes = new List<(string, Vtq)>(values.RowCount);
        for (var i = 0; i < values.RowCount; i++)
        {
            var at = Coercion.To(values[i, "time"], BaseType.DATETIME, "time");
            var quality = values[i, "quality"].ToString();
            writes.Add((values[i, "name"].ToString(), new(values[i, "value"], at.IsNull ? now : at.AsLong(), quality.Length == 0 ? Vtq.Good : quality)));
        }

        return Write(call, writes, cancellationToken);
    }

    [Service("Gives when a property was last written.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, Result = BaseType.DATETIME)]
    public Value GetPropertyTime(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Value.DateTime(Read(call, propertyName).Time);

    [Service("Gives the quality of a property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public string GetPropertyQuality(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Read(call, propertyName).Quality;

    [Service("Gives a NUMBER property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public double GetNumberPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Coercion.To(Read(call, propertyName).Value, BaseType.NUMBER, propertyName).AsNumber();

    [Service("Gives an INTEGER property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public int GetIntegerPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        (int)Coercion.To(Read(call, propertyName).Value, BaseType.INTEGER, propertyName).AsLong();

    [Service("Gives a LONG property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public long GetLongPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Coercion.To(Read(call, propertyName).Value, BaseType.LONG, propertyName).AsLong();

    [Service("Gives a BOOLEAN property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public bool GetBooleanPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Coercion.To(Read(call, propertyName).Value, BaseType.BOOLEAN, propertyName).AsBoolean();

    [Service("Gives a STRING property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read)]
    public string GetStringPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Read(call, propertyName).Value.ToString();

    [Service("Gives a DATETIME property's value.", Category = "Properties", Requires = Permission.None, Kind = CallKind.Read, Result = BaseType.DATETIME)]
    public Value GetDateTimePropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Coercion.To(Read(call, propertyName).Value, BaseType.DATETIME, propertyName);

    private static Vtq Read(ServiceContext call, string property)
    {
        if (call.Target.Shape.FindProperty(property) is null)
            throw Errors.NoSuchProperty(property, call.Target.Key);
        call.Demand(call.Target, Permission.PropertyRead, property);
        return call.Thing.Properties.Read(property);
    }

    private static Task Write(ServiceContext call, IReadOnlyList<(string, Vtq)> writes, CancellationToken cancellationToken) =>
        call.Invoker.WritePropertiesAsync(call.Caller.UserName, call.Target.Key, writes, call.Call.Origin, cancellationToken);

    private static void Check(ServiceContext call, FieldDefinition field)
    {
        MemberNames.Check(field.Name, "property");
        if (call.Target.Shape.FindProperty(field.Name) is not null)
            throw new PlatformException(ErrorCode.Conflict, $"Property [{field.Name}] exists already on Thing [{call.Target.Name}].");
        if (field.BaseType == BaseType.NOTHING)
            throw Errors.Bad($"Property [{field.Name}] cannot be of type NOTHING.");
        if (field.BaseType == BaseType.PASSWORD && !field.Aspects["defaultValue"].IsNull)
            throw Errors.Bad($"Property [{field.Name}] is a PASSWORD: a default value would be readable by all who see the definition.");
    }

    private Task<Entity> Edit(ServiceContext call, Func<ThingDefinition, ThingDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((ThingDefinition)definition), cancellationToken);
}

/// <summary>What properties, services, fields and events may be called.</summary>
internal static class MemberNames
{
    public static void Check(string name, string what)
    {
        if (name.Length is 0 or > 127 || name.Trim() != name || name.Any(c => char.IsControl(c) || c is '/' or '*' or '?' or '#'))
            throw Errors.Bad($"'{name}' is no name for a {what}: 1 to 127 characters, no control characters, none of / * ? #, no spaces around.");
    }
}
