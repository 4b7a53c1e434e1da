using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Edits of members: of a Thing, a Thing Template or a Thing Shape, by the same services.</summary>
internal static class MemberEdits
{
    /// <summary>The kinds that have members of their own.</summary>
    public static bool HasMembers(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates or EntityKind.ThingShapes;

    /// <summary>The members that the target defines or has; for a template or shape those of its Things.</summary>
    public static EntityShape Members(this ServiceContext call) => call.Invoker.Directory.Catalogue.MembersOf(call.Target);

    /// <summary>Changes the members of the target.</summary>
    /// <exception cref="PlatformException">Forbidden for what is part of the platform.</exception>
    public static Task<Entity> EditMembersAsync(
        this EntityDirectory directory, ServiceContext call, Func<MemberedDefinition, MemberedDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, current => current.IsSystemObject && current.Kind != EntityKind.Things
            ? throw new PlatformException(ErrorCode.Forbidden,
                $"{current.Kind.Singular()} [{current.Name}] is part of the platform; make one of your own that extends it.")
            : edit((MemberedDefinition)current), cancellationToken);

    /// <summary>Changes what a Thing or template says of its members beside defining them.</summary>
    /// <exception cref="PlatformException">BadRequest for a Thing Shape.</exception>
    public static Task<Entity> EditInheritingAsync(
        this EntityDirectory directory, ServiceContext call, Func<InheritingDefinition, InheritingDefinition> edit, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current => current is InheritingDefinition heir ? edit(heir)
            : throw Errors.Bad($"{current.Kind.Singular()} [{current.Name}] has members only; this is said by the Things and templates that implement it."), cancellationToken);

    /// <summary>Refuses a remote binding for what has no remote end.</summary>
    public static void DemandRemote(this ServiceContext call)
    {
        if (call.Target.Definition is not InheritingDefinition heir || !call.Invoker.Directory.Catalogue.IsRemote(call.Target.Key.Kind == EntityKind.ThingTemplates ? heir.Name : heir.Template))
            throw Errors.Bad($"{call.Target.Key.Kind.Singular()} [{call.Target.Name}] is no RemoteThing: only a RemoteThing has a remote end to bind to.");
    }
}
