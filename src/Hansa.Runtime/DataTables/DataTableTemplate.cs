using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The Data Table (spec platform 2.6): rows of a Data Shape by key, with the events of their changes.</summary>
public sealed class DataTableTemplate(
    IStorage storage, DataShapes shapes, EntityDirectory directory, EntryArguments arguments, EntryEvents events, TimeProvider time) : ShapedThingTemplate(shapes, directory)
{
    private const string OneRowOnly = "use DeleteDataTableEntriesWithQuery for many";

    private static readonly ConfigurationTableDefinition Indexes = new("Indexes", "Indexes over fields; Reindex makes them.", DataShape.Of(
        ("name", BaseType.STRING), ("fieldNames", BaseType.STRING)), IsMultiRow: true, Key: "name");

    private IDataTableStore Store => storage.DataTables;

    /// <inheritdoc/>
    public override string Name => "DataTable";

    /// <inheritdoc/>
    public override string? TwinName => "RemoteDataTable";

    /// <inheritdoc/>
    public override string Description => "Rows of a Data Shape by key.";

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events => EntryEvents.Definitions;

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> TwinEvents => [];

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [.. base.ConfigurationTables, Indexes];

    [Service("Adds a row and gives its key; a key that is there already is refused.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public async Task<string> AddDataTableEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        (await WriteAsync(call, One(values, "use AddDataTableEntries for many rows"), TableWrite.Add, new(source, sourceType, tags, location), cancellationToken))[0].Key;

    [Service("Adds rows, all or none; a key that is there already is refused.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task AddDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        WriteAsync(call, values, TableWrite.Add, new(source, sourceType, tags, location), cancellationToken);

    [Service("Adds a row, or replaces the one of its key, and gives the key.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public async Task<string> AddOrUpdateDataTableEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        (await WriteAsync(call, One(values, "use AddOrUpdateDataTableEntries for many rows"), TableWrite.AddOrUpdate, new(source, sourceType, tags, location), cancellationToken))[0].Key;

    [Service("Adds rows, or replaces those of their keys, all or none.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task AddOrUpdateDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        WriteAsync(call, values, TableWrite.AddOrUpdate, new(source, sourceType, tags, location), cancellationToken);

    [Service("Replaces all rows by these, in one commit.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task AssignDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        WriteAsync(call, values, TableWrite.Assign, new(source, sourceType, tags, location), cancellationToken);

    [Service("Changes the row of the key in the values: fields that the values name; a null clears.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task UpdateDataTableEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        WriteAsync(call, One(values, "use UpdateDataTableEntries for many rows"), TableWrite.Update, new(source, sourceType, tags, location), cancellationToken);

    [Service("Changes the rows of the keys in the values, all or none.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptEntry))]
    public Task UpdateDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, string? source, string? sourceType,
        [Parameter(BaseType.TAGS)] string? tags, Location? location, CancellationToken cancellationToken) =>
        WriteAsync(call, values, TableWrite.Update, new(source, sourceType, tags, location), cancellationToken);

    [Service("Changes all rows that a query finds and whose fields have the values: sets what updateValues names.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed, Accept = nameof(AcceptChange))]
    public async Task UpdateDataTableEntriesWithQuery(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape)] InfoTable? values, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable updateValues,
        string? source, string? sourceType, [Parameter(BaseType.TAGS)] string? tags, Location? location, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var (fields, changed) = NewValues(shape, updateValues);
        var equal = EqualTo(shape, values);
        if (string.IsNullOrWhiteSpace(query) && equal.All(pair => pair.Value.IsNull))
            throw NoChoice();
        var change = new TableEntryChange(fields, changed, Now, string.IsNullOrEmpty(source) ? null : source, sourceType, tags, location);
        var found = new TableQuery(shape, int.MaxValue) { Equal = equal, Query = Query.Parse(query) };
        await ChangeAsync(call, shape, EntryEvents.Updated, () => Store.UpdateAsync(Id(call), found, change, CancellationToken.None), cancellationToken);
    }

    [Service("Deletes the row of the key in the values, or the first whose fields have the values.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public async Task DeleteDataTableEntry(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var match = Match(shape, ShapedRows.OneRow(values, OneRowOnly), 1);
        if (await DeleteAsync(call, match, cancellationToken) == 0)
            throw new PlatformException(ErrorCode.NotFound, $"Data table [{call.Target.Name}] has no entry with {(match.Key is null ? "these values" : $"key '{match.Key}' and these values")}.");
    }

    [Service("Deletes the row of a key.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public async Task DeleteDataTableEntryByKey(ServiceContext call, [Parameter(IsRequired = true)] string key, CancellationToken cancellationToken)
    {
        if (await DeleteAsync(call, new(ShapeOf(call.Thing), 1) { Key = key }, cancellationToken) == 0)
            throw new PlatformException(ErrorCode.NotFound, $"Data table [{call.Target.Name}] has no entry with key '{key}'.");
    }

    [Service("Deletes all rows whose fields have the values; at most as many as maxItems says.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, [Parameter(IsAbsentOnTwin = true)] double? maxItems, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var equal = EqualTo(shape, ShapedRows.OneRow(values, OneRowOnly));
        if (equal.All(pair => pair.Value.IsNull))
            throw NoChoice();
        return DeleteAsync(call, new(shape, Limit(maxItems ?? int.MaxValue)) { Equal = equal }, cancellationToken);
    }

    [Service("Deletes all rows that a query finds and whose fields, source and tags are as given.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task DeleteDataTableEntriesWithQuery(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape)] InfoTable? values, string? source, string? sourceType, [Parameter(BaseType.TAGS)] string? tags,
        Location? location, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        IReadOnlyList<(string Field, Value Value)> equal =
            [.. EqualTo(shape, values), ("sourceType", Value.String(string.IsNullOrEmpty(sourceType) ? null : sourceType)), ("location", Value.Location(location))];
        return string.IsNullOrWhiteSpace(query) && equal.All(pair => pair.Value.IsNull) && string.IsNullOrEmpty(source) && string.IsNullOrEmpty(tags)
            ? throw NoChoice()
            : DeleteAsync(call, new(shape, int.MaxValue) { Equal = equal, Source = source, Tags = tags, Query = Query.Parse(query) }, cancellationToken);
    }

    [Service("Deletes all rows. It answers when they are gone.", Category = "Entries", Kind = CallKind.KeptWrite, Twin = TwinRule.Relayed)]
    public Task PurgeDataTableEntries(ServiceContext call, CancellationToken cancellationToken) => Store.PurgeAsync(Id(call), cancellationToken);

    [Service("Makes the indexes of configuration table Indexes, and the full-text index anew.", Category = "Maintenance", Twin = TwinRule.Relayed)]
    public async Task Reindex(ServiceContext call, CancellationToken cancellationToken)
    {
        var shape = ShapeOf(call.Thing);
        var rows = call.Target.Configuration(Indexes.Name);
        var indexes = Enumerable.Range(0, rows.RowCount).Select(row => new TableIndex(
            rows[row, "name"].ToString(), rows[row, "fieldNames"].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))).ToList();
        await PrepareAsync(call.Thing, shape, cancellationToken);
        await Store.ReindexAsync(Id(call), shape, indexes, cancellationToken);
    }

    [Service("Gives the number of rows.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, Result = BaseType.INTEGER)]
    public Task<long> GetDataTableEntryCount(ServiceContext call, CancellationToken cancellationToken) => Store.CountAsync(Id(call), cancellationToken);

    [Service("Gives rows in the order in which they came.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetDataTableEntries(ServiceContext call, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        ReadAsync(call, new(ShapeOf(call.Thing), Limit(maxItems)), cancellationToken);

    [Service("Gives the row of the key in the values, or the first whose fields have the values; none where there is none.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetDataTableEntry(ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, CancellationToken cancellationToken) =>
        ReadAsync(call, Match(ShapeOf(call.Thing), ShapedRows.OneRow(values, "use FindDataTableEntries for many rows"), 1), cancellationToken);

    [Service("Gives the row of a key; none where there is none.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> GetDataTableEntryByKey(ServiceContext call, [Parameter(IsRequired = true)] string key, CancellationToken cancellationToken) =>
        ReadAsync(call, new(ShapeOf(call.Thing), 1) { Key = key }, cancellationToken);

    [Service("Gives rows whose fields have the values; by an index where there is one.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> FindDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape, IsRequired = true)] InfoTable values, CancellationToken cancellationToken,
        [Parameter(IsAbsentOnTwin = true)] double maxItems = DefaultMaxItems) =>
        ReadAsync(call, Match(ShapeOf(call.Thing), ShapedRows.OneRow(values, "the rows that are wanted are those that have its values"), Limit(maxItems)), cancellationToken);

    [Service("Gives rows that a query finds and whose fields, source and tags are as given.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> QueryDataTableEntries(
        ServiceContext call, [Parameter(Shape = ParameterAttribute.OwnShape)] InfoTable? values, string? source, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        ReadAsync(call, Find(call, values, source, tags, query, null, Limit(maxItems)), cancellationToken);

    [Service("As QueryDataTableEntries, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "QueryPage")]
    public Task<InfoTable> QueryDataTableEntriesPage(
        ServiceContext call, string? cursor, [Parameter(Shape = ParameterAttribute.OwnShape)] InfoTable? values, string? source, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double pageSize = QueryPages.DefaultSize) =>
        ReadPageAsync(call, Find(call, values, source, tags, query, null, QueryPages.Size(pageSize)), cursor, cancellationToken);

    [Service("Gives rows whose texts hold all words of an expression (word* for beginnings, quotes for words that stand together), and that a query finds.",
        Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = ParameterAttribute.OwnShape)]
    public Task<InfoTable> SearchDataTableEntries(
        ServiceContext call, string? searchExpression, string? source, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query,
        CancellationToken cancellationToken, double maxItems = DefaultMaxItems) =>
        ReadAsync(call, Find(call, null, source, tags, query, searchExpression, Limit(maxItems)), cancellationToken);

    [Service("As SearchDataTableEntries, page by page: rows and the cursor of the next page.", Category = "Queries", Kind = CallKind.Read, Twin = TwinRule.Relayed, ResultShape = "QueryPage")]
    public Task<InfoTable> SearchDataTableEntriesPage(
        ServiceContext call, string? cursor, string? searchExpression, string? source, [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.QUERY)] string? query,
        CancellationToken cancellationToken, double pageSize = QueryPages.DefaultSize) =>
        ReadPageAsync(call, Find(call, null, source, tags, query, searchExpression, QueryPages.Size(pageSize)), cursor, cancellationToken);

    /// <inheritdoc/>
    protected override Task EnsureAsync(Thing thing, DataShape shape, CancellationToken cancellationToken) =>
        Store.EnsureAsync(thing.Definition.Id, thing.Name, shape, cancellationToken);

    /// <inheritdoc/>
    protected override Task DropAsync(Thing thing, CancellationToken cancellationToken) => Store.DropAsync(thing.Definition.Id, cancellationToken);

    internal override Task RetainAsync(Thing thing, long? before, long? keep, CancellationToken cancellationToken) =>
        Store.RetainAsync(thing.Definition.Id, before, keep, cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private void AcceptEntry(ServiceContext call, Value[] given) => arguments.CompleteEntry(call, given);

    private void AcceptChange(ServiceContext call, Value[] given) => arguments.Complete(call, given);

    // Writes, then fires: also where the caller has given up waiting meanwhile.
    private Task<IReadOnlyList<WrittenRow>> WriteAsync(ServiceContext call, InfoTable values, TableWrite mode, Origin origin, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var shape = ShapeOf(call.Thing);
        var (fields, entries) = DataTableEntries.Make(shape, values, mode, origin, Now);
        return Write().WaitAsync(cancellationToken);

        async Task<IReadOnlyList<WrittenRow>> Write()
        {
            var written = await WriteAsync(call.Thing, shape, () => Store.WriteAsync(Id(call), fields, entries, mode, CancellationToken.None), CancellationToken.None);
            foreach (var row in written)
                await events.FireAsync(call, row.IsNew ? EntryEvents.Added : EntryEvents.Updated, row.Key, Name);
            return written;
        }
    }

    // As above.
    private async Task<int> ChangeAsync(ServiceContext call, DataShape shape, string eventName, Func<Task<IReadOnlyList<string>>> change, CancellationToken cancellationToken)
    {
        await PrepareAsync(call.Thing, shape, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return await Change().WaitAsync(cancellationToken);

        async Task<int> Change()
        {
            var changed = await change();
            foreach (var key in changed)
                await events.FireAsync(call, eventName, key, Name);
            return changed.Count;
        }
    }

    // Keys and the index of words are those of the Data Shape as it is now.
    private async Task<InfoTable> ReadAsync(ServiceContext call, TableQuery query, CancellationToken cancellationToken)
    {
        await PrepareAsync(call.Thing, query.Shape, cancellationToken);
        return await Store.QueryAsync(Id(call), query, cancellationToken);
    }

    private async Task<InfoTable> ReadPageAsync(ServiceContext call, TableQuery query, string? cursor, CancellationToken cancellationToken)
    {
        await PrepareAsync(call.Thing, query.Shape, cancellationToken);
        return QueryPages.Answer(await Store.QueryPageAsync(Id(call), query, cursor, cancellationToken));
    }

    private Task<int> DeleteAsync(ServiceContext call, TableQuery query, CancellationToken cancellationToken) =>
        ChangeAsync(call, query.Shape, EntryEvents.Deleted, () => Store.DeleteAsync(Id(call), query, CancellationToken.None), cancellationToken);

    private TableQuery Find(ServiceContext call, InfoTable? values, string? source, string? tags, string? query, string? search, int maxItems)
    {
        var shape = ShapeOf(call.Thing);
        if (!string.IsNullOrWhiteSpace(search) && TextSearch.ToMatch(search) is null)
            throw Errors.Bad("Parameter 'searchExpression' holds no word to look for; leave it blank for all rows.");
        return new(shape, maxItems) { Equal = EqualTo(shape, values), Source = source, Tags = tags, Search = search, Query = Query.Parse(query) };
    }

    private static TableQuery Match(DataShape shape, InfoTable values, int maxItems)
    {
        var equal = EqualTo(shape, values);
        if (equal.All(pair => pair.Value.IsNull))
            throw Errors.Bad("Parameter 'values' names no value to look for.");
        return new(shape, maxItems) { Equal = equal, Key = DataTableEntries.KeyOf(shape, equal) };
    }

    private static List<(string Field, Value Value)> EqualTo(DataShape shape, InfoTable? values)
    {
        if (values is null)
            return [];
        var (fields, row) = ShapedRows.Named(shape, ShapedRows.OneRow(values, "it says which values the fields must have"));
        return [.. fields.Fields.Select((field, i) => (field.Name, row[i]))];
    }

    private static (DataShape Fields, Value[] Values) NewValues(DataShape shape, InfoTable updateValues)
    {
        var (fields, values) = ShapedRows.Named(shape, ShapedRows.OneRow(updateValues, "it holds the new values of every row that is found", "updateValues"));
        var kept = Enumerable.Range(0, values.Length).Where(i => !shape.Find(fields.Fields[i].Name)!.IsPrimaryKey).ToList();
        if (Enumerable.Range(0, values.Length).Except(kept).FirstOrDefault(i => !values[i].IsNull, -1) is var key and >= 0)
            throw Errors.Bad($"updateValues names '{fields.Fields[key].Name}' of the primary key: many rows cannot have one key. Leave it out.");
        return (new(kept.Select(i => fields.Fields[i])), [.. kept.Select(i => values[i])]);
    }

    private static PlatformException NoChoice() =>
        Errors.Bad("Neither a query nor a value says which rows are meant; the query {} stands for all, and PurgeDataTableEntries deletes all.");

    private static InfoTable One(InfoTable values, string instead) => ShapedRows.OneRow(values, instead) is { RowCount: 1 } one ? one : throw Errors.Bad("Parameter 'values' has no row.");
}
