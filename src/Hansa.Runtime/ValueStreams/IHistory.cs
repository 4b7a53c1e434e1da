using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Which values of one kind of history are wanted.</summary>
/// <param name="Type">The kind (<see cref="HistoryTypes"/>).</param>
/// <param name="Property">Only of this property; null for all.</param>
/// <param name="Source">Only of this Thing; null for all.</param>
/// <param name="Start">First millisecond; null for no limit.</param>
/// <param name="End">Last millisecond; null for no limit.</param>
/// <param name="OldestFirst">Oldest first; newest first otherwise.</param>
/// <param name="Quality">Only of this quality; null for any.</param>
/// <param name="Query">Filters and sorts as JSON; null for none.</param>
internal sealed record HistoryRequest(
    BaseType Type, string? Property, string? Source, long? Start, long? End, bool OldestFirst, string? Quality = null, string? Query = null)
{
    /// <summary>Whether name, source and quality are wanted, too.</summary>
    public bool WithOrigin { get; init; }

    /// <summary>The read of a store.</summary>
    public HistoryQuery ToQuery(int rows) => new(Type, rows)
    {
        Property = Given(Property), Source = Given(Source), Start = Start, End = End, OldestFirst = OldestFirst,
        Quality = Given(Quality), WithOrigin = WithOrigin, Query = Model.Query.Parse(Query),
    };

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>A value stream as those who log and ask for history see it, wherever it lies.</summary>
internal interface IHistory
{
    /// <summary>Keeps values; done when they are on the owner's disk.</summary>
    Task AppendAsync(IReadOnlyList<HistoryEntry> entries, CancellationToken cancellationToken);

    /// <summary>At most so many values.</summary>
    Task<InfoTable> QueryAsync(HistoryRequest request, int maxItems, CancellationToken cancellationToken);

    /// <summary>A page of values, as <c>…Page</c> services answer.</summary>
    Task<InfoTable> QueryPageAsync(HistoryRequest request, int pageSize, string? cursor, CancellationToken cancellationToken);

    /// <summary>Deletes values; done when they are gone.</summary>
    Task PurgeAsync(string? property, string source, long? start, long? end, CancellationToken cancellationToken);
}

/// <summary>Finds the value stream of a Thing.</summary>
public sealed class Histories(EntityDirectory directory, IStorage storage, IRemoteEndpoints endpoints)
{
    /// <summary>Whether Things may log to a Thing of this template.</summary>
    internal bool IsValueStream(string template) =>
        directory.Catalogue.Lineage(template).Append(directory.Catalogue.TwinOf(template)).Any(part => part is ValueStreamTemplate);

    /// <summary>The value stream of a Thing.</summary>
    /// <exception cref="PlatformException">BadRequest: it has none. NotFound, Unavailable: it is not there, or not running.</exception>
    internal IHistory Of(Thing thing, string userName, CallPath path)
    {
        if (thing.ValueStream is not { Length: > 0 } name)
            throw Errors.Bad($"Thing [{thing.Name}] has no value stream; set one with SetValueStream.");
        if (directory.FindThing(name) is not { } stream || !IsValueStream(stream.Definition.ThingTemplate))
            throw new PlatformException(ErrorCode.NotFound, $"The value stream [{name}] of Thing [{thing.Name}] does not exist.");
        if (!stream.IsRunning)
            throw new PlatformException(ErrorCode.Unavailable, $"The value stream [{name}] of Thing [{thing.Name}] is not running.");
        return directory.Catalogue.IsRemote(stream.Definition.ThingTemplate)
            ? new RemoteHistory(endpoints, stream, userName, path)
            : new LocalHistory(storage.ValueStreams, stream.Definition.Id);
    }
}

/// <summary>A value stream of this server.</summary>
internal sealed class LocalHistory(IValueStreamStore store, Guid stream) : IHistory
{
    public Task AppendAsync(IReadOnlyList<HistoryEntry> entries, CancellationToken cancellationToken) => store.AppendAsync(stream, entries, cancellationToken);

    public Task<InfoTable> QueryAsync(HistoryRequest request, int maxItems, CancellationToken cancellationToken) =>
        store.QueryAsync(stream, request.ToQuery(maxItems), cancellationToken);

    public async Task<InfoTable> QueryPageAsync(HistoryRequest request, int pageSize, string? cursor, CancellationToken cancellationToken) =>
        QueryPages.Answer(await store.QueryPageAsync(stream, request.ToQuery(pageSize), cursor, cancellationToken));

    public Task PurgeAsync(string? property, string source, long? start, long? end, CancellationToken cancellationToken) =>
        store.PurgeAsync(stream, property, source, start, end, cancellationToken);
}

/// <summary>A value stream of another server: what is kept and asked goes through the RemoteValueStream that stands for it (spec platform 1.7).</summary>
internal sealed class RemoteHistory(IRemoteEndpoints endpoints, Thing stream, string userName, CallPath path) : IHistory
{
    public Task AppendAsync(IReadOnlyList<HistoryEntry> entries, CancellationToken cancellationToken)
    {
        var (table, assigned) = HistoryRows.Table(entries);
        return InvokeAsync(nameof(ValueStreamTemplate.AddValueStreamEntries), CallKind.KeptWrite, assigned, cancellationToken, ("values", Value.Table(table)));
    }

    public async Task<InfoTable> QueryAsync(HistoryRequest request, int maxItems, CancellationToken cancellationToken) =>
        await InvokeAsync(nameof(ValueStreamTemplate.QueryValueStreamEntries), CallKind.Read, AssignedTimes.None, cancellationToken,
            [.. Arguments(request), ("maxItems", Value.Number(maxItems))]) ?? InfoTable.Empty;

    public async Task<InfoTable> QueryPageAsync(HistoryRequest request, int pageSize, string? cursor, CancellationToken cancellationToken) =>
        await InvokeAsync(nameof(ValueStreamTemplate.QueryValueStreamEntriesPage), CallKind.Read, AssignedTimes.None, cancellationToken,
            [.. Arguments(request), ("pageSize", Value.Number(pageSize)), ("cursor", Value.String(cursor))]) ?? InfoTable.Empty;

    public Task PurgeAsync(string? property, string source, long? start, long? end, CancellationToken cancellationToken) =>
        InvokeAsync(nameof(ValueStreamTemplate.PurgeStreamEntries), CallKind.KeptWrite, AssignedTimes.None, cancellationToken,
            ("name", Value.String(property)), ("source", Value.String(source)), ("startDate", Time(start)), ("endDate", Time(end)), ("immediate", Value.Boolean(true)));

    private Task<InfoTable?> InvokeAsync(
        string service, CallKind kind, AssignedTimes assigned, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, Value Value)> arguments)
    {
        var fields = new List<FieldDefinition>();
        foreach (var (name, value) in arguments)
            fields.Add(new(name, value.IsNull ? BaseType.STRING : value.BaseType, Ordinal: fields.Count));
        var builder = new InfoTable.Builder(new(fields));
        var row = builder.AddRow();
        for (var i = 0; i < arguments.Length; i++)
            row[i] = arguments[i].Value;
        var call = new RemoteCall(stream, service, builder.Build(), kind)
        {
            MayWait = stream.Shape.FindService(service) is { } known && RemoteDelivery.MayWait(stream, known.Definition),
            Assigned = assigned, Path = path, Caller = userName,
        };
        return endpoints.Get(stream).InvokeAsync(call, cancellationToken).AsTask();
    }

    private static (string, Value)[] Arguments(HistoryRequest request) =>
    [
        ("type", Value.Text(request.Type.Name(), BaseType.BASETYPENAME)), ("name", Value.String(request.Property)), ("source", Value.String(request.Source)),
        ("startDate", Time(request.Start)), ("endDate", Time(request.End)), ("oldestFirst", Value.Boolean(request.OldestFirst)),
        ("quality", Value.String(request.Quality)), ("query", Value.Text(request.Query, BaseType.QUERY)), ("withOrigin", Value.Boolean(request.WithOrigin)),
    ];

    private static Value Time(long? time) => time is { } at ? Value.DateTime(at) : default;
}
