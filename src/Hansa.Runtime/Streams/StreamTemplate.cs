using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The Stream (spec platform 2.4): rows of a Data Shape over time, keyed by timestamp and source.</summary>
public sealed class StreamTemplate(IStorage storage, DataShapes shapes, EntityDirectory directory, EntryArguments arguments) : ShapedThingTemplate(shapes, directory)
{
    /// <inheritdoc/>
    public override string Name => "Stream";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteStream";

    /// <inheritdoc/>
    public override string Description => "Rows of a Data Shape over time.";

    [Service("Adds one entry: one row of the Data Shape.", Category = "Entries", Kind = CallKind.KeptWrite, MayWait = true, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task AddStreamEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, DateTimeOffset? timestamp, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var entry = new StreamEntry(
            timestamp!.Value.ToUnixTimeMilliseconds(), call.Assigned[0], source ?? "", sourceType ?? "", tags, location, ShapedRows.Fit(shape, values, 0));
        return AppendAsync(call.Thing, shape, [entry], cancellationToken);
    }

    [Service("Adds entries: rows with timestamp, source, sourceType, location, tags and a table of values.", Category = "Entries",
        Kind = CallKind.KeptWrite, MayWait = true, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntries))]
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
    public Task<InfoTable> GetStreamData(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Data, maxItems, oldestFirst, null, null, null, null, null, cancellationToken);

    [Service("Gives entries without their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "StreamEntry")]
    public Task<InfoTable> GetStreamEntries(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Entries, maxItems, oldestFirst, null, null, null, null, null, cancellationToken);

    [Service("Gives entries with their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetStreamEntriesWithData(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.EntriesWithData, maxItems, oldestFirst, null, null, null, null, null, cancellationToken);

    [Service("Finds data of entries.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape, Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamData(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Data, maxItems, oldestFirst, source, tags, startDate, endDate, query, cancellationToken);

    [Service("Finds entries without their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "StreamEntry", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntries(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.Entries, maxItems, oldestFirst, source, tags, startDate, endDate, query, cancellationToken);

    [Service("Finds entries with their data.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape, Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntriesWithData(
        ServiceContext call, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        QueryAsync(call, StreamColumns.EntriesWithData, maxItems, oldestFirst, source, tags, startDate, endDate, query, cancellationToken);

    [Service("Finds data of entries, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "QueryPage", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamDataPage(
        ServiceContext call, string? cursor, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double pageSize = QueryPages.DefaultSize, bool oldestFirst = false) =>
        PageAsync(call, Query(call, StreamColumns.Data, QueryPages.Size(pageSize), oldestFirst, source, tags, startDate, endDate, query), cursor, cancellationToken);

    [Service("Finds entries without their data, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "QueryPage", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntriesPage(
        ServiceContext call, string? cursor, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double pageSize = QueryPages.DefaultSize, bool oldestFirst = false) =>
        PageAsync(call, Query(call, StreamColumns.Entries, QueryPages.Size(pageSize), oldestFirst, source, tags, startDate, endDate, query), cursor, cancellationToken);

    [Service("Finds entries with their data, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "QueryPage", Accept = nameof(AcceptQuery))]
    public Task<InfoTable> QueryStreamEntriesWithDataPage(
        ServiceContext call, string? cursor, string? source, [Parameter(BaseType.TAGS)] string? sourceTags, [Parameter(BaseType.TAGS)] string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double pageSize = QueryPages.DefaultSize, bool oldestFirst = false) =>
        PageAsync(call, Query(call, StreamColumns.EntriesWithData, QueryPages.Size(pageSize), oldestFirst, source, tags, startDate, endDate, query), cursor, cancellationToken);

    /// <inheritdoc/>
    protected override Task EnsureAsync(Thing thing, DataShape shape, CancellationToken cancellationToken) =>
        storage.Streams.EnsureAsync(thing.Definition.Id, thing.Name, shape, cancellationToken);

    /// <inheritdoc/>
    protected override Task DropAsync(Thing thing, CancellationToken cancellationToken) => storage.Streams.DropAsync(thing.Definition.Id, cancellationToken);

    internal override async Task RetainAsync(Thing thing, long? before, long? keep, CancellationToken cancellationToken)
    {
        if (before is { } time)
            await storage.Streams.PurgeAsync(thing.Definition.Id, null, time - 1, cancellationToken);
        if (keep is { } entries)
            await storage.Streams.TrimAsync(thing.Definition.Id, entries, cancellationToken);
    }

    private void AcceptEntry(ServiceContext call, Value[] given)
    {
        if (given[call.Service.Definition.IndexOf("values")].AsTable() is { } table)
            StreamRows.OneRow(table);
        arguments.CompleteEntry(call, given);
    }

    private void AcceptEntries(ServiceContext call, Value[] given) => arguments.CompleteEntries(call, given);

    private void AcceptQuery(ServiceContext call, Value[] given) => arguments.ResolveSourceTags(call, given);

    private Task<InfoTable> QueryAsync(
        ServiceContext call, StreamColumns columns, double maxItems, bool oldestFirst, string? source, string? tags,
        DateTimeOffset? startDate, DateTimeOffset? endDate, string? query, CancellationToken cancellationToken) =>
        storage.Streams.QueryAsync(Id(call), Query(call, columns, Limit(maxItems), oldestFirst, source, tags, startDate, endDate, query), cancellationToken);

    private async Task<InfoTable> PageAsync(ServiceContext call, StreamQuery query, string? cursor, CancellationToken cancellationToken) =>
        QueryPages.Answer(await storage.Streams.QueryPageAsync(Id(call), query, cursor, cancellationToken));

    private StreamQuery Query(
        ServiceContext call, StreamColumns columns, int maxItems, bool oldestFirst, string? source, string? tags, DateTimeOffset? startDate, DateTimeOffset? endDate, string? query) =>
        new(ShapeOf(call.Thing), columns, maxItems)
        {
            OldestFirst = oldestFirst,
            Sources = string.IsNullOrEmpty(source) ? null : [source],
            Tags = string.IsNullOrEmpty(tags) ? null : tags,
            Start = startDate?.ToUnixTimeMilliseconds(),
            End = endDate?.ToUnixTimeMilliseconds(),
            Query = Model.Query.Parse(query),
        };

    private Task AppendAsync(Thing thing, DataShape shape, StreamEntry[] entries, CancellationToken cancellationToken) =>
        WriteAsync(thing, shape, () => storage.Streams.AppendAsync(thing.Definition.Id, shape, entries, cancellationToken), cancellationToken);

    private static long EntryId(string id) => EntryId(id, "a stream entry");

    private static PlatformException NoEntry(ServiceContext call, string id) =>
        new(ErrorCode.NotFound, $"Stream [{call.Target.Name}] has no entry {id}.");
}
