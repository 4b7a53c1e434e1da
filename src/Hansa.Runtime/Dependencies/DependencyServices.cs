using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Who names whom (spec thing-services: Dependencies, Relationships). What the caller may not see is left out.</summary>
public sealed class DependencyServices(EntityDirectory directory) : KindServices
{
    private static readonly DataShape Rows = DataShape.Of(("name", BaseType.STRING), ("description", BaseType.STRING), ("type", BaseType.STRING), ("parentName", BaseType.STRING), ("parentType", BaseType.STRING));

    private static readonly DataShape Edges = DataShape.Of(
        ("from", BaseType.STRING), ("fromType", BaseType.STRING), ("to", BaseType.STRING), ("toType", BaseType.STRING), ("depth", BaseType.INTEGER));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => true;

    [Service("Lists the entities that name this one.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetIncomingDependencies(ServiceContext call, double maxItems = MaxItems.Default) => List(call, Incoming(call, call.Target.Key), maxItems);

    [Service("Lists the entities that this one names.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetOutgoingDependencies(ServiceContext call, double maxItems = MaxItems.Default) => List(call, Outgoing(call, call.Target.Key), maxItems);

    [Service("Lists who names whom, from this entity upwards, as connections.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetIncomingDependenciesAsNetwork(ServiceContext call, double maxItems = MaxItems.Default, double maxDepth = 1) =>
        Network(call, maxItems, maxDepth, key => Incoming(call, key), (near, far) => (far, near));

    [Service("Lists who names whom, from this entity downwards, as connections.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetOutgoingDependenciesAsNetwork(ServiceContext call, double maxItems = MaxItems.Default, double maxDepth = 1) =>
        Network(call, maxItems, maxDepth, key => Outgoing(call, key), (near, far) => (near, far));

    [Service("Tells whether an entity names this one.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool HasIncomingDependencies(ServiceContext call) => Incoming(call, call.Target.Key).Any();

    [Service("Tells whether this entity names another.", Category = "Dependencies", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool HasOutgoingDependencies(ServiceContext call) => Outgoing(call, call.Target.Key).Any();

    internal IEnumerable<EntityKey> Incoming(ServiceContext call, EntityKey key) => EntityKinds.All.SelectMany(directory.All)
        .Where(entity => References.Of(entity.Definition).Contains(key) && call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin)).Select(entity => entity.Key);

    internal IEnumerable<EntityKey> Outgoing(ServiceContext call, EntityKey key) => directory.Find(key) is not { } entity ? [] : References.Of(entity.Definition)
        .Where(named => directory.Find(named) is { } other && call.Invoker.Gate.IsVisible(call.Caller, other, call.Call.Origin));

    private InfoTable List(ServiceContext call, IEnumerable<EntityKey> keys, double maxItems)
    {
        var builder = new InfoTable.Builder(Rows);
        foreach (var key in keys.Take(MaxItems.Check(maxItems)))
        {
            builder.Add(
                Value.String(key.Name), Value.String(directory.Find(key)?.Definition.Description ?? ""), Value.String(key.Kind.Singular()),
                Value.String(call.Target.Name), Value.String(call.Target.Key.Kind.Singular()));
        }

        return builder.Build();
    }

    private static InfoTable Network(
        ServiceContext call, double maxItems, double maxDepth, Func<EntityKey, IEnumerable<EntityKey>> next, Func<EntityKey, EntityKey, (EntityKey From, EntityKey To)> direct)
    {
        var builder = new InfoTable.Builder(Edges);
        var seen = new HashSet<EntityKey> { call.Target.Key };
        var level = new List<EntityKey> { call.Target.Key };
        for (var depth = 1; depth <= MaxItems.Check(maxDepth, "maxDepth") && level.Count > 0; depth++)
        {
            var farther = new List<EntityKey>();
            foreach (var near in level)
            {
                foreach (var far in next(near))
                {
                    if (builder.RowCount >= MaxItems.Check(maxItems))
                        return builder.Build();
                    var (from, to) = direct(near, far);
                    builder.Add(
                        Value.String(from.Name), Value.String(from.Kind.Singular()), Value.String(to.Name), Value.String(to.Kind.Singular()), Value.Integer(depth));
                    if (seen.Add(far))
                        farther.Add(far);
                }
            }

            level = farther;
        }

        return builder.Build();
    }
}

/// <summary>How a Thing hangs together with others, and how it differs from another (spec thing-services).</summary>
public sealed class RelationshipServices(EntityDirectory directory, DependencyServices dependencies) : KindServices
{
    private static readonly DataShape Relations = DataShape.Of(("from", BaseType.THINGNAME), ("to", BaseType.THINGNAME), ("relationship", BaseType.STRING), ("depth", BaseType.INTEGER));

    private static readonly DataShape DifferenceRows = DataShape.Of(("path", BaseType.STRING), ("value", BaseType.STRING), ("otherValue", BaseType.STRING));

    // What differs between any two entities says nothing.
    private static readonly string[] Own = ["id", "name", "lastModified", "owner"];

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates or EntityKind.ThingShapes;

    [Service("Lists the Things that the Thing is bound to, subscribes to, logs to or is in a network with, up to a depth.", Category = "Relationships", Requires = Permission.Read,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetThingRelationships(ServiceContext call, int maxDepth = 1)
    {
        var builder = new InfoTable.Builder(Relations);
        var seen = new HashSet<string>(StringComparer.Ordinal) { call.Target.Name };
        var level = new List<string> { call.Target.Name };
        for (var depth = 1; depth <= maxDepth && level.Count > 0; depth++)
        {
            var farther = new List<string>();
            foreach (var (from, to, how) in level.SelectMany(name => Related(call, name)))
            {
                builder.Add(Value.Text(from, BaseType.THINGNAME), Value.Text(to, BaseType.THINGNAME), Value.String(how), Value.Integer(depth));
                if (seen.Add(to))
                    farther.Add(to);
            }

            level = farther;
        }

        return builder.Build();
    }

    [Service("Lists what is different in another entity of the same kind: a row for each place in the definition.", Category = "Queries", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetDifferences(ServiceContext call, [Parameter(IsRequired = true)] string otherEntity)
    {
        var builder = new InfoTable.Builder(DifferenceRows);
        foreach (var (path, mine, other) in Differences(call, otherEntity))
            builder.Add(Value.String(path), Value.String(mine), Value.String(other));
        return builder.Build();
    }

    [Service("Gives what is different in another entity of the same kind as JSON.", Category = "Queries", Requires = Permission.Read, Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetDifferencesAsJSON(ServiceContext call, [Parameter(IsRequired = true)] string otherEntity) => new JsonObject
    {
        ["differences"] = new JsonArray([.. Differences(call, otherEntity).Select(one => (JsonNode)new JsonObject { ["path"] = one.Path, ["value"] = one.Mine, ["otherValue"] = one.Other })]),
    }.ToJsonString();

    [Service("Tells where the entity, or one of its members (characteristicType Properties, Services, Events), is used: entities that name it, and scripts that hold the member's name.",
        Category = "Relationships", Requires = Permission.Read, Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetWhereUsed(ServiceContext call, [Parameter(BaseType.QUERY)] string? query, string? characteristicType, string? characteristicName)
    {
        var users = string.IsNullOrEmpty(characteristicName)
            ? dependencies.Incoming(call, call.Target.Key).Select(key => (Key: key, How: "definition"))
            : Mentioning(call, characteristicName);
        var builder = new InfoTable.Builder(DataShape.Of(("name", BaseType.STRING), ("type", BaseType.STRING), ("usedBy", BaseType.STRING)));
        foreach (var (key, how) in users)
            builder.Add(Value.String(key.Name), Value.String(key.Kind.Singular()), Value.String(how));
        var rows = Query.Parse(query).Bind(builder.Shape).Run(builder.Build());
        return new JsonObject
        {
            ["whereUsed"] = new JsonArray([.. Enumerable.Range(0, rows.RowCount).Select(i => (JsonNode)new JsonObject
            {
                ["name"] = rows[i, "name"].ToString(), ["type"] = rows[i, "type"].ToString(), ["usedBy"] = rows[i, "usedBy"].ToString(),
            })]),
        }.ToJsonString();
    }

    private IEnumerable<(EntityKey Key, string How)> Mentioning(ServiceContext call, string member)
    {
        foreach (var entity in EntityKinds.All.SelectMany(directory.All).Where(entity => call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin)
            && call.Invoker.Gate.Allows(call.Caller, entity, Permission.Read, "", call.Call.Origin)))
        {
            if (entity.Definition is not MemberedDefinition definition)
                continue;
            foreach (var service in definition.Services.Where(service => service.Code.Contains(member, StringComparison.Ordinal)))
                yield return (entity.Key, $"service {service.Definition.Name}");
            foreach (var subscription in definition.Subscriptions.Where(subscription => subscription.Code.Contains(member, StringComparison.Ordinal)
                || subscription.Events.Any(one => one.Property == member && (one.Source == call.Target.Name || (one.Source.Length == 0 && entity.Key == call.Target.Key)))))
                yield return (entity.Key, $"subscription {subscription.Name}");
            if (definition is InheritingDefinition heir && heir.PropertyBindings.Any(binding => binding.SourceThing == call.Target.Name && binding.SourceProperty == member))
                yield return (entity.Key, "binding");
        }
    }

    private IEnumerable<(string From, string To, string How)> Related(ServiceContext call, string name)
    {
        if (directory.FindThing(name) is not { } thing)
            return [];
        var named = thing.Bindings.Locals.Select(binding => (binding.SourceThing, "binding"))
            .Concat(thing.Shape.ForeignEvents.Select(pair => (pair.Event.Source, "subscription")))
            .Concat(thing.Definition.DynamicSubscriptions.Select(one => (one.Thing, "subscription"))).Append((thing.ValueStream, "valueStream"))
            .Concat(directory.All(EntityKind.Networks).SelectMany(network => ((NetworkDefinition)network.Definition).Connections.Where(edge => edge.From == name).Select(edge => (edge.To, $"network {network.Name}"))));
        return named.Distinct().Where(pair => directory.FindThing(pair.Item1) is { } other && call.Invoker.Gate.IsVisible(call.Caller, other, call.Call.Origin)).Select(pair => (name, pair.Item1, pair.Item2));
    }

    private static IEnumerable<(string Path, string? Mine, string? Other)> Differences(ServiceContext call, string otherEntity)
    {
        var other = call.Find(call.Target.Key.Kind, otherEntity);
        call.Demand(other, Permission.Read);
        return Compare("", Document(call.Target), Document(other));
    }

    private static JsonNode? Document(Entity entity)
    {
        var document = JsonNode.Parse(EntityPages.Document(entity.Definition))!.AsObject();
        foreach (var name in Own)
            document.Remove(name);
        return document;
    }

    private static IEnumerable<(string Path, string? Mine, string? Other)> Compare(string path, JsonNode? mine, JsonNode? other)
    {
        if (JsonNode.DeepEquals(mine, other))
            return [];
        var (a, b) = (Children(mine), Children(other));
        return a is null || b is null
            ? [(path, mine?.ToJsonString(), other?.ToJsonString())]
            : a.Keys.Union(b.Keys).SelectMany(name => Compare(path.Length == 0 ? name : $"{path}.{name}", a.GetValueOrDefault(name), b.GetValueOrDefault(name)));
    }

    // Items of a list that have names are told apart by them, so that one more does not make all the rest different.
    private static Dictionary<string, JsonNode?>? Children(JsonNode? node) => node switch
    {
        JsonObject json => json.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        JsonArray array when array.All(item => item is JsonObject json && json["name"] is JsonValue) && array.DistinctBy(item => item!["name"]!.ToString()).Count() == array.Count =>
            array.ToDictionary(item => item!["name"]!.ToString(), item => item, StringComparer.Ordinal),
        JsonArray array => array.Select((item, place) => (item, place)).ToDictionary(pair => $"[{pair.place}]", pair => pair.item, StringComparer.Ordinal),
        _ => null,
    };
}
