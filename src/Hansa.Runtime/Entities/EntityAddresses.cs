using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Kinds of entities as callers name them.</summary>
internal static class EntityAddresses
{
    /// <summary>The kind of a collection's name: Things, ThingTemplates …</summary>
    /// <exception cref="PlatformException">BadRequest, with the collections that there are.</exception>
    public static EntityKind Collection(string name) => EntityKinds.TryParseCollection(name, out var kind)
        ? kind
        : throw Errors.Bad($"'{name}' is no collection; there are {string.Join(", ", EntityKinds.All)}.");

    /// <summary>The kind of a type's name (Thing, ThingTemplate …) or of a collection's.</summary>
    /// <exception cref="PlatformException">BadRequest, with the types that there are.</exception>
    public static EntityKind Type(string name) => EntityKinds.TryParseCollection(name, out var kind) ? kind
        : EntityKinds.All.FirstOrDefault(known => known.Singular() == name) is var found and not EntityKind.None ? found
        : throw Errors.Bad($"'{name}' is no type of entity; there are {string.Join(", ", EntityKinds.All.Select(known => known.Singular()))}.");
}
