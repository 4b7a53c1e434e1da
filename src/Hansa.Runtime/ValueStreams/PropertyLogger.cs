using System.Collections.Concurrent;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Keeps changes of logged properties in their Thing's value stream: all of one write in one commit (spec platform 2.5).</summary>
/// <remarks>
/// The writer waits for the commit. Where it fails the property keeps its new value, and the writer is told. Such a property owes an entry:
/// its next write is kept even where it is no change, or a value that is set again because it was not kept would never be.
/// </remarks>
public sealed class PropertyLogger(Histories histories, EventProcessor events) : IPropertyObserver
{
    private readonly ConcurrentDictionary<(Guid Thing, string Property), long> _owing = new();

    /// <inheritdoc/>
    public ValueTask WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        if (thing.ValueStream.Length == 0)
            return ValueTask.CompletedTask;
        List<HistoryEntry>? entries = null;
        foreach (var write in writes)
        {
            if (!write.Property.IsLogged || !(write.IsChange || _owing.ContainsKey((thing.Definition.Id, write.Property.Name))) || HistoryTypes.Of(write.Property.BaseType) is not { } kind)
                continue;
            (entries ??= new(writes.Count)).Add(new(
                write.Property.Name, thing.Name, write.After.Time, write.After.IsAssigned, kind, HistoryRows.Fit(write.After.Value, kind), write.After.Quality));
        }

        return entries is null ? ValueTask.CompletedTask : AppendAsync(userName, thing, entries);
    }

    private async ValueTask AppendAsync(string userName, Thing thing, List<HistoryEntry> entries)
    {
        try
        {
            await histories.Of(thing, userName, CallPath.Empty).AppendAsync(entries, CancellationToken.None);
        }
        catch (PlatformException e)
        {
            foreach (var entry in entries)
                _owing.AddOrUpdate((thing.Definition.Id, entry.Property), entry.Timestamp, (_, before) => Math.Max(before, entry.Timestamp));
            throw NotLogged(thing, entries, e);
        }

        if (!_owing.IsEmpty)
        {
            // An older write that is kept late does not pay for a newer one.
            foreach (var entry in entries)
            {
                var owed = (thing.Definition.Id, entry.Property);
                if (_owing.TryGetValue(owed, out var since) && since <= entry.Timestamp)
                    _owing.TryRemove(KeyValuePair.Create(owed, since));
            }
        }

        if (entries.Count > 1)
            await AnnounceAsync(userName, thing, entries);
    }

    // Of a property that one write gave several values only the last is its value: the others are history alone.
    private async ValueTask AnnounceAsync(string userName, Thing thing, List<HistoryEntry> entries)
    {
        foreach (var many in entries.GroupBy(entry => entry.Property).Where(group => group.Count() > 1))
        {
            await events.FireAsync(new(userName, thing, GenericThingTemplate.HistoricalDataLogged, "", () =>
            {
                var builder = new InfoTable.Builder(PlatformShapes.HistoricalDataLoggedEvent);
                builder.Add(Value.String(many.Key), Value.Integer(many.Count()), Value.DateTime(many.Min(entry => entry.Timestamp)), Value.DateTime(many.Max(entry => entry.Timestamp)));
                return builder.Build();
            }), CancellationToken.None);
        }
    }

    private static PlatformException NotLogged(Thing thing, List<HistoryEntry> entries, PlatformException reason)
    {
        var names = entries.Select(entry => entry.Property).Distinct(StringComparer.Ordinal).ToList();
        var (subject, verb) = names.Count == 1 ? ($"Property [{names[0]}]", "value is set but was") : ($"Properties [{string.Join("], [", names)}]", "values are set but were");
        var doubt = reason.Code == ErrorCode.Timeout ? "perhaps not" : "not";
        return new(reason.Code, $"{subject} of Thing [{thing.Name}]: the {verb} {doubt} logged. {reason.Message}", reason);
    }
}
