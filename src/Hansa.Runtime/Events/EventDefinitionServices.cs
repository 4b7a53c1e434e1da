using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Events of a Thing's own (spec platform 3.5).</summary>
public sealed class EventDefinitionServices(EntityDirectory directory, DataShapes shapes) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => MemberEdits.HasMembers(kind);

    [Service("Adds an event; with remote one that fires when the remote end's does.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddEventDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape,
        bool? remote, string? remoteEventName, CancellationToken cancellationToken)
    {
        MemberNames.Check(name, "event");
        if (!string.IsNullOrEmpty(dataShape) && shapes.Find(dataShape) is null)
            call.Find(EntityKind.DataShapes, dataShape);
        if (remote is true)
            call.DemandRemote();
        return directory.EditMembersAsync(call, current =>
        {
            if (call.Members().FindEvent(name) is not null)
                throw new PlatformException(ErrorCode.Conflict, $"Event [{name}] exists already on {current.Kind.Singular()} [{current.Name}].");
            var edited = current with { Events = current.Events.Add(new(name, dataShape ?? "", description ?? "", category ?? "")) };
            return remote is true && edited is InheritingDefinition heir ? heir with { RemoteEventBindings = heir.RemoteEventBindings.Add(new(name, remoteEventName ?? "")) } : edited;
        }, cancellationToken);
    }

    [Service("Takes an event of the Thing's own away.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveEventDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current =>
        {
            if (current.Events.All(have => have.Name != name))
                throw new PlatformException(ErrorCode.NotFound, $"Event [{name}] is none of {current.Kind.Singular()} [{current.Name}]'s own.");
            var edited = current with { Events = current.Events.RemoveAll(have => have.Name == name) };
            return edited is InheritingDefinition heir ? heir with { RemoteEventBindings = heir.RemoteEventBindings.RemoveAll(binding => binding.Event == name) } : edited;
        }, cancellationToken);
}
