using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Who inherits from whom.</summary>
internal static class Heritage
{
    /// <summary>Whether what a Thing inherits differs between two catalogues.</summary>
    public static bool Differs(ThingDefinition thing, Catalogue before, Catalogue after) =>
        !ReferenceEquals(before.TemplateShape(thing.ThingTemplate), after.TemplateShape(thing.ThingTemplate))
        || thing.ImplementedShapes.Any(name => !ReferenceEquals(before.ShapeMembers(name), after.ShapeMembers(name)));

    /// <summary>A template or Thing that names a template or Thing Shape as what it is made of; null where none does.</summary>
    public static EntityKey? FirstHeir(EntityDirectory directory, EntityKey key)
    {
        var heirs = directory.All(EntityKind.ThingTemplates).Concat(directory.Things).Where(entity => entity.Definition is InheritingDefinition definition
            && (key.Kind == EntityKind.ThingTemplates ? definition.Template == key.Name : definition.ImplementedShapes.Contains(key.Name)));
        return heirs.FirstOrDefault()?.Key;
    }
}
