using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Configuration tables that authors add to Things and templates (spec thing-services).</summary>
public sealed class ConfigurationDefinitionServices(EntityDirectory directory, DataShapes shapes) : KindServices
{
    private static readonly DataShape Rows = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("category", BaseType.STRING), ("ordinal", BaseType.INTEGER), ("isHidden", BaseType.BOOLEAN),
        ("isMultiRow", BaseType.BOOLEAN), ("dataShapeName", BaseType.DATASHAPENAME), ("dataShape", BaseType.INFOTABLE));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates or EntityKind.Subsystems;

    [Service("Lists the configuration tables.", Category = "Configuration", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetConfigurationTables(ServiceContext call) => Table(call.Members().ConfigurationTables);

    [Service("Gives the definition of a configuration table.", Category = "Configuration", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetConfigurationTableDefinition(ServiceContext call, [Parameter(IsRequired = true)] string tableName) =>
        Table([call.Target.ConfigurationDefinition(call.Members(), tableName)]);

    [Service("Adds a configuration table with the fields of a Data Shape, as they are now.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddConfigurationTableDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, int? ordinal, bool? isHidden, bool? isMultiRow,
        [Parameter(BaseType.DATASHAPENAME, IsRequired = true)] string dataShapeName, [Parameter(BaseType.JSON)] string? accessModifier, CancellationToken cancellationToken)
    {
        MemberNames.Check(name, "configuration table");
        if (shapes.Find(dataShapeName) is not { } shape)
            throw Errors.NoSuchEntity(new(EntityKind.DataShapes, dataShapeName));
        var table = new DeclaredTable(name, dataShapeName, shape.Fields)
        {
            Description = description ?? "", Category = category ?? "", Ordinal = ordinal ?? 0, IsHidden = isHidden is true, IsMultiRow = isMultiRow is true,
        };
        return directory.EditInheritingAsync(call, heir => call.Members().ConfigurationTables.Any(have => have.Name == name)
            ? throw new PlatformException(ErrorCode.Conflict, $"Configuration table [{name}] exists already on {heir.Kind.Singular()} [{heir.Name}].")
            : heir with { ConfigurationTableDefinitions = heir.ConfigurationTableDefinitions.Add(table) }, cancellationToken);
    }

    [Service("Takes a configuration table of the entity's own away, with its rows.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteConfigurationTable(ServiceContext call, [Parameter(IsRequired = true)] string tableName, CancellationToken cancellationToken, bool persistent = true) =>
        directory.EditInheritingAsync(call, heir => heir.ConfigurationTableDefinitions.Any(table => table.Name == tableName)
            ? heir with
            {
                ConfigurationTableDefinitions = heir.ConfigurationTableDefinitions.RemoveAll(table => table.Name == tableName),
                ConfigurationTables = heir.ConfigurationTables.Remove(tableName),
            }
            : throw new PlatformException(ErrorCode.NotFound, $"{heir.Kind.Singular()} [{heir.Name}] has no configuration table [{tableName}] of its own."), cancellationToken);

    private static InfoTable Table(IEnumerable<ConfigurationTableDefinition> tables)
    {
        var builder = new InfoTable.Builder(Rows);
        foreach (var table in tables.OrderBy(table => table.Ordinal))
        {
            builder.Add(
                Value.String(table.Name), Value.String(table.Description), Value.String(table.Category), Value.Integer(table.Ordinal), Value.Boolean(table.IsHidden),
                Value.Boolean(table.IsMultiRow), Value.Text(table.DataShapeName, BaseType.DATASHAPENAME), Value.Table(DataShapeServices.Rows(WithKey(table))));
        }

        return builder.Build();
    }

    // Rows are known by the key, so it is told as a primary key is.
    private static DataShape WithKey(ConfigurationTableDefinition table) => table.Key is null ? table.Shape
        : new(table.Shape.Fields.Select(field => field.Name == table.Key ? field with { Aspects = field.Aspects.With("isPrimaryKey", Value.Boolean(true)) } : field), table.Shape.Name);
}
