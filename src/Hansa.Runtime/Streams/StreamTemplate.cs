using System.Collections.Concurrent;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The Stream (spec platform 2.4): rows of a Data Shape over time, keyed by timestamp and source.</summary>
public sealed class StreamTemplate(IStorage storage, DataShapes shapes, EntityDirectory directory, StreamArguments arguments) : BuiltInTemplate
{
    private readonly ConcurrentDictionary<Guid, DataShape> _ready = new();

    private static readonly ConfigurationTableDefinition Settings = new(
        "Settings", "What the stream holds.", DataShape.Of(("dataShape", BaseType.DATASHAPENAME)));

    private static readonly ConfigurationTableDefinition DataThingSettings = new("DataThingSettings", "Where the stream is kept.", new(
        [new("persistenceProvider", BaseType.PERSISTENCEPROVIDERNAME) { Aspects = Aspects.Of(("defaultValue", Value.String(DefaultProvider))) }]));

    /// <summary>The provider that every data Thing uses where nobody says otherwise.</summary>
    public const string DefaultProvider = "ThingworxPersistenceProvider";

    /// <inheritdoc/>
    public override string Name => "Stream";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteStream";

    /// <inheritdoc/>
    public override string Description => "Rows of a Data Shape over time.";

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [Settings, DataThingSettings];

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
        return storage.Streams.DropAsync(thing.Definition.Id, cancellationToken);
    }

    [Service("Adds one entry: one row of the Data Shape.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task AddStreamEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var entry = new StreamEntry(
            timestamp!.Value.ToUnixTimeMilliseconds(), call.Assigned[0], source ?? "", sourceType ?? "", tags, location, StreamRows.Fit(shape, values, 0));
        return AppendAsync(call.Thing, shape, [entry], cancellationToken);
    }

    [Service("Adds entries: rows with timestamp, source, sourceType, location, tags and a table of values.", Category = "Entries",
        Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntries))]
    public Task AddStreamEntries(
        ServiceContext call, [Parameter(Shape = "StreamEntryWithValues", IsRequired = true)] InfoTable values, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        return values.RowCount == 0 ? Task.CompletedTask : AppendAsync(call.Thing, shape, StreamRows.Entries(shape, values, call.Assigned), cancellationToken);
    }

    [Service("Changes an entry: fields that the values name; a null clears. Timestamp and source stay.", Category = "Entries",
        Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public async Task UpdateStreamEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values,
        [Parameter(IsRequired = true)] string streamEntryId, string? source, [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var change = StreamRows.Change(shape, values, tags, location);
        if (!await storage.Streams.UpdateAsync(Id(call), EntryId(streamEntryId), change, cancellationToken))
            throw NoEntry(call, streamEntryId);
    }

    [Service("Deletes an entry.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public async Task DeleteStreamEntry(ServiceContext call, [Parameter(IsRequired = true)] string streamEntryId, CancellationToken cancellationToken)
    {
        if (!await storage.Streams.DeleteAsync(Id(call), EntryId(streamEntryId), cancellationToken))
            throw NoEntry(call, streamEntryId);
    }

    [Service("Deletes the entries of a period, both ends included; all where neither is said. It answers when they are gone.", Category = "Entries",
        Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task PurgeStreamEntries(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken, bool immediate = true) =>
        storage.Streams.PurgeAsync(Id(call), startDate?.ToUnixTimeMilliseconds(), endDate?.ToUnixTimeMilliseconds(), cancellationToken);

    [Service("Gives one entry with its data.", Category = "Entries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetStreamEntry(ServiceContext call, [Parameter(IsRequired = true)] string streamEntryId, CancellationToken cancellationToken) =>
        storage.Streams.QueryAsync(Id(call), new(ShapeOf(call.Thing), StreamColumns.EntriesWithData, 1) { EntryId = EntryId(streamEntryId) }, cancellationToken);

    [Service("Gives the number of entries.", Category = "Entries", Kind = CallKind.Read, Twin = TwinRule.Relayed, Result = BaseType.NUMBER)]
    public Task<long> GetStreamEntryCount(ServiceContext call, CancellationToken cancellationToken) => storage.Streams.CountAsync(Id(call), cancellationToken);

    [Service("Gives data of entries.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetStreamData(ServiceContext call, CancellationToken cancellationToken, double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Data, maxItems, oldestFirst, null, null, null, null, null, null, cancellationToken);

    [Service("Gives entries without their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "StreamEntry")]
    public Task<InfoTable> GetStreamEntries(ServiceContext call, CancellationToken cancellationToken, double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Entries, maxItems, oldestFirst, null, null, null, null, null, null, cancellationToken);

    [Service("Gives entries with their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetStreamEntriesWithData(ServiceContext call, CancellationToken cancellationToken, double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.EntriesWithData, maxItems, oldestFirst, null, null, null, null, null, null, cancellationToken);

    [Service("Finds data of entries.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape, Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamData(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Data, maxItems, oldestFirst, source, sourceTags, tags, startDate, endDate, query, cancellationToken);

    [Service("Finds entries without their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "StreamEntry", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntries(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Entries, maxItems, oldestFirst, source, sourceTags, tags, startDate, endDate, query, cancellationToken);

    [Service("Finds entries with their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape, Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntriesWithData(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = 500, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.EntriesWithData, maxItems, oldestFirst, source, sourceTags, tags, startDate, endDate, query, cancellationToken);

    [Service("Gives an empty table of the Data Shape, to be filled and added.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = ParameterAttribute.OwnShape)]
    public InfoTable CreateValues(ServiceContext call) => new InfoTable.Builder(ShapeOf(call.Thing)).Build();

    [Service("Gives a table of the Data Shape with one row made of a JSON object.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = ParameterAttribute.OwnShape)]
    public InfoTable CreateValuesWithData(ServiceContext call, [Parameter(BaseType.JSON)] string? values) => StreamRows.FromJson(ShapeOf(call.Thing), values);

    [Service("Lists the fields of the Data Shape.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = "EntityList")]
    public InfoTable GetFieldNames(ServiceContext call) => StreamRows.FieldNames(ShapeOf(call.Thing), null);

    [Service("Lists the fields of a base type of the Data Shape.", Category = "Values", Kind = CallKind.Read, Twin = TwinRule.LocalIfShaped, ResultShape = "EntityList")]
    public InfoTable GetFieldNamesByType(ServiceContext call, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type) =>
        StreamRows.FieldNames(ShapeOf(call.Thing), BaseTypes.Parse(type));

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

    [Service("Sets where the stream is kept.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public void SetPersistenceProvider(ServiceContext call, [Parameter(BaseType.PERSISTENCEPROVIDERNAME, IsRequired = true)] string name)
    {
        if (name != DefaultProvider)
            throw Errors.Bad($"There is no persistence provider [{name}]; this server has [{DefaultProvider}].");
    }

    [Service("Gives where the stream is kept.", Category = "Configuration", RunsWhenStopped = true, Result = BaseType.PERSISTENCEPROVIDERNAME, Kind = CallKind.Read)]
    public string GetPersistenceProvider(ServiceContext call) => DefaultProvider;

    private void AcceptEntry(ServiceContext call, Value[] given) => arguments.CompleteEntry(call, given);

    private void AcceptEntries(ServiceContext call, Value[] given) => arguments.CompleteEntries(call, given);

    private void AcceptQuery(ServiceContext call, Value[] given) => arguments.ResolveSourceTags(call, given);

    private Task<InfoTable> QueryAsync(
        ServiceContext call, StreamColumns columns, double maxItems, bool oldestFirst, string? source, string? sourceTags, string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, string? query, CancellationToken cancellationToken) =>
        storage.Streams.QueryAsync(Id(call), new(ShapeOf(call.Thing), columns, Limit(maxItems))
        {
            OldestFirst = oldestFirst,
            Sources = string.IsNullOrEmpty(source) ? null : [source],
            Tags = string.IsNullOrEmpty(tags) ? null : tags,
            Start = startDate?.ToUnixTimeMilliseconds(),
            End = endDate?.ToUnixTimeMilliseconds(),
            Query = Query.Parse(query),
        }, cancellationToken);

    private static int Limit(double maxItems) => maxItems switch
    {
        >= int.MaxValue => int.MaxValue,
        >= 0 => (int)maxItems,
        _ => throw Errors.Bad($"maxItems must be 0 or more, not {maxItems}."),
    };

    // Straight to the store where the shape is the one it knows, so that entries are queued in the order of their calls.
    private Task AppendAsync(Thing thing, DataShape shape, StreamEntry[] entries, CancellationToken cancellationToken) =>
        ReferenceEquals(_ready.GetValueOrDefault(thing.Definition.Id), shape)
            ? storage.Streams.AppendAsync(thing.Definition.Id, shape, entries, cancellationToken)
            : PrepareAndAppendAsync(thing, shape, entries, cancellationToken);

    private async Task PrepareAndAppendAsync(Thing thing, DataShape shape, StreamEntry[] entries, CancellationToken cancellationToken)
    {
        await PrepareAsync(thing, shape, cancellationToken);
        await storage.Streams.AppendAsync(thing.Definition.Id, shape, entries, cancellationToken);
    }

    private async Task PrepareAsync(Thing thing, DataShape shape, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(_ready.GetValueOrDefault(thing.Definition.Id), shape))
            return;
        await storage.Streams.EnsureAsync(thing.Definition.Id, thing.Name, shape, cancellationToken);
        _ready[thing.Definition.Id] = shape;
    }

    private DataShape ShapeOf(Thing thing) => shapes.Of(thing) ?? throw Errors.Bad(
        DataShapeNameOf(thing.Definition) is { Length: > 0 } name
            ? $"The Data Shape [{name}] of {thing.Definition.ThingTemplate} [{thing.Name}] does not exist."
            : $"{thing.Definition.ThingTemplate} [{thing.Name}] has no Data Shape; set one with SetDataShape.");

    private static Guid Id(ServiceContext call) => call.Thing.Definition.Id;

    private static long EntryId(string id) => long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Errors.Bad($"'{id}' is no id of a stream entry; take it from column id of a query.");

    private static PlatformException NoEntry(ServiceContext call, string id) =>
        new(ErrorCode.NotFound, $"Stream [{call.Target.Name}] has no entry {id}.");
}
