using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The history of a Thing's logged properties, as its value stream has it (spec platform 2.5).</summary>
public sealed class HistoryServices(EntityDirectory directory, Histories histories, TimeProvider time) : KindServices
{
    private const double DefaultMaxItems = 500;

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Sets the value stream that keeps the history of logged properties; blank for none. What was kept stays where it is.", Category = "DataLogging", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetValueStream(ServiceContext call, [Parameter(BaseType.THINGNAME)] string? name, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(name) && call.Find(EntityKind.Things, name) is Thing stream && !histories.IsValueStream(stream.Definition.ThingTemplate))
            throw Errors.Bad($"Thing [{name}] is a {stream.Definition.ThingTemplate}; history is kept by a ValueStream or a RemoteValueStream.");
        return directory.UpdateAsync(call.Target.Key, definition => ((ThingDefinition)definition) with { ValueStream = name ?? "" }, cancellationToken);
    }

    [Service("Gives the value stream that keeps the history of logged properties.", Category = "DataLogging", Requires = Permission.Read, RunsWhenStopped = true, Result = BaseType.THINGNAME, Kind = CallKind.Read)]
    public string GetValueStream(ServiceContext call) => call.Thing.ValueStream;

    [Service("Tells whether changes of a property are logged, as its definition says.", Category = "DataLogging", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool GetPropertyLogging(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Find(call, propertyName).IsLogged;

    [Service("Tells whether changes of a property are kept: it is logged, its type has a history, and the Thing has a value stream.", Category = "DataLogging", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool GetEffectivePropertyLogging(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Find(call, propertyName) is { IsLogged: true } property && call.Thing.ValueStream.Length > 0
        && HistoryTypes.Of(property.BaseType) is not null;

    [Service("Sets whether changes of a property of the Thing's own are logged.", Category = "DataLogging", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetPropertyLogging(ServiceContext call, [Parameter(IsRequired = true)] string propertyName, [Parameter(IsRequired = true)] bool enabled, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition =>
        {
            var thing = (ThingDefinition)definition;
            var property = thing.Properties.FirstOrDefault(have => have.Name == propertyName) ?? throw Errors.NoSuchProperty(propertyName, thing.Key);
            var field = property.Field with { Aspects = property.Field.Aspects.With("isLogged", Value.Boolean(enabled)) };
            return thing with { Properties = thing.Properties.Replace(property, property with { Field = field }) };
        }, cancellationToken);

    [Service("Lists logged properties, of a base type where one is named.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetLoggedProperties(ServiceContext call, [Parameter(BaseType.BASETYPENAME)] string? type) =>
        Names(call.Target.Shape.Properties.Where(property => property.IsLogged && (string.IsNullOrEmpty(type) || property.BaseType == BaseTypes.Parse(type))));

    [Service("Lists logged properties that are numbers.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetNumericLoggedProperties(ServiceContext call) =>
        Names(call.Target.Shape.Properties.Where(property => property.IsLogged && property.BaseType is BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG));

    [ServiceFamily]
    [Service("Adds a value to the history of a {X} property; the property itself stays.", Category = "StreamEntries", Requires = Permission.None)]
    public Task AddXValueStreamEntry(
        ServiceContext call, BaseType type, DateTimeOffset? timestamp, [Parameter(IsRequired = true)] string propertyName, [Parameter(IsRequired = true)] Value value, string? quality, CancellationToken cancellationToken)
    {
        var property = Find(call, propertyName);
        call.Demand(call.Target, Permission.PropertyWrite, propertyName);
        var kind = KindOf(property, type);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var at = timestamp?.ToUnixTimeMilliseconds() ?? now;
        var entry = new HistoryEntry(propertyName, call.Target.Name, at, timestamp is null, kind, HistoryRows.Fit(value, kind), HistoryRows.Quality(quality));
        return Of(call).AppendAsync([entry], cancellationToken);
    }

    [ServiceFamily(Except = [BaseType.INFOTABLE])]
    [Service("Gives the history of a {X} property.", Category = "Queries", Requires = Permission.None, Kind = CallKind.Read, ResultShape = "XValueStream")]
    public Task<InfoTable> QueryXPropertyHistory(
        ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string propertyName, DateTimeOffset? startDate, DateTimeOffset? endDate, string? quality,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false) =>
        Of(call).QueryAsync(Request(call, type, propertyName, startDate, endDate, quality, oldestFirst, query), DataThingTemplate.Limit(maxItems), cancellationToken);

    [ServiceFamily]
    [Service("Gives the history of a {X} property, page by page: rows and the cursor of the next page.", Category = "Queries", Requires = Permission.None, Kind = CallKind.Read, ResultShape = "QueryPage")]
    public Task<InfoTable> QueryXPropertyHistoryPage(
        ServiceContext call, BaseType type, [Parameter(IsRequired = true)] string propertyName, string? cursor, DateTimeOffset? startDate, DateTimeOffset? endDate, string? quality,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double pageSize = QueryPages.DefaultSize, bool oldestFirst = false) =>
        Of(call).QueryPageAsync(Request(call, type, propertyName, startDate, endDate, quality, oldestFirst, query), QueryPages.Size(pageSize), cursor, cancellationToken);

    [Service("Gives the history of an INFOTABLE property; flattened one row for each row of the tables, with their fields as columns.", Category = "Queries", Requires = Permission.None, Kind = CallKind.Read, ResultShape = "InfoTableValueStream")]
    public async Task<InfoTable> QueryInfoTablePropertyHistory(
        ServiceContext call, [Parameter(IsRequired = true)] string propertyName, DateTimeOffset? startDate, DateTimeOffset? endDate, string? quality,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false, bool flatten = false)
    {
        var rows = await Of(call).QueryAsync(
            Request(call, BaseType.INFOTABLE, propertyName, startDate, endDate, quality, oldestFirst, query), DataThingTemplate.Limit(maxItems), cancellationToken);
        return flatten ? Flatten(rows) : rows;
    }

    [Service("Gives the history of all logged properties that the caller may read, one row a timestamp; maxItems counts for each property. fillOption PREVIOUS (the default) repeats the value before where a property has none, NONE leaves it out. returnedMetadata QUALITY adds a column with each quality.",
        Category = "Queries", Requires = Permission.None, Kind = CallKind.Read)]
    public Task<InfoTable> QueryPropertyHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, string? quality, string? fillOption, string? returnedMetadata,
        [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false)
    {
        var readable = call.Target.Shape.Properties.Where(property => property.IsLogged && HistoryTypes.Of(property.BaseType) is not null
            && call.Invoker.Gate.Allows(call.Caller, call.Target, Permission.PropertyRead, property.Name, call.Call.Origin));
        return MergeAsync(call, readable, startDate, endDate, quality, fillOption, returnedMetadata, query, maxItems, oldestFirst, cancellationToken);
    }

    [Service("Gives the history of some properties as QueryPropertyHistory does. The names are rows with field name.", Category = "Queries", Requires = Permission.None, Kind = CallKind.Read)]
    public Task<InfoTable> QueryNamedPropertyHistory(
        ServiceContext call, [Parameter(IsRequired = true, Shape = "EntityList")] InfoTable propertyNames, DateTimeOffset? startDate, DateTimeOffset? endDate, string? quality,
        string? fillOption, string? returnedMetadata, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken, double maxItems = DefaultMaxItems, bool oldestFirst = false)
    {
        var named = Enumerable.Range(0, propertyNames.RowCount).Select(row => Readable(call, propertyNames[row, "name"].ToString())).DistinctBy(property => property.Name).ToList();
        return MergeAsync(call, named, startDate, endDate, quality, fillOption, returnedMetadata, query, maxItems, oldestFirst, cancellationToken);
    }

    [Service("Deletes the history of a property in a period, both ends included; all of it where no period is said. It answers when it is gone.", Category = "Maintenance", Requires = Permission.None)]
    public Task PurgePropertyHistory(
        ServiceContext call, [Parameter(IsRequired = true)] string propertyName, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken, bool immediate = true) =>
        PurgeAsync(call, [propertyName], startDate, endDate, cancellationToken);

    [Service("Deletes the history of all logged properties in a period, both ends included; all of it where no period is said.", Category = "Maintenance", Requires = Permission.None)]
    public Task PurgeAllPropertyHistory(ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken) =>
        PurgeAsync(call, call.Target.Shape.Properties.Where(property => property.IsLogged).Select(property => property.Name), startDate, endDate, cancellationToken);

    [Service("Deletes the history of some properties in a period, both ends included; all of it where no period is said. The names are rows with field name.", Category = "Maintenance", Requires = Permission.None)]
    public Task PurgeSelectedPropertyHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(IsRequired = true, Shape = "EntityList")] InfoTable propertiesToPurge, CancellationToken cancellationToken) =>
        PurgeAsync(call, Enumerable.Range(0, propertiesToPurge.RowCount).Select(row => propertiesToPurge[row, "name"].ToString()), startDate, endDate, cancellationToken);

    private IHistory Of(ServiceContext call) => histories.Of(call.Thing, call.Caller.UserName, call.Call.Path);

    private static HistoryRequest Request(
        ServiceContext call, BaseType type, string property, DateTimeOffset? start, DateTimeOffset? end, string? quality, bool oldestFirst, string? query)
    {
        KindOf(Readable(call, property), type);
        return new(type, property, call.Target.Name, start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds(), oldestFirst, quality, query);
    }

    private Task<InfoTable> MergeAsync(
        ServiceContext call, IEnumerable<PropertyDefinition> properties, DateTimeOffset? start, DateTimeOffset? end, string? quality, string? fillOption, string? returnedMetadata,
        string? query, double maxItems, bool oldestFirst, CancellationToken cancellationToken)
    {
        var wish = new HistoryWish(
            start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds(), DataThingTemplate.Limit(maxItems), oldestFirst, quality,
            Option(fillOption, "fillOption", "PREVIOUS", "NONE") == 0, Option(returnedMetadata, "returnedMetadata", "NONE", "QUALITY") == 1, query);
        return PropertyHistory.QueryAsync(Of(call), [.. properties.Select(property => property.Field)], call.Target.Name, wish, cancellationToken);
    }

    private async Task PurgeAsync(ServiceContext call, IEnumerable<string> properties, DateTimeOffset? start, DateTimeOffset? end, CancellationToken cancellationToken)
    {
        var names = properties.ToList();
        foreach (var name in names)
        {
            Find(call, name);
            call.Demand(call.Target, Permission.PropertyWrite, name);
        }

        var history = Of(call);
        foreach (var name in names)
            await history.PurgeAsync(name, call.Target.Name, start?.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds(), cancellationToken);
    }

    // The first is what a blank means.
    private static int Option(string? given, string parameter, params ReadOnlySpan<string> options)
    {
        if (string.IsNullOrEmpty(given))
            return 0;
        for (var i = 0; i < options.Length; i++)
        {
            if (options[i].Equals(given, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        throw Errors.Bad($"Parameter '{parameter}' is {string.Join(" or ", options.ToArray())}, not '{given}'.");
    }

    private static PropertyDefinition Find(ServiceContext call, string property) => call.Target.Shape.FindProperty(property) ?? throw Errors.NoSuchProperty(property, call.Target.Key);

    private static PropertyDefinition Readable(ServiceContext call, string property)
    {
        var found = Find(call, property);
        call.Demand(call.Target, Permission.PropertyRead, property);
        return found;
    }

    // A service for another kind of property is most likely a mistake, and would find nothing.
    private static BaseType KindOf(PropertyDefinition property, BaseType asked)
    {
        var kind = HistoryTypes.Of(property.BaseType) ?? throw Errors.Bad($"Property [{property.Name}] is {property.BaseType.Name()}, of which no history is kept.");
        return HistoryTypes.ReadableAs(asked).Contains(kind) ? kind : throw Errors.Bad(
            $"Property [{property.Name}] is {property.BaseType.Name()}; its history is that of Query{Word(kind)}PropertyHistory and Add{Word(kind)}ValueStreamEntry.");
    }

    private static string Word(BaseType kind) => HistoryTypes.All.First(known => known.Type == kind).Name;

    private static InfoTable Names(IEnumerable<PropertyDefinition> properties)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var property in properties)
            builder.Add(Value.String(property.Name), Value.String(property.Field.Description));
        return builder.Build();
    }

    private static InfoTable Flatten(InfoTable rows)
    {
        var fields = new List<FieldDefinition> { new("id", BaseType.STRING), new("timestamp", BaseType.DATETIME, Ordinal: 1) };
        for (var i = 0; i < rows.RowCount; i++)
        {
            foreach (var field in rows[i, 2].AsTable()?.Shape.Fields ?? [])
            {
                if (fields.TrueForAll(have => have.Name != field.Name))
                    fields.Add(field with { Ordinal = fields.Count });
            }
        }

        var builder = new InfoTable.Builder(new(fields));
        for (var i = 0; i < rows.RowCount; i++)
        {
            for (var n = 0; n < (rows[i, 2].AsTable()?.RowCount ?? 0); n++)
            {
                var row = builder.AddRow();
                (row[0], row[1]) = (rows[i, 0], rows[i, 1]);
                for (var column = 2; column < row.Length; column++)
                    row[column] = rows[i, 2].AsTable()![n, fields[column].Name];
            }
        }

        return builder.Build();
    }
}
