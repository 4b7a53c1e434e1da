using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What a definition names: the entities that it does not work without.</summary>
internal static class References
{
    private static readonly FrozenDictionary<BaseType, EntityKind> Kinds = new Dictionary<BaseType, EntityKind>
    {
        [BaseType.THINGNAME] = EntityKind.Things, [BaseType.THINGTEMPLATENAME] = EntityKind.ThingTemplates, [BaseType.THINGSHAPENAME] = EntityKind.ThingShapes,
        [BaseType.DATASHAPENAME] = EntityKind.DataShapes, [BaseType.USERNAME] = EntityKind.Users, [BaseType.GROUPNAME] = EntityKind.Groups,
        [BaseType.ORGANIZATIONNAME] = EntityKind.Organizations, [BaseType.NETWORKNAME] = EntityKind.Networks, [BaseType.PROJECTNAME] = EntityKind.Projects,
        [BaseType.MASHUPNAME] = EntityKind.Mashups,
    }.ToFrozenDictionary();

    /// <summary>The entities that a definition names, each once, without the entity itself; scripts are not read.</summary>
    public static IEnumerable<EntityKey> Of(EntityDefinition definition) =>
        All(definition).Where(key => key.Name.Length > 0 && key != definition.Key && (key.Kind != EntityKind.DataShapes || PlatformShapes.Find(key.Name) is null)).Distinct();

    private static IEnumerable<EntityKey> All(EntityDefinition definition)
    {
        yield return new(EntityKind.Projects, definition.ProjectName);
        foreach (var tag in definition.Tags.Split(';', StringSplitOptions.RemoveEmptyEntries))
            yield return new(EntityKind.ModelTags, tag.Split(':')[0]);
        foreach (var key in definition.ConfigurationTables.Values.SelectMany(Cells))
            yield return key;
        var own = definition switch
        {
            MemberedDefinition membered => Members(membered),
            DataShapeDefinition shape => shape.Fields.SelectMany(Field).Prepend(new(EntityKind.DataShapes, shape.BaseDataShape)),
            NetworkDefinition network => network.Connections.SelectMany(edge => new[] { EntityKey.Thing(edge.From), EntityKey.Thing(edge.To) }),
            ProjectDefinition project => project.DependsOn.Select(name => new EntityKey(EntityKind.Projects, name)),
            GroupDefinition group => group.Members.Select(Principal),
            OrganizationDefinition organization => organization.Units.SelectMany(unit => unit.Members).Select(Principal),
            ApplicationKeyDefinition key => [new EntityKey(EntityKind.Users, key.UserName)],
            _ => [],
        };
        foreach (var key in own)
            yield return key;
    }

    private static IEnumerable<EntityKey> Members(MemberedDefinition definition)
    {
        var members = definition.Properties.SelectMany(property => Field(property.Field))
            .Concat(definition.Services.SelectMany(service => service.Definition.Parameters.Append(service.Definition.Result).SelectMany(Field)))
            .Concat(definition.Events.Select(happening => new EntityKey(EntityKind.DataShapes, happening.DataShapeName)))
            .Concat(definition.Subscriptions.SelectMany(subscription => subscription.Events).Select(one => EntityKey.Thing(one.Source)));
        if (definition is not InheritingDefinition heir)
            return members;
        var inherited = heir.ImplementedShapes.Select(name => new EntityKey(EntityKind.ThingShapes, name))
            .Prepend(new(EntityKind.ThingTemplates, heir.Template)).Append(EntityKey.Thing(heir.ValueStream))
            .Concat(heir.PropertyBindings.Select(binding => EntityKey.Thing(binding.SourceThing)));
        var asked = definition is ThingDefinition thing ? thing.DynamicSubscriptions.Select(one => EntityKey.Thing(one.Thing)) : [];
        return inherited.Concat(members).Concat(asked);
    }

    private static IEnumerable<EntityKey> Field(FieldDefinition field)
    {
        yield return new(EntityKind.DataShapes, field.DataShapeName ?? "");
        yield return new(EntityKind.ThingTemplates, field.Aspects.Text("thingTemplate") ?? "");
        yield return new(EntityKind.ThingShapes, field.Aspects.Text("thingShape") ?? "");
    }

    private static IEnumerable<EntityKey> Cells(InfoTable table) => table.Shape.Fields.Where(field => Kinds.ContainsKey(field.BaseType)).SelectMany(field =>
        Enumerable.Range(0, table.RowCount).Select(row => new EntityKey(Kinds[field.BaseType], table[row, field.Name].ToString())));

    private static EntityKey Principal(Member member) => new(member.Kind == PrincipalKind.User ? EntityKind.Users : EntityKind.Groups, member.Name);
}
