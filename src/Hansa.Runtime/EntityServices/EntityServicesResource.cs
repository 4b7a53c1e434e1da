using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource EntityServices: makes and deletes entities (spec platform 1.6, 3.2, 4.1, 4.2).</summary>
/// <remarks>Making one needs design-time Create on this resource, deleting one design-time Delete on the entity.</remarks>
public sealed partial class EntityServicesResource(
    EntityDirectory directory, Passwords passwords, ISecretProtector protector, IRemoteEndpoints endpoints, EntityExporter exporter, TimeProvider time) : Resource
{
    /// <inheritdoc/>
    public override string Name => "EntityServices";

    /// <inheritdoc/>
    public override string Description => "Makes and deletes entities.";

    [Service("Makes a Thing. It does not run until EnableThing.", Category = "Things", Requires = Permission.Create)]
    public Task CreateThing(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.THINGTEMPLATENAME)] string? thingTemplateName,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        var template = string.IsNullOrEmpty(thingTemplateName) ? GenericThingTemplate.TemplateName : thingTemplateName;
        return Create(call, new ThingDefinition(name, template), description, tags, projectName, cancellationToken);
    }

    [Service("Makes a Thing Template that extends another; without one it extends GenericThing.", Category = "ThingTemplates", Requires = Permission.Create)]
    public Task CreateThingTemplate(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.THINGTEMPLATENAME)] string? baseThingTemplateName,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        var template = string.IsNullOrEmpty(baseThingTemplateName) ? GenericThingTemplate.TemplateName : baseThingTemplateName;
        return Create(call, new ThingTemplateDefinition(name, template), description, tags, projectName, cancellationToken);
    }

    [Service("Makes a Thing Shape.", Category = "ThingShapes", Requires = Permission.Create)]
    public Task CreateThingShape(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Create(call, new ThingShapeDefinition(name), description, tags, projectName, cancellationToken);

    [Service("Makes a network; connections are rows of from, to, connectionType, the root's has no from.", Category = "Networks", Requires = Permission.Create)]
    public Task CreateNetwork(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, InfoTable? connections, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        var network = new NetworkDefinition(name) { Connections = [.. Enumerable.Range(0, connections?.RowCount ?? 0).Select(i => NetworkServices.Connection(connections!, i))] };
        Networks.Check(network);
        foreach (var edge in network.Connections)
            call.Find(EntityKind.Things, edge.To);
        return Create(call, network, description, tags, projectName, cancellationToken);
    }

    [Service("Makes a vocabulary of model tags; of a dynamic one terms come into being by being used. Terms are rows of name, description.", Category = "ModelTags", Requires = Permission.Create)]
    public Task CreateModelTagVocabulary(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, bool? dynamic, InfoTable? vocabularyTerms,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Create(call, VocabularyServices.Define(EntityKind.ModelTags, name, dynamic is true, vocabularyTerms), description, tags, projectName, cancellationToken);

    [Service("Makes a vocabulary of data tags.", Category = "DataTags", Requires = Permission.Create)]
    public Task CreateDataTagVocabulary(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, bool? dynamic, InfoTable? vocabularyTerms,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Create(call, VocabularyServices.Define(EntityKind.DataTags, name, dynamic is true, vocabularyTerms), description, tags, projectName, cancellationToken);

    [Service("Makes a project.", Category = "Projects", Requires = Permission.Create)]
    public Task CreateProject(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? packageVersion, [Parameter(BaseType.TAGS)] string? tags, CancellationToken cancellationToken) =>
        Create(call, new ProjectDefinition(name) { PackageVersion = string.IsNullOrEmpty(packageVersion) ? "1.0.0" : packageVersion }, description, tags, null, cancellationToken);

    [Service("Makes a Data Shape; fields are rows of name, description, baseType, ordinal, isPrimaryKey, dataShape.", Category = "DataShapes", Requires = Permission.Create)]
    public Task CreateDataShape(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, InfoTable? fields, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, [Parameter(BaseType.DATASHAPENAME)] string? baseDataShape, CancellationToken cancellationToken)
    {
        var rows = Enumerable.Range(0, fields?.RowCount ?? 0).Select(i => DataShapeServices.Field(
            fields![i, "name"].ToString(), fields[i, "description"].ToString(), (fields[i, "baseType"] is { IsNull: false } type ? type : fields[i, "type"]).ToString(),
            fields[i, "ordinal"].IsNull ? i : (int)Coercion.To(fields[i, "ordinal"], BaseType.INTEGER, "ordinal").AsLong(),
            Coercion.To(fields[i, "isPrimaryKey"], BaseType.BOOLEAN, "isPrimaryKey").AsBoolean(), fields[i, "dataShape"].ToString())).ToList();
        if (!string.IsNullOrEmpty(baseDataShape))
            call.Find(EntityKind.DataShapes, baseDataShape);
        // A shape that two fields of one name would make impossible is refused before it is saved.
        _ = new DataShape(rows, name);
        return Create(call, new DataShapeDefinition(name) { Fields = [.. rows], BaseDataShape = baseDataShape ?? "" }, description, tags, projectName, cancellationToken);
    }

    [Service("Makes a user, a member of group Users.", Category = "Users", Requires = Permission.Create)]
    public async Task CreateUser(
        ServiceContext call, [Parameter(IsRequired = true)] string name, [Parameter(BaseType.PASSWORD)] string? password, string? description,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        var hash = string.IsNullOrEmpty(password) ? null : passwords.Hash(PasswordRules.Check(password));
        await Create(call, new UserDefinition(name) { PasswordHash = hash }, description, tags, projectName, cancellationToken);
        await directory.JoinUsersAsync([name], cancellationToken);
    }

    [Service("Makes a user group.", Category = "Groups", Requires = Permission.Create)]
    public Task CreateGroup(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Create(call, new GroupDefinition(name), description, tags, projectName, cancellationToken);

    [Service("Makes an organization with its topmost unit.", Category = "Organizations", Requires = Permission.Create)]
    public Task CreateOrganization(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? topOUName, string? topOUDescription,
        [Parameter(BaseType.TAGS)] string? tags, [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken) =>
        Create(call, new OrganizationDefinition(name)
        {
            Units = [new(string.IsNullOrEmpty(topOUName) ? name : topOUName, topOUDescription ?? "", "", [])],
        }, description, tags, projectName, cancellationToken);

    [Service("Makes an application key; GetKeyID on it gives the key, once.", Category = "ApplicationKeys", Requires = Permission.Create)]
    public Task CreateApplicationKey(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(BaseType.USERNAME, IsRequired = true)] string user,
        DateTimeOffset? expirationDate, string? whitelist, string? clientName, [Parameter(BaseType.TAGS)] string? tags,
        [Parameter(BaseType.PROJECTNAME)] string? projectName, CancellationToken cancellationToken)
    {
        ApplicationKeyServices.DemandUser(call, user);
        var now = time.GetUtcNow();
        var definition = new ApplicationKeyDefinition(name)
        {
            UserName = user,
            ExpirationDate = (expirationDate ?? now + ApplicationKeyServices.DefaultLife).ToUnixTimeMilliseconds(),
            IpWhitelist = Authenticator.CheckAddresses(whitelist),
            ClientName = clientName ?? "",
        };
        return Create(
            call, ApplicationKeyServices.WithKey(definition, ApplicationKeyServices.MakeKey(), protector, now.ToUnixTimeMilliseconds()), description, tags, projectName, cancellationToken);
    }

    [Service("Tells whether the other end of a remote Thing is bound.", Category = "Things", Kind = CallKind.Read)]
    public bool IsRemoteThingBound(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string name) =>
        call.Find(EntityKind.Things, name) is Thing thing && endpoints.Find(thing) is not null;

    [Service("Gives the Thing that has an identifier.", Category = "Things", Kind = CallKind.Read, Result = BaseType.THINGNAME)]
    public string? GetThingNameForIdentifier(ServiceContext call, [Parameter(IsRequired = true)] string identifier) =>
        directory.Things.FirstOrDefault(thing => thing.Definition.Identifier == identifier && call.Invoker.Gate.IsVisible(call.Caller, thing))?.Name;

    private async Task<Entity> Create(
        ServiceContext call, EntityDefinition definition, string? description, string? tags, string? projectName, CancellationToken cancellationToken)
    {
        await VocabularyServices.UseAsync(directory, tags, cancellationToken);
        return await directory.CreateAsync(definition with
        {
            Description = description ?? "",
            Tags = tags ?? "",
            ProjectName = projectName ?? "",
            Owner = call.Caller.UserName,
        }, cancellationToken);
    }
}
