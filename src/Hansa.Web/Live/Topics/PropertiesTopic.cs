using System.Collections.Concurrent;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Topic <c>properties</c>: the values of a Thing's properties that the user may read; all of them first, then those that were written.</summary>
internal sealed class PropertiesTopic : LiveTopic
{
    private readonly ServiceInvoker _invoker;
    private readonly EntityKey _thing;
    private readonly ConcurrentDictionary<string, byte> _written = new(StringComparer.Ordinal);
    private volatile bool _isAllWanted = true;

    public PropertiesTopic(ServiceInvoker invoker, EntityKey thing)
    {
        (_invoker, _thing) = (invoker, thing);
        // Definitions and whether the Thing runs: what was told may not hold any more.
        invoker.Directory.Changed += Note;
        News();
    }

    /// <summary>Called when nobody watches any more.</summary>
    public Action Gone { get; set; } = () => { };

    public void Written(IReadOnlyList<PropertyWrite> writes)
    {
        for (var i = 0; i < writes.Count; i++)
            _written[writes[i].Property.Name] = 0;
        News();
    }

    public override void Dispose()
    {
        _invoker.Directory.Changed -= Note;
        Gone();
    }

    protected override ValueTask CollectAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken)
    {
        var user = _invoker.FindPrincipal(userName);
        var thing = (Thing)_invoker.Gate.Find(user, _thing, CallOrigin.Rest);
        var isAll = _isAllWanted;
        _isAllWanted = false;
        var names = isAll ? thing.Shape.Properties.Select(property => property.Name) : _written.Keys;
        var values = new List<(string Name, Vtq Value)>();
        foreach (var name in names)
        {
            _written.TryRemove(name, out _);
            if (thing.Shape.FindProperty(name) is not null && _invoker.Gate.Allows(user, thing, Permission.PropertyRead, name, CallOrigin.Rest))
                values.Add((name, thing.Properties.Read(name)));
        }

        if (values.Count > 0 || isAll)
            tell(writer => Write(writer, values, isAll));
        return ValueTask.CompletedTask;
    }

    private void Note(EntityChange change)
    {
        if (change.Entity.Key != _thing && change.Kind is not (EntityKind.ThingTemplates or EntityKind.ThingShapes))
            return;
        _isAllWanted = true;
        News();
    }

    private static void Write(Utf8JsonWriter writer, List<(string Name, Vtq Value)> values, bool isAll)
    {
        writer.WriteStartObject();
        if (isAll)
            writer.WriteBoolean("all", true);
        writer.WriteStartObject("values");
        foreach (var (name, value) in values)
        {
            writer.WriteStartObject(name);
            writer.WritePropertyName("v");
            ValueJson.Write(writer, value.Value);
            writer.WriteNumber("t", value.Time);
            writer.WriteString("q", value.Quality);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
