using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Deleting entities: each needs design-time Delete on what is deleted.</content>
public sealed partial class EntityServicesResource
{
    [Service("Deletes a Thing with its data.", Category = "Things", Requires = Permission.None)]
    public Task DeleteThing(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Things, name, cancellationToken);

    [Service("Deletes a Thing Template that nothing is made of.", Category = "ThingTemplates", Requires = Permission.None)]
    public Task DeleteThingTemplate(ServiceContext call, [Parameter(BaseType.THINGTEMPLATENAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.ThingTemplates, name, cancellationToken);

    [Service("Deletes a Thing Shape that nothing implements.", Category = "ThingShapes", Requires = Permission.None)]
    public Task DeleteThingShape(ServiceContext call, [Parameter(BaseType.THINGSHAPENAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.ThingShapes, name, cancellationToken);

    [Service("Deletes a Data Shape.", Category = "DataShapes", Requires = Permission.None)]
    public Task DeleteDataShape(ServiceContext call, [Parameter(BaseType.DATASHAPENAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.DataShapes, name, cancellationToken);

    [Service("Deletes a network; its Things stay.", Category = "Networks", Requires = Permission.None)]
    public Task DeleteNetwork(ServiceContext call, [Parameter(BaseType.NETWORKNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Networks, name, cancellationToken);

    [Service("Deletes a vocabulary of model tags.", Category = "ModelTags", Requires = Permission.None)]
    public Task DeleteModelTagVocabulary(ServiceContext call, [Parameter(BaseType.MODELTAGVOCABULARYNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.ModelTags, name, cancellationToken);

    [Service("Deletes a vocabulary of data tags.", Category = "DataTags", Requires = Permission.None)]
    public Task DeleteDataTagVocabulary(ServiceContext call, [Parameter(BaseType.DATATAGVOCABULARYNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.DataTags, name, cancellationToken);

    [Service("Deletes a project; its entities stay.", Category = "Projects", Requires = Permission.None)]
    public Task DeleteProject(ServiceContext call, [Parameter(BaseType.PROJECTNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Projects, name, cancellationToken);

    [Service("Deletes a user.", Category = "Users", Requires = Permission.None)]
    public Task DeleteUser(ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Users, name, cancellationToken);

    [Service("Deletes a user group.", Category = "Groups", Requires = Permission.None)]
    public Task DeleteGroup(ServiceContext call, [Parameter(BaseType.GROUPNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Groups, name, cancellationToken);

    [Service("Deletes an organization.", Category = "Organizations", Requires = Permission.None)]
    public Task DeleteOrganization(ServiceContext call, [Parameter(BaseType.ORGANIZATIONNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.Organizations, name, cancellationToken);

    [Service("Deletes an application key; its connections end.", Category = "ApplicationKeys", Requires = Permission.None)]
    public Task DeleteApplicationKey(ServiceContext call, [Parameter(BaseType.APPLICATIONKEYNAME, IsRequired = true)] string name, CancellationToken cancellationToken) =>
        Delete(call, EntityKind.ApplicationKeys, name, cancellationToken);

    private static Task Delete(ServiceContext call, EntityKind kind, string name, CancellationToken cancellationToken) =>
        call.Invoker.DeleteEntityAsync(call.Caller.UserName, new(kind, name), call.Call.Origin, cancellationToken);
}
