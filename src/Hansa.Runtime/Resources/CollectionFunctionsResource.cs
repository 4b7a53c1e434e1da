using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource CollectionFunctions: what may be done with all entities of a collection (spec platform 4.3).</summary>
/// <remarks>What is said of an entity itself counts before what is said of its collection; visibility is given by either.</remarks>
public sealed class CollectionFunctionsResource(EntityDirectory directory) : Resource
{
    private const string Category = "Permissions";

    /// <inheritdoc/>
    public override string Name => "CollectionFunctions";

    /// <inheritdoc/>
    public override string Description => "Says what may be done with all entities of a collection.";

    [Service("Lets an organization or unit see all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task AddCollectionVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Set(collectionName, PermissionEntries.Visibility(call, principal, principalType), cancellationToken);

    [Service("Takes back that an organization or unit sees all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task DeleteCollectionVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(collectionName, PermissionEntries.SomeVisibility(principal, principalType), cancellationToken);

    [Service("Lists the organizations and units that see all entities of a collection.", Category = Category, Requires = Permission.Read, ResultShape = "RunTimePermissions", Kind = CallKind.Read)]
    public InfoTable GetCollectionVisibilityPermissions(ServiceContext call, [Parameter(IsRequired = true)] string collectionName) =>
        List(collectionName, permission => permission == Permission.None);

    [Service("Allows or denies a user or group what happens at run time to all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task AddCollectionRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string type, string? resource,
        [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(collectionName, PermissionEntries.RunTime(call, type, resource, principal, principalType, allow), cancellationToken);

    [Service("Takes back a run-time permission on all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task DeleteCollectionRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string type, string? resource,
        [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(collectionName, PermissionEntries.SomeRunTime(type, resource, principal, principalType), cancellationToken);

    [Service("Lists the run-time permissions on all entities of a collection.", Category = Category, Requires = Permission.Read, ResultShape = "RunTimePermissions", Kind = CallKind.Read)]
    public InfoTable GetCollectionRunTimePermissions(ServiceContext call, [Parameter(IsRequired = true)] string collectionName) =>
        List(collectionName, PermissionEntries.IsRunTime);

    [Service("Allows or denies a user or group what happens at design time to all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task AddCollectionDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string type,
        [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(collectionName, PermissionEntries.DesignTime(call, type, principal, principalType, allow), cancellationToken);

    [Service("Takes back a design-time permission on all entities of a collection.", Category = Category, Requires = Permission.Update)]
    public Task DeleteCollectionDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string collectionName, [Parameter(IsRequired = true)] string type,
        [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(collectionName, PermissionEntries.SomeDesignTime(type, principal, principalType), cancellationToken);

    [Service("Lists the design-time permissions on all entities of a collection.", Category = Category, Requires = Permission.Read, ResultShape = "RunTimePermissions", Kind = CallKind.Read)]
    public InfoTable GetCollectionDesignTimePermissions(ServiceContext call, [Parameter(IsRequired = true)] string collectionName) =>
        List(collectionName, PermissionEntries.IsDesignTime);

    private static EntityKey Key(string collection) => new(EntityKind.Collections, EntityAddresses.Collection(collection).ToString());

    private Task<Entity> Set(string collection, PermissionEntry entry, CancellationToken cancellationToken) =>
        directory.UpdateAsync(Key(collection), definition => PermissionEntries.With(definition, entry), cancellationToken);

    private Task<Entity> Remove(string collection, PermissionEntry entry, CancellationToken cancellationToken) =>
        directory.UpdateAsync(Key(collection), definition => PermissionEntries.Without(definition, entry), cancellationToken);

    private InfoTable List(string collection, Func<Permission, bool> which) =>
        PermissionEntries.Table(directory.Find(Key(collection))!.Definition.Permissions.Where(entry => which(entry.Permission)));
}
