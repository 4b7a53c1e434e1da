using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A data Thing whose rows are of a Data Shape: streams and data tables (spec platform 2.3).</summary>
public abstract class ShapedThingTemplate(DataShapes shapes, EntityDirectory directory) : DataThingTemplate
{
    private static readonly ConfigurationTableDefinition Settings = new("Settings", "What the rows are made of.", DataShape.Of(("dataShape", BaseType.DATASHAPENAME)));

    private readonly ConcurrentDictionary<Guid, DataShape> _ready = new();

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [Settings, .. base.ConfigurationTables];

    /// <inheritdoc/>
    public override string? DataShapeNameOf(ThingDefinition thing) =>
        thing.ConfigurationTables.GetValueOrDefault(Settings.Name) is { RowCount: > 0 } table ? table[0, "dataShape"].AsText() : null;

    /// <inheritdoc/>
    public override async Task StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        if (shapes.Of(thing) is { } shape)
            await PrepareAsync(thing, shape, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task DeletedAsync(Thing thing, CancellationToken cancellationToken)
    {
        _ready.TryRemove(thing.Definition.Id, out _);
        return DropAsync(thing, cancellationToken);
    }

    [Service("Gives an empty table of the Data Shape, to be filled and added.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = ParameterAttribute.OwnShape)]
    public InfoTable CreateValues(ServiceContext call) => new InfoTable.Builder(ShapeOf(call.Thing)).Build();

    [Service("Gives a table of the Data Shape with one row made of a JSON object.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = ParameterAttribute.OwnShape)]
    public InfoTable CreateValuesWithData(ServiceContext call, [Parameter(BaseType.JSON)] string? values) => ShapedRows.FromJson(ShapeOf(call.Thing), values);

    [Service("Lists the fields of the Data Shape.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = "EntityList")]
    public InfoTable GetFieldNames(ServiceContext call) => ShapedRows.FieldNames(ShapeOf(call.Thing), null);

    [Service("Lists the fields of a base type of the Data Shape.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = "EntityList")]
    public InfoTable GetFieldNamesByType(ServiceContext call, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type) =>
        ShapedRows.FieldNames(ShapeOf(call.Thing), BaseTypes.Parse(type));

    [Service("Sets the Data Shape. Rows that are there keep their values; a field that goes is hidden.", Category = "Configuration",
        Requires = Permission.Update, Twin = TwinRule.Local, RunsWhenStopped = true)]
    public Task SetDataShape(ServiceContext call, [Parameter(BaseType.DATASHAPENAME, IsRequired = true)] string name, CancellationToken cancellationToken)
    {
        call.Find(EntityKind.DataShapes, name);
        return directory.UpdateAsync(call.Target.Key, definition =>
            ((ThingDefinition)definition).WithSetting(Settings, "dataShape", Value.Text(name, BaseType.DATASHAPENAME)), cancellationToken);
    }

    [Service("Gives the name of the Data Shape.", Category = "Configuration", Twin = TwinRule.Local, RunsWhenStopped = true, Result = BaseType.DATASHAPENAME, Kind = CallKind.Read)]
    public string GetDataShape(ServiceContext call) => DataShapeNameOf(call.Thing.Definition) ?? "";

    /// <summary>Makes the table of the Thing's rows fit its Data Shape.</summary>
    protected abstract Task EnsureAsync(Thing thing, DataShape shape, CancellationToken cancellationToken);

    /// <summary>Gives the Thing's rows up.</summary>
    protected abstract Task DropAsync(Thing thing, CancellationToken cancellationToken);

    /// <summary>Runs a write once the table fits the shape; straight away where it is known to, so that writes are queued in the order of their calls.</summary>
    protected Task<T> WriteAsync<T>(Thing thing, DataShape shape, Func<Task<T>> write, CancellationToken cancellationToken) =>
        ReferenceEquals(_ready.GetValueOrDefault(thing.Definition.Id), shape) ? write() : PrepareAndWriteAsync(thing, shape, write, cancellationToken);

    /// <summary>Makes sure that the table fits the shape.</summary>
    protected async ValueTask PrepareAsync(Thing thing, DataShape shape, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(_ready.GetValueOrDefault(thing.Definition.Id), shape))
            return;
        await EnsureAsync(thing, shape, cancellationToken);
        _ready[thing.Definition.Id] = shape;
    }

    /// <summary>Looks again at the next write or start whether the table fits.</summary>
    protected void Forget(Thing thing) => _ready.TryRemove(thing.Definition.Id, out _);

    /// <summary>The Data Shape of a Thing that must have one.</summary>
    /// <exception cref="PlatformException">BadRequest: none is set, or it does not exist.</exception>
    protected DataShape ShapeOf(Thing thing) => shapes.Of(thing) ?? throw Errors.Bad(
        DataShapeNameOf(thing.Definition) is { Length: > 0 } name
            ? $"The Data Shape [{name}] of {thing.Definition.ThingTemplate} [{thing.Name}] does not exist."
            : $"{thing.Definition.ThingTemplate} [{thing.Name}] has no Data Shape; set one with SetDataShape.");

    private async Task<T> PrepareAndWriteAsync<T>(Thing thing, DataShape shape, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        await PrepareAsync(thing, shape, cancellationToken);
        return await write();
    }
}
