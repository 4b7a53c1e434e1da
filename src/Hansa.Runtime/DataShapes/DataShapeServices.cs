using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Fields of Data Shapes (spec platform 2.2).</summary>
public sealed class DataShapeServices(EntityDirectory directory, DataShapes shapes) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.DataShapes;

    [Service("Adds a field.", Category = "Fields", Requires = Permission.Update)]
    public Task AddFieldDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type,
        int? ordinal, bool? primaryKey, [Parameter(BaseType.DATASHAPENAME)] string? dataShape, CancellationToken cancellationToken) =>
        Edit(call, definition => definition.Fields.Any(field => field.Name == name)
            ? throw new PlatformException(ErrorCode.Conflict, $"Field [{name}] exists already in Data Shape [{definition.Name}].")
            : definition with { Fields = definition.Fields.Add(Field(name, description, type, ordinal ?? definition.Fields.Length, primaryKey, dataShape)) }, cancellationToken);

    [Service("Changes a field.", Category = "Fields", Requires = Permission.Update)]
    public Task UpdateFieldDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type,
        int? ordinal, bool? primaryKey, [Parameter(BaseType.DATASHAPENAME)] string? dataShape, CancellationToken cancellationToken) =>
        Edit(call, definition =>
        {
            var index = Index(definition, name);
            return definition with { Fields = definition.Fields.SetItem(index, Field(name, description, type, ordinal ?? definition.Fields[index].Ordinal, primaryKey, dataShape)) };
        }, cancellationToken);

    [Service("Takes a field away; rows that are there keep its values, hidden.", Category = "Fields", Requires = Permission.Update)]
    public Task DeleteFieldDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Edit(call, definition => definition with { Fields = definition.Fields.RemoveAt(Index(definition, name)) }, cancellationToken);

    [Service("Lists the fields, those of the base Data Shape first.", Category = "Fields", ResultShape = "FieldDefinition", Kind = CallKind.Read, Requires = Permission.None)]
    public InfoTable GetFieldDefinitions(ServiceContext call) => Rows(shapes.Find(call.Target.Name)!);

    /// <summary>A Data Shape's fields as rows.</summary>
    public static InfoTable Rows(DataShape shape)
    {
        var builder = new InfoTable.Builder(PlatformShapes.FieldDefinition);
        foreach (var field in shape.Fields)
        {
            builder.Add(
                Value.String(field.Name), Value.String(field.Description), Value.Text(field.BaseType.Name(), BaseType.BASETYPENAME), Value.Integer(field.Ordinal),
                Value.Boolean(field.IsPrimaryKey), Value.Text(field.DataShapeName, BaseType.DATASHAPENAME),
                Value.Text(MetadataJson.OfAspects(field.Aspects), BaseType.JSON));
        }

        return builder.Build();
    }

    [Service("Gives an empty table of the Data Shape.", Category = "Values", Kind = CallKind.Read, Requires = Permission.None)]
    public InfoTable CreateValues(ServiceContext call) => new InfoTable.Builder(shapes.Find(call.Target.Name)!).Build();

    [Service("Gives a table of the Data Shape with one row made of a JSON object.", Category = "Values", Kind = CallKind.Read, Requires = Permission.None)]
    public InfoTable CreateValuesWithData(ServiceContext call, [Parameter(BaseType.JSON)] string? values) =>
        ShapedRows.FromJson(shapes.Find(call.Target.Name)!, values);

    internal static FieldDefinition Field(string name, string? description, string type, int ordinal, bool? primaryKey, string? dataShape)
    {
        MemberNames.Check(name, "field");
        var aspects = Aspects.None
            .With("isPrimaryKey", primaryKey is true ? Value.Boolean(true) : Value.Null)
            .With("dataShape", Value.String(string.IsNullOrEmpty(dataShape) ? null : dataShape));
        var baseType = BaseTypes.Parse(type);
        return baseType == BaseType.NOTHING
            ? throw Errors.Bad($"Field [{name}] cannot be of type NOTHING.")
            : new(name, baseType, description ?? "", ordinal) { Aspects = aspects };
    }

    private static int Index(DataShapeDefinition definition, string name)
    {
        for (var i = 0; i < definition.Fields.Length; i++)
        {
            if (definition.Fields[i].Name == name)
                return i;
        }

        throw new PlatformException(ErrorCode.NotFound, $"Data Shape [{definition.Name}] has no field [{name}].");
    }

    private Task<Entity> Edit(ServiceContext call, Func<DataShapeDefinition, DataShapeDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((DataShapeDefinition)definition), cancellationToken);
}
