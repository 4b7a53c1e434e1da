using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>What a subscriber gets to see: Things that are published and visible to Publish As User, as things stand now.</summary>
internal sealed class Publication(EntityDirectory directory, Principals principals, Gate gate, DataShapes shapes, ServerIdentity identity)
{
    /// <summary>All Things that are published.</summary>
    public IEnumerable<Thing> All => directory.Things.Where(thing => thing.Definition.IsPublished).OrderBy(thing => thing.Name, StringComparer.Ordinal);

    /// <summary>The Things that are published to a subscriber.</summary>
    public IEnumerable<Thing> For(SubscriberRow row)
    {
        var user = principals.Find(row.PublishAsUser);
        return All.Where(thing => gate.IsVisible(user, thing, CallOrigin.Wire));
    }

    /// <summary>Every published Thing as subscribers would have it that are published to as that user.</summary>
    public IEnumerable<Preview> Preview(string publishAsUser)
    {
        var user = principals.Find(publishAsUser);
        foreach (var thing in All)
        {
            if (!gate.IsVisible(user, thing, CallOrigin.Wire))
            {
                yield return new(thing, IsVisible: false, IsWritable: false, 0);
                continue;
            }

            var services = thing.Shape.Services.Select(service => service.Definition)
                .Where(service => service is { IsLocalOnly: false, IsPrivate: false } && gate.Allows(user, thing, service.Requires, service.Name, CallOrigin.Wire)).ToList();
            var isWritable = services.Exists(service => service.Kind == CallKind.KeptWrite)
                || thing.Shape.Properties.Any(property => !property.IsReadOnly && !property.IsLocalOnly && gate.Allows(user, thing, Permission.PropertyWrite, property.Name, CallOrigin.Wire));
            yield return new(thing, IsVisible: true, isWritable, services.Count(service => service.Kind == CallKind.Service));
        }
    }

    /// <summary>The names under which a Thing is bound at a subscriber: with this server's name, and with the row's, as the manual is read both ways.</summary>
    public IEnumerable<string> NamesOf(Thing thing, SubscriberRow row)
    {
        if (identity.Name.Length > 0)
            yield return $"*{thing.Name}@{identity.Name}";
        if (row.Name != identity.Name)
            yield return $"*{thing.Name}@{row.Name}";
    }

    /// <summary>The Thing that a subscriber means by a name as it was bound, an identifier or a plain name; null where it may not know of one.</summary>
    public Thing? Resolve(SubscriberRow row, string name)
    {
        var bare = name.StartsWith('*') ? name[1..] : name;
        var thing = directory.FindThing(bare) ?? Without(bare, identity.Name) ?? Without(bare, row.Name);
        return thing is { Definition.IsPublished: true } && gate.IsVisible(principals.Find(row.PublishAsUser), thing, CallOrigin.Wire) ? thing : null;
    }

    /// <summary>What a Thing promises to its proxies.</summary>
    public Contract ContractOf(Thing thing) => new(thing.Definition.Id, thing.Definition.ThingTemplate, shapes.Of(thing));

    private Thing? Without(string name, string server) =>
        server.Length > 0 && name.EndsWith($"@{server}", StringComparison.Ordinal) ? directory.FindThing(name[..^(server.Length + 1)]) : null;
}

/// <summary>A published Thing as a subscriber would have it.</summary>
/// <param name="Thing">The Thing.</param>
/// <param name="IsVisible">Whether it would be offered at all.</param>
/// <param name="IsWritable">Whether any of its properties could be written, or rows be added to it.</param>
/// <param name="Services">How many more of its services could be run that may change something.</param>
internal sealed record Preview(Thing Thing, bool IsVisible, bool IsWritable, int Services);
