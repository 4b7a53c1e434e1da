using System.Text.Json;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The ValueStream (spec platform 2.5): values of logged properties over time. Its remote twin has none of its services; Things log through it.</summary>
public sealed class ValueStreamTemplate(IStorage storage, TimeProvider time) : DataThingTemplate
{
    /// <inheritdoc/>
    public override string Name => "ValueStream";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteValueStream";

    /// <inheritdoc/>
    public override string Description => "Values of logged properties over time.";

    /// <inheritdoc/>
    public override Task StartAsync(Thing thing, CancellationToken cancellationToken) => storage.ValueStreams.EnsureAsync(thing.Definition.Id, thing.Name, cancellationToken);

    /// <inheritdoc/>
    public override Task DeletedAsync(Thing thing, CancellationToken cancellationToken) => storage.ValueStreams.DropAsync(thing.Definition.Id, cancellationToken);

    [ServiceFamily]
    [Service("Adds a {X} value.", Category = "StreamEntries", Kind = CallKind.KeptWrite, MayWait = true)]
    public Task AddXStreamEntry(
        ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string name, string? source, [Parameter(IsRequired = true)] Value value, DateTimeOffset? timestamp, CancellationToken cancellationToken)
    {
        MemberNames.Check(name, "property");
        var entry = new HistoryEntry(name, source ?? "", timestamp?.ToUnixTimeMilliseconds() ?? Now, timestamp is null, type, value, Vtq.Good);
        return storage.ValueStreams.AppendAsync(Id(call), [entry], cancellationToken);
    }

    [ServiceFamily]
    [Service("Gives a {X} value by its id.", Category = "StreamEntries", Kind = CallKind.Read, ResultShape = "XValueStream")]
    public async Task<InfoTable> GetXStreamEntry(ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string id, CancellationToken cancellationToken)
    {
        var entry = await storage.ValueStreams.QueryAsync(Id(call), new(type, 1) { EntryId = EntryId(id) }, cancellationToken);
        return entry.RowCount > 0 ? entry : throw NoEntry(call, id);
    }

    [ServiceFamily]
    [Service("Finds {X} values.", Category = "Queries", Kind = CallKind.Read, ResultShape = "XValueStream")]
    public Task<InfoTable> QueryXStreamEntries(
        ServiceContext call, BaseType type, string? name, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        History(call).QueryAsync(new(type, name, source, Ms(startDate), Ms(endDate), oldestFirst, null, query), Limit(maxItems), cancellationToken);

    [ServiceFamily]
    [Service("Finds {X} values, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, ResultShape = "QueryPage")]
    public Task<InfoTable> QueryXStreamEntriesPage(
        ServiceContext call, BaseType type, string? cursor, string? name, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double pageSize = QueryPages.DefaultSize, bool oldestFirst = false) =>
        History(call).QueryPageAsync(new(type, name, source, Ms(startDate), Ms(endDate), oldestFirst, null, query), QueryPages.Size(pageSize), cursor, cancellationToken);

    [Service("Finds values of several properties and gives one row a timestamp. The properties are a JSON array of name and baseType, or an object of such by name; maxItems counts for each.",
        Category = "Queries", Kind = CallKind.Read)]
    public Task<InfoTable> QueryMultiPropertyStreamEntries(
        ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string propertyDefinitionCollection, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        PropertyHistory.QueryAsync(
            History(call), Wanted(propertyDefinitionCollection), source, new(Ms(startDate), Ms(endDate), Limit(maxItems), oldestFirst, null, IsFilled: true, WithQuality: false, query),
            cancellationToken);

    [Service("Adds values of any kind: rows of name, source, baseType, value, timestamp, quality. All or none.", Category = "StreamEntries", Kind = CallKind.KeptWrite, MayWait = true)]
    public Task AddValueStreamEntries(ServiceContext call, [Parameter(Shape = "ValueStreamEntry", IsRequired = true)] InfoTable values, CancellationToken cancellationToken) =>
        storage.ValueStreams.AppendAsync(Id(call), HistoryRows.Entries(values, call.Assigned, Now), cancellationToken);

    [Service("Finds values of the kind of a base type, with name, source and quality where they are wanted.", Category = "Queries", Kind = CallKind.Read)]
    public Task<InfoTable> QueryValueStreamEntries(
        ServiceContext call, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type, string? name, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate,
        string? quality, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false, bool withOrigin = true) =>
        History(call).QueryAsync(
            new(HistoryRows.Kind(type), name, source, Ms(startDate), Ms(endDate), oldestFirst, quality, query) { WithOrigin = withOrigin }, Limit(maxItems), cancellationToken);

    [Service("Finds values of the kind of a base type, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, ResultShape = "QueryPage")]
    public Task<InfoTable> QueryValueStreamEntriesPage(
        ServiceContext call, [Parameter(BaseType.BASETYPENAME, IsRequired = true)] string type, string? cursor, string? name, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate,
        string? quality, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double pageSize = QueryPages.DefaultSize, bool oldestFirst = false, bool withOrigin = true) =>
        History(call).QueryPageAsync(
            new(HistoryRows.Kind(type), name, source, Ms(startDate), Ms(endDate), oldestFirst, quality, query) { WithOrigin = withOrigin }, QueryPages.Size(pageSize), cursor, cancellationToken);

    [Service("Deletes the values of a property, a source and a period, both ends included; of all where none is said. It answers when they are gone.", Category = "Maintenance", Kind = CallKind.KeptWrite)]
    public Task PurgeStreamEntries(
        ServiceContext call, string? name, string? source, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken, bool immediate = true) =>
        storage.ValueStreams.PurgeAsync(
            Id(call), string.IsNullOrEmpty(name) ? null : name, string.IsNullOrEmpty(source) ? null : source, Ms(startDate), Ms(endDate), cancellationToken);

    [Service("Deletes a value.", Category = "StreamEntries", Kind = CallKind.KeptWrite)]
    public async Task DeleteStreamEntry(ServiceContext call, [Parameter(IsRequired = true)] string id, CancellationToken cancellationToken)
    {
        if (!await storage.ValueStreams.DeleteAsync(Id(call), EntryId(id), cancellationToken))
            throw NoEntry(call, id);
    }

    [Service("Deletes all values.", Category = "Maintenance", Kind = CallKind.KeptWrite, Name = "purgeAll")]
    public Task PurgeAll(ServiceContext call, CancellationToken cancellationToken) => storage.ValueStreams.PurgeAsync(Id(call), null, null, null, null, cancellationToken);

    internal override async Task RetainAsync(Thing thing, long? before, long? keep, CancellationToken cancellationToken)
    {
        if (before is { } oldest)
            await storage.ValueStreams.PurgeAsync(thing.Definition.Id, null, null, null, oldest - 1, cancellationToken);
        if (keep is { } entries)
            await storage.ValueStreams.TrimAsync(thing.Definition.Id, entries, cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private LocalHistory History(ServiceContext call) => new(storage.ValueStreams, Id(call));

    private static long? Ms(DateTimeOffset? date) => date?.ToUnixTimeMilliseconds();

    private static long EntryId(string id) => EntryId(id, "a value");

    private static PlatformException NoEntry(ServiceContext call, string id) => new(ErrorCode.NotFound, $"Value stream [{call.Target.Name}] has no such entry {id}.");

    private static List<FieldDefinition> Wanted(string json)
    {
        using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
        var items = document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => document.RootElement.EnumerateArray().ToList(),
            JsonValueKind.Object => [.. document.RootElement.EnumerateObject().Select(member => member.Value)],
            _ => [],
        };
        if (items.Count == 0 || items.Exists(item => item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out _) || !item.TryGetProperty("baseType", out _)))
            throw Errors.Bad("""Parameter 'propertyDefinitionCollection' is a JSON array such as [{"name":"Temperature","baseType":"NUMBER"}], or an object of such by name.""");
        return [.. items.Select((item, i) => new FieldDefinition(item.GetProperty("name").ToString(), BaseTypes.Parse(item.GetProperty("baseType").ToString()), Ordinal: i))];
    }
}
