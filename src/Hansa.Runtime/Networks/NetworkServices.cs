using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Networks: who is connected to whom (spec platform 3.6).</summary>
public sealed class NetworkServices(EntityDirectory directory) : KindServices
{
    private static readonly DataShape Rows = DataShape.Of(
        ("from", BaseType.THINGNAME), ("to", BaseType.THINGNAME), ("connectionType", BaseType.STRING), ("thingTemplate", BaseType.THINGTEMPLATENAME), ("avatar", BaseType.IMAGELINK));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Networks;

    [Service("Lists all connections, from the root on.", Category = "Connections", Kind = CallKind.Read)]
    public InfoTable GetNetworkConnections(ServiceContext call, int maxDepth = int.MaxValue) => Under(call, "", maxDepth);

    [Service("Lists the connections below a Thing.", Category = "Connections", Kind = CallKind.Read)]
    public InfoTable GetSubNetworkConnections(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string start, int maxDepth = int.MaxValue) =>
        Under(call, Member(call, start), maxDepth);

    [Service("Lists the connections that lead from a Thing.", Category = "Connections", Kind = CallKind.Read)]
    public InfoTable GetChildConnections(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name) => Under(call, Member(call, name), 1);

    [Service("Gives the connection that leads to a Thing.", Category = "Connections", Kind = CallKind.Read)]
    public InfoTable GetParentConnection(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name)
    {
        Member(call, name);
        return Table(call, Network(call).Connections.Where(edge => edge.To == name));
    }

    [Service("Tells whether a Thing is in the network.", Category = "Connections", Kind = CallKind.Read)]
    public bool IsInNetwork(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name) => Networks.Has(Network(call), name);

    [Service("Puts a Thing below another; without from it is the root.", Category = "Connections", Requires = Permission.Update)]
    public Task AddConnection(
        ServiceContext call, [Parameter(BaseType.THINGNAME)] string? from, [Parameter(BaseType.THINGNAME, IsRequired = true)] string to, string? connectionType, CancellationToken cancellationToken)
    {
        call.Find(EntityKind.Things, to);
        return Edit(call, network => network with { Connections = network.Connections.Add(new(from ?? "", to, connectionType ?? "")) }, cancellationToken);
    }

    [Service("Takes a Thing and all below it out of the network.", Category = "Connections", Requires = Permission.Update)]
    public Task DeleteConnection(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string to, CancellationToken cancellationToken) => Edit(call, network =>
    {
        if (!Networks.Has(network, to))
            throw NotIn(network, to);
        var gone = Networks.Below(network, to).Select(edge => edge.To).Append(to).ToHashSet(StringComparer.Ordinal);
        return network with { Connections = network.Connections.RemoveAll(edge => gone.Contains(edge.To)) };
    }, cancellationToken);

    internal static NetworkConnection Connection(InfoTable rows, int row) => new(rows[row, "from"].ToString(), rows[row, "to"].ToString(), rows[row, "connectionType"].ToString());

    private static NetworkDefinition Network(ServiceContext call) => (NetworkDefinition)call.Target.Definition;

    private static string Member(ServiceContext call, string name) => Networks.Has(Network(call), name) ? name : throw NotIn(Network(call), name);

    private static PlatformException NotIn(NetworkDefinition network, string name) => new(ErrorCode.NotFound, $"Thing [{name}] is not in Network [{network.Name}].");

    private InfoTable Under(ServiceContext call, string start, int maxDepth) => Table(call, Networks.Below(Network(call), start, maxDepth));

    private InfoTable Table(ServiceContext call, IEnumerable<NetworkConnection> edges)
    {
        var builder = new InfoTable.Builder(Rows);
        foreach (var edge in edges)
        {
            if (directory.FindThing(edge.To) is { } thing && call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin))
            {
                builder.Add(
                    Value.Text(edge.From, BaseType.THINGNAME), Value.Text(edge.To, BaseType.THINGNAME), Value.String(edge.ConnectionType),
                    Value.Text(thing.Definition.ThingTemplate, BaseType.THINGTEMPLATENAME), Value.Text(HeaderServices.AddressOf(thing.Key), BaseType.IMAGELINK));
            }
        }

        return builder.Build();
    }

    private Task<Entity> Edit(ServiceContext call, Func<NetworkDefinition, NetworkDefinition> edit, CancellationToken cancellationToken) => directory.UpdateAsync(call.Target.Key, current =>
    {
        var network = edit((NetworkDefinition)current);
        Networks.Check(network);
        return network;
    }, cancellationToken);
}

/// <summary>The networks that a Thing is in (spec thing-services).</summary>
public sealed class ThingNetworkServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Lists the networks that the Thing is in.", Category = "Networks", Requires = Permission.Read, ResultShape = "EntityList", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetNetworks(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var network in directory.All(EntityKind.Networks).Where(network => Networks.Has((NetworkDefinition)network.Definition, call.Target.Name) && call.Invoker.Gate.IsVisible(call.Caller, network, call.Call.Origin)))
            builder.Add(Value.String(network.Name), Value.String(network.Definition.Description));
        return builder.Build();
    }

    [Service("Tells whether the Thing is in a network.", Category = "Networks", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool IsInNetwork(ServiceContext call, [Parameter(IsRequired = true)] string network) => Networks.Has((NetworkDefinition)call.Find(EntityKind.Networks, network).Definition, call.Target.Name);
}
