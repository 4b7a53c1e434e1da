using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Services that users add to Things, templates and shapes (spec platform 3.4).</summary>
public sealed class ServiceDefinitionServices(EntityDirectory directory, UserScripts scripts) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => MemberEdits.HasMembers(kind);

    [Service("Adds a service that the remote end answers; without remote one whose script is still empty, see AddScriptServiceDefinition. timeout is in seconds.",
        Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddServiceDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, InfoTable? parameters, InfoTable? resultType,
        bool? remote, string? remoteServiceName, int? timeout, [Parameter(BaseType.JSON)] string? accessModifier, CancellationToken cancellationToken)
    {
        var definition = Define(name, description, category, parameters, resultType);
        if (remote is not true)
            return AddAsync(call, new(definition, ""), null, cancellationToken);
        call.DemandRemote();
        return AddAsync(call, new(definition, ""), new(name, remoteServiceName ?? "") { Timeout = BindingRules.Timeout(timeout) }, cancellationToken);
    }

    [Service("Adds a service in JavaScript, or puts it in the place of one of the entity's own. parameters are rows of name, baseType, description, dataShape, isRequired, defaultValue; resultType is one such row.",
        Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task AddScriptServiceDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, InfoTable? parameters, InfoTable? resultType,
        [Parameter(BaseType.TEXT)] string? code, CancellationToken cancellationToken, bool isAsync = false, bool isPrivate = false, bool isLocalOnly = false, bool isAllowOverride = false)
    {
        var definition = Define(name, description, category, parameters, resultType) with
        {
            IsAsync = isAsync, IsPrivate = isPrivate, IsLocalOnly = isLocalOnly, IsAllowOverride = isAllowOverride,
        };
        await scripts.CheckAsync($"{call.Target.Name}.{name}", code ?? "", definition, cancellationToken);
        await AddAsync(call, new(definition, code ?? ""), null, cancellationToken);
    }

    [Service("Takes a service of the entity's own away.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveServiceDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current =>
        {
            if (current.Services.All(have => have.Definition.Name != name))
                throw Errors.NoSuchService(name, current.Key);
            var edited = current with { Services = current.Services.RemoveAll(have => have.Definition.Name == name) };
            return edited is InheritingDefinition heir ? heir with { RemoteServiceBindings = heir.RemoteServiceBindings.RemoveAll(binding => binding.Service == name) } : edited;
        }, cancellationToken);

    private Task AddAsync(ServiceContext call, ScriptService service, RemoteServiceBinding? binding, CancellationToken cancellationToken) => directory.EditMembersAsync(call, current =>
    {
        var name = service.Definition.Name;
        if (call.Members().FindService(name) is { Definition.IsAllowOverride: false } && current.Services.All(own => own.Definition.Name != name || binding is not null))
            throw new PlatformException(ErrorCode.Conflict, $"Service [{name}] exists already on {current.Kind.Singular()} [{current.Name}].");
        var edited = current with { Services = current.Services.RemoveAll(have => have.Definition.Name == name).Add(service) };
        return edited is InheritingDefinition heir
            ? heir with { RemoteServiceBindings = [.. heir.RemoteServiceBindings.Where(have => have.Service != name), .. binding is null ? [] : new[] { binding }] }
            : edited;
    }, cancellationToken);

    private static ServiceDefinition Define(string name, string? description, string? category, InfoTable? parameters, InfoTable? resultType)
    {
        MemberNames.Check(name, "service");
        var result = resultType is { RowCount: > 0 } ? Field(resultType, 0) with { Name = "result" } : new FieldDefinition("result", BaseType.NOTHING);
        var definition = new ServiceDefinition(name, [.. Enumerable.Range(0, parameters?.RowCount ?? 0).Select(i => Field(parameters!, i))], result)
        {
            Description = description ?? "", Category = category ?? "",
        };
        // Asked for here, as two parameters of one name are refused by it.
        _ = definition.ParameterShape;
        return definition;
    }

    private static FieldDefinition Field(InfoTable table, int row)
    {
        var type = BaseTypes.Parse(table[row, "baseType"].ToString());
        var aspects = Aspects.None
            .With("dataShape", table[row, "dataShape"] is { IsNull: false } shape && shape.ToString().Length > 0 ? Value.String(shape.ToString()) : Value.Null)
            .With("isRequired", Coercion.To(table[row, "isRequired"], BaseType.BOOLEAN, "isRequired").AsBoolean() ? Value.Boolean(true) : Value.Null)
            .With("defaultValue", table[row, "defaultValue"] is { IsNull: false } given ? Coercion.To(given, type, "defaultValue") : Value.Null);
        return new(table[row, "name"].ToString(), type, table[row, "description"].ToString(), row) { Aspects = aspects };
    }
}
