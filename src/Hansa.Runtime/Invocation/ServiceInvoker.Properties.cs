using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Properties: the same gate, then the Thing's own values or where they are bound to.</content>
public sealed partial class ServiceInvoker
{
    /// <summary>Reads one property; one that is bound to a remote end is read there where the value here is too old.</summary>
    public ValueTask<Vtq> ReadPropertyAsync(
        string userName, EntityKey target, string property, CallOrigin origin, CancellationToken cancellationToken, CallPath? path = null)
    {
        var thing = AdmitProperty(userName, target, property, Permission.PropertyRead, origin);
        return thing.Bindings.IsEmpty
            ? new(thing.Properties.Read(property))
            : bound.ReadAsync(thing, thing.Shape.FindProperty(property)!, userName, path ?? CallPath.Empty, cancellationToken);
    }

    /// <summary>Reads all properties that the caller may read, in the order of the definition; or those that are named, in the order of the names.</summary>
    /// <exception cref="PlatformException">NotFound, Forbidden: a name is of no property, or of one that the caller may not read.</exception>
    public ValueTask<(IReadOnlyList<PropertyDefinition> Definitions, IReadOnlyList<Vtq> Values)> ReadPropertiesAsync(
        string userName, EntityKey target, CallOrigin origin, CancellationToken cancellationToken, CallPath? path = null, IReadOnlyList<string>? names = null)
    {
        var caller = principals.Find(userName);
        var thing = Running(Gate.Find(caller, target, origin));
        var readable = names?.Select(name => AdmitProperty(userName, target, name, Permission.PropertyRead, origin).Shape.FindProperty(name)!).ToList()
            ?? thing.Shape.Properties.Where(p => Gate.Allows(caller, thing, Permission.PropertyRead, p.Name, origin)).ToList();
        return thing.Bindings.IsEmpty
            ? new((readable, [.. readable.Select(thing.Properties.Read)]))
            : ReadBoundAsync(thing, readable, userName, path ?? CallPath.Empty, cancellationToken);
    }

    /// <summary>Writes one property; a persistent one is on disk when the task is done.</summary>
    public Task WritePropertyAsync(
        string userName, EntityKey target, string property, Value value, CallOrigin origin, CancellationToken cancellationToken, CallPath? path = null) =>
        WritePropertiesAsync(userName, target, [(property, Vtq.Assigned(value, time.GetUtcNow().ToUnixTimeMilliseconds()))], origin, cancellationToken, path);

    /// <summary>Writes several properties together; all are checked before the first is written. Bound ones are written where they live.</summary>
    /// <param name="userName">Whose rights count.</param>
    /// <param name="target">The Thing.</param>
    /// <param name="values">The values by property.</param>
    /// <param name="origin">Through which door.</param>
    /// <param name="cancellationToken">Gives up the wait, not the write.</param>
    /// <param name="path">Where the write has been before it came here.</param>
    /// <param name="isFromRemoteEnd">Whether the remote end itself writes: what it says is not sent back to it (spec alwayson 5.2).</param>
    public Task WritePropertiesAsync(
        string userName, EntityKey target, IReadOnlyList<(string Property, Vtq Value)> values, CallOrigin origin, CancellationToken cancellationToken,
        CallPath? path = null, bool isFromRemoteEnd = false)
    {
        var caller = principals.Find(userName);
        var thing = Running(Gate.Find(caller, target, origin));
        var isBound = false;
        foreach (var (property, _) in values)
        {
            Gate.Demand(caller, thing, Permission.PropertyWrite, property, origin);
            thing.Properties.DemandWritable(property);
            isBound = isBound || (!isFromRemoteEnd && !thing.Bindings.IsEmpty && (thing.Bindings.Remote(property) is not null || thing.Bindings.Local(property) is not null));
        }

        return isBound
            ? WriteBoundAsync(userName, thing, values, origin, path ?? CallPath.Empty, cancellationToken)
            : thing.Properties.WriteAsync(userName, values, cancellationToken);
    }

    /// <summary>Takes values that the remote end tells: they are not sent back to it. Names that the Thing does not have are passed over.</summary>
    /// <param name="userName">Whose rights count.</param>
    /// <param name="author">Whose doing it is: subscriptions run with these rights.</param>
    /// <param name="target">The Thing.</param>
    /// <param name="values">By the names of the remote end.</param>
    /// <param name="origin">Through which door.</param>
    /// <param name="cancellationToken">Gives up the wait, not the write.</param>
    public Task TakePropertiesAsync(
        string userName, string author, EntityKey target, IReadOnlyList<(string Name, Vtq Value)> values, CallOrigin origin, CancellationToken cancellationToken)
    {
        var caller = principals.Find(userName);
        var thing = Running(Gate.Find(caller, target, origin));
        var taken = new List<(string, Vtq)>(values.Count);
        foreach (var (name, value) in values)
        {
            foreach (var property in thing.Bindings.Takers(name))
            {
                if (thing.Shape.FindProperty(property) is not { } definition || (definition.IsReadOnly && thing.Bindings.Remote(property) is null))
                    continue;
                Gate.Demand(caller, thing, Permission.PropertyWrite, property, origin);
                taken.Add((property, value with { Value = Coercion.To(value.Value, definition.BaseType, property) }));
            }
        }

        return thing.Properties.WriteAsync(author, taken, cancellationToken);
    }

    /// <summary>The property's definition, for a caller who may do this with it.</summary>
    public PropertyDefinition DescribeProperty(string userName, EntityKey target, string property, Permission permission, CallOrigin origin) =>
        AdmitProperty(userName, target, property, permission, origin).Shape.FindProperty(property)!;

    private async ValueTask<(IReadOnlyList<PropertyDefinition> Definitions, IReadOnlyList<Vtq> Values)> ReadBoundAsync(
        Thing thing, List<PropertyDefinition> readable, string userName, CallPath path, CancellationToken cancellationToken) =>
        (readable, await Task.WhenAll(readable.Select(property => BoundProperties.IsFresh(thing, property.Name, out _)
            ? Task.FromResult(thing.Properties.Read(property))
            : bound.ReadAsync(thing, property, userName, path, cancellationToken).AsTask())));

    // First what lives elsewhere: if that is refused, nothing has been written here.
    private async Task WriteBoundAsync(
        string userName, Thing thing, IReadOnlyList<(string Property, Vtq Value)> values, CallOrigin origin, CallPath path, CancellationToken cancellationToken)
    {
        var own = values.Where(value => thing.Bindings.Remote(value.Property) is null && thing.Bindings.Local(value.Property) is null).ToList();
        thing.Properties.Check(own);
        var remote = values.Where(value => thing.Bindings.Remote(value.Property) is not null).ToList();
        if (remote.Count > 0)
            await bound.WriteRemoteAsync(userName, thing, remote, path, cancellationToken);
        foreach (var source in values.Where(value => thing.Bindings.Local(value.Property) is not null).GroupBy(value => thing.Bindings.Local(value.Property)!.SourceThing))
        {
            await WritePropertiesAsync(
                userName, EntityKey.Thing(source.Key), [.. source.Select(value => (thing.Bindings.Local(value.Property)!.SourceProperty, value.Value))],
                origin, cancellationToken, path);
        }

        if (own.Count > 0)
            await thing.Properties.WriteAsync(userName, own, cancellationToken);
    }

    private Thing AdmitProperty(string userName, EntityKey target, string property, Permission permission, CallOrigin origin)
    {
        var caller = principals.Find(userName);
        var entity = gate.Find(caller, target, origin);
        if (entity is not Thing thing || thing.Shape.FindProperty(property) is null)
            throw Errors.NoSuchProperty(property, target);
        gate.Demand(caller, thing, permission, property, origin);
        return Running(thing);
    }
}
