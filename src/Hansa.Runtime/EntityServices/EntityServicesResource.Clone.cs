using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Copies of entities: all that its author said, without data, values, identifier, passwords and publication.</content>
public sealed partial class EntityServicesResource
{
    [Service("Copies a Thing. The copy does not run until EnableThing.", Category = "Things", Requires = Permission.Create)]
    public Task CloneThing(
        ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string sourceThingName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.Things, sourceThingName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a Thing Template.", Category = "ThingTemplates", Requires = Permission.Create)]
    public Task CloneThingTemplate(
        ServiceContext call, [Parameter(BaseType.THINGTEMPLATENAME, IsRequired = true)] string sourceThingTemplateName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.ThingTemplates, sourceThingTemplateName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a Thing Shape.", Category = "ThingShapes", Requires = Permission.Create)]
    public Task CloneThingShape(
        ServiceContext call, [Parameter(BaseType.THINGSHAPENAME, IsRequired = true)] string sourceThingShapeName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.ThingShapes, sourceThingShapeName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a Data Shape.", Category = "DataShapes", Requires = Permission.Create)]
    public Task CloneDataShape(
        ServiceContext call, [Parameter(BaseType.DATASHAPENAME, IsRequired = true)] string sourceDataShapeName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.DataShapes, sourceDataShapeName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a network.", Category = "Networks", Requires = Permission.Create)]
    public Task CloneNetwork(
        ServiceContext call, [Parameter(BaseType.NETWORKNAME, IsRequired = true)] string sourceNetworkName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.Networks, sourceNetworkName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a user group with its members.", Category = "Groups", Requires = Permission.Create)]
    public Task CloneGroup(
        ServiceContext call, [Parameter(BaseType.GROUPNAME, IsRequired = true)] string sourceGroupName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.Groups, sourceGroupName), name, description, tags, projectName, cancellationToken);

    [Service("Copies an organization with its units and their members.", Category = "Organizations", Requires = Permission.Create)]
    public Task CloneOrganization(
        ServiceContext call, [Parameter(BaseType.ORGANIZATIONNAME, IsRequired = true)] string sourceOrganizationName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.Organizations, sourceOrganizationName), name, description, tags, projectName, cancellationToken);

    [Service("Copies a user, without the password.", Category = "Users", Requires = Permission.Create)]
    public Task CloneUser(
        ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string sourceUserName, [Parameter(IsRequired = true)] string name, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Clone(call, new(EntityKind.Users, sourceUserName), name, description, tags, projectName, cancellationToken);

    private async Task Clone(
        ServiceContext call, EntityKey source, string name, string? description, string? tags, string? projectName, CancellationToken cancellationToken)
    {
        var entity = call.Find(source.Kind, source.Name);
        call.Demand(entity, Permission.Read);
        // Whoever names a user in a configuration lets the entity act as that user.
        foreach (var user in entity.Definition.ConfigurationTables.Values.SelectMany(table => ConfigurationSecrets.NewUsers(table, new InfoTable.Builder(table.Shape).Build())))
            call.Demand(call.Find(EntityKind.Users, user), Permission.Update);
        var definition = entity.Definition;
        EntityDefinition copy = definition switch
        {
            ThingDefinition thing => thing with { Name = name, Identifier = "", IsEnabled = false, IsPublished = false },
            ThingTemplateDefinition { IsSystemObject: true } template => new ThingTemplateDefinition(name, template.Name),
            UserDefinition user => user with { Name = name, PasswordHash = null },
            _ => definition with { Name = name },
        };
        await Create(
            call, copy with { IsSystemObject = false, ConfigurationTables = WithoutSecrets(copy.ConfigurationTables) }, description ?? definition.Description, tags ?? definition.Tags,
            projectName ?? definition.ProjectName, cancellationToken);
        if (copy.Kind == EntityKind.Users)
            await directory.JoinUsersAsync([name], cancellationToken);
    }

    private static ImmutableSortedDictionary<string, InfoTable> WithoutSecrets(ImmutableSortedDictionary<string, InfoTable> tables) =>
        tables.SetItems(tables.Select(table => KeyValuePair.Create(table.Key, ConfigurationSecrets.Without(table.Value))));
}
