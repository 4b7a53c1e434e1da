using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Makes topics, and hears for them of what happens on the server.</summary>
internal sealed class LiveTopics(ServiceInvoker invoker, LogKeeper logs, TimeProvider time) : IPropertyObserver
{
    private readonly ConcurrentDictionary<string, ImmutableArray<PropertiesTopic>> _properties = new(StringComparer.Ordinal);

    /// <summary>Makes the topic that a page asks for.</summary>
    /// <exception cref="PlatformException">There is no such topic, or not for that user.</exception>
    public LiveTopic Make(string userName, JsonElement asked)
    {
        var name = Text(asked, "topic");
        return name switch
        {
            "entities" => new EntitiesTopic(invoker),
            "properties" => Add(Text(asked, "thing"), new PropertiesTopic(invoker, Visible(userName, EntityKind.Things, Text(asked, "thing")).Key)),
            "log" => new LogTopic(invoker, logs, Visible(userName, EntityKind.Logs, Text(asked, "log")).Key),
            "result" => new ResultTopic(invoker, Address(Text(asked, "entity")), Text(asked, "service"), asked.Clone(), time),
            _ => throw new PlatformException(ErrorCode.BadRequest, $"There is no topic '{name}'; there are entities, properties, log and result."),
        };
    }

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        if (_properties.TryGetValue(thing.Name, out var topics))
        {
            foreach (var topic in topics)
                topic.Written(writes);
        }

        return ValueTask.CompletedTask;
    }

    private Entity Visible(string userName, EntityKind kind, string name) => invoker.Gate.Find(invoker.FindPrincipal(userName), new(kind, name), CallOrigin.Rest);

    private PropertiesTopic Add(string thing, PropertiesTopic topic)
    {
        _properties.AddOrUpdate(thing, [topic], (_, present) => present.Add(topic));
        topic.Gone = () =>
        {
            // An empty entry goes only as long as nobody has joined it meanwhile.
            if (_properties.AddOrUpdate(thing, [], (_, present) => present.Remove(topic)).IsEmpty)
                _properties.TryRemove(KeyValuePair.Create(thing, ImmutableArray<PropertiesTopic>.Empty));
        };
        return topic;
    }

    private static EntityKey Address(string text)
    {
        var parts = text.Split('/', 2);
        return parts.Length == 2 && Enum.TryParse<EntityKind>(parts[0], out var kind)
            ? new(kind, parts[1])
            : throw new PlatformException(ErrorCode.BadRequest, $"'{text}' is no entity's address; write it as Subsystems/FederationSubsystem.");
    }

    private static string Text(JsonElement asked, string member) => asked.ValueKind == JsonValueKind.Object && asked.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String
        ? text.GetString()!
        : throw new PlatformException(ErrorCode.BadRequest, $"A topic needs the text '{member}'.");
}
