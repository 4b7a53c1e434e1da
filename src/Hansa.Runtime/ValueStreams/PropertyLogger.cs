using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Keeps changes of logged properties in their Thing's value stream: all of one write in one commit (spec platform 2.5).</summary>
/// <remarks>The writer waits for the commit. Where it fails the property keeps its new value, and the writer is told.</remarks>
public sealed class PropertyLogger(Histories histories) : IPropertyObserver
{
    /// <inheritdoc/>
    public ValueTask WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        if (thing.Definition.ValueStream.Length == 0)
            return ValueTask.CompletedTask;
        List<HistoryEntry>? entries = null;
        foreach (var write in writes)
        {
            if (!write.IsChange || !write.Property.IsLogged || HistoryRows.KindOf(write.Property, write.After.Value) is not { } kind)
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
            var names = string.Join(", ", entries.Select(entry => $"[{entry.Property}]").Distinct());
            throw new PlatformException(e.Code, $"{names} of Thing [{thing.Name}] has its new value, but that is not in value stream [{thing.Definition.ValueStream}]: {e.Message}", e);
        }
    }
}
