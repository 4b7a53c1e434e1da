using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Events of a Thing's own (spec platform 3.5).</summary>
public sealed class EventDefinitionServices(EntityDirectory directory, DataShapes shapes) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Adds an event; with remote one that fires when the remote end's does.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddEventDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape,
        bool? remote, string? remoteEventName, CancellationToken cancellationToken)
    {
        MemberNames.Check(name, "event");
        if (!string.IsNullOrEmpty(dataShape) && shapes.Find(dataShape) is null)
            call.Find(EntityKind.DataShapes, dataShape);
        if (remote is true && !directory.Catalogue.IsRemote(call.Thing.Definition.ThingTemplate))
            throw Errors.Bad($"Thing [{call.Target.Name}] is a {call.Thing.Definition.ThingTemplate}: only a RemoteThing has a remote end to bind to.");
        return directory.UpdateAsync(call.Target.Key, current => call.Target.Shape.FindEvent(name) is not null
            ? throw new PlatformException(ErrorCode.Conflict, $"Event [{name}] exists already on Thing [{call.Target.Name}].")
            : (ThingDefinition)current with
            {
                Events = ((ThingDefinition)current).Events.Add(new(name, dataShape ?? "", description ?? "", category ?? "")),
                RemoteEventBindings = remote is true
                    ? ((ThingDefinition)current).RemoteEventBindings.Add(new(name, remoteEventName ?? "")) : ((ThingDefinition)current).RemoteEventBindings,
            }, cancellationToken);
    }

    [Service("Takes an event of the Thing's own away.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveEventDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, current => ((ThingDefinition)current).Events.Any(have => have.Name == name)
            ? (ThingDefinition)current with
            {
                Events = ((ThingDefinition)current).Events.RemoveAll(have => have.Name == name),
                RemoteEventBindings = ((ThingDefinition)current).RemoteEventBindings.RemoveAll(binding => binding.Event == name),
            }
            : throw new PlatformException(ErrorCode.NotFound, $"Event [{name}] is none of Thing [{current.Name}]'s own."), cancellationToken);
}
