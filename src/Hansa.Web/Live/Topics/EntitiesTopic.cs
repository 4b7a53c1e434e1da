using System.Collections.Concurrent;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Topic <c>entities</c>: which entities came, changed and went, as far as the user can see them.</summary>
internal sealed class EntitiesTopic : LiveTopic
{
    private readonly ServiceInvoker _invoker;
    private readonly ConcurrentDictionary<EntityKey, EntityChange> _changes = new();

    public EntitiesTopic(ServiceInvoker invoker)
    {
        _invoker = invoker;
        invoker.Directory.Changed += Note;
    }

    public override void Dispose() => _invoker.Directory.Changed -= Note;

    protected override ValueTask CollectAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken)
    {
        var user = _invoker.FindPrincipal(userName);
        foreach (var key in _changes.Keys)
        {
            if (_changes.TryRemove(key, out var change) && _invoker.Gate.IsVisible(user, change.Entity))
                tell(writer => Write(writer, change));
        }

        return ValueTask.CompletedTask;
    }

    private void Note(EntityChange change)
    {
        // Made and changed between two looks is made; what comes again after it went was never away.
        _changes.AddOrUpdate(change.Entity.Key, change, (_, noted) => change with { Before = noted.Before });
        News();
    }

    private void Write(Utf8JsonWriter writer, EntityChange change)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", change.Kind.ToString());
        writer.WriteString("name", change.Entity.Name);
        writer.WriteString("change", change.After is null ? "deleted" : change.Before is null ? "created" : "changed");
        writer.WriteNumber("time", change.After?.LastModified ?? _invoker.Now);
        writer.WriteEndObject();
    }
}
