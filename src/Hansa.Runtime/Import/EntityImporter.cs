using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Imports entity files: everything is checked, then committed at once, then Things start (design decisions 1).</summary>
public sealed class EntityImporter(
    EntityDirectory directory, Principals principals, Gate gate, UserScripts scripts, ConfigurationSecrets secrets, ISecretProtector protector, TimeProvider time)
{
    /// <summary>Imports a file for a user who may make entities, and may update those that exist.</summary>
    /// <returns>What was imported and what was passed over, a line each.</returns>
    /// <exception cref="PlatformException">A fault in the file, or a missing right; nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> ImportAsync(string userName, Stream file, CancellationToken cancellationToken)
    {
        Actor.Is(userName);
        var xml = EntityXml.Read(file);
        var caller = principals.Find(userName);
        var definitions = new List<EntityDefinition>();
        var faults = new List<string>();
        foreach (var definition in xml.Definitions)
        {
            try
            {
                Demand(caller, definition);
                definitions.Add(await CompleteAsync(caller, definition, xml, cancellationToken));
            }
            catch (PlatformException e) when (e.Code is ErrorCode.BadRequest or ErrorCode.Conflict)
            {
                faults.Add(xml.Fault(definition, e.Message));
            }
        }

        faults.AddRange(Unresolved(xml));
        if (faults.Count > 0)
            throw Errors.Bad($"The file cannot be imported; nothing was changed.\n{string.Join('\n', faults)}");
        var users = definitions.OfType<UserDefinition>().Where(user => directory.Find(user.Key) is null).Select(user => user.Name).ToList();
        await directory.ImportAsync(definitions, cancellationToken);
        await directory.JoinUsersAsync(users, cancellationToken);
        foreach (var (thing, values) in xml.Values)
            await directory.FindThing(thing)!.Properties.WriteAsync(userName, values, cancellationToken);
        return [.. definitions.Select(definition => $"{definition.Kind.Singular()} [{definition.Name}] imported."), .. xml.Notes];
    }

    private void Demand(Principal caller, EntityDefinition definition)
    {
        if (directory.Find(definition.Key) is { } existing)
            gate.Demand(caller, existing, Permission.Update, "", CallOrigin.Rest);
        else
            gate.Demand(caller, directory.Find(new(EntityKind.Resources, "EntityServices"))!, Permission.Create, "", CallOrigin.Rest);
        if (definition is ApplicationKeyDefinition key)
            DemandUser(caller, key.UserName);
    }

    // Whoever names a user in a key or a configuration can act as that user. One of the same file is made by the caller.
    private void DemandUser(Principal caller, string userName)
    {
        if (directory.Find(new(EntityKind.Users, userName)) is { } user)
            gate.Demand(caller, user, Permission.Update, "", CallOrigin.Rest);
    }

    private async ValueTask<EntityDefinition> CompleteAsync(Principal caller, EntityDefinition definition, EntityXml xml, CancellationToken cancellationToken)
    {
        var existing = directory.Find(definition.Key)?.Definition;
        switch (definition)
        {
            case ThingDefinition thing:
                await CheckAsync(thing, cancellationToken);
                return thing with
                {
                    ConfigurationTables = thing.ConfigurationTables.SetItems(thing.ConfigurationTables.Select(table =>
                        KeyValuePair.Create(table.Key, Fit(caller, thing, table.Key, table.Value, existing?.ConfigurationTables.GetValueOrDefault(table.Key))))),
                };
            case UserDefinition user:
                return user with { PasswordHash = (existing as UserDefinition)?.PasswordHash };
            case ApplicationKeyDefinition key:
                return Complete(key, existing as ApplicationKeyDefinition, xml.Keys.GetValueOrDefault(key.Name));
            default:
                return definition;
        }
    }

    // Asks for the template, so that an unknown one is a fault of the file.
    private async ValueTask CheckAsync(ThingDefinition thing, CancellationToken cancellationToken)
    {
        var template = directory.Catalogue.TemplateShape(thing.ThingTemplate);
        if (thing.Properties.FirstOrDefault(property => template.FindProperty(property.Name) is not null) is { } property)
            throw Errors.Bad($"Property [{property.Name}] is that of every {thing.ThingTemplate}.");
        foreach (var service in thing.Services)
        {
            if (template.FindService(service.Definition.Name) is { Definition.IsAllowOverride: false })
                throw Errors.Bad($"Service [{service.Definition.Name}] is that of every {thing.ThingTemplate}.");
            if (thing.RemoteServiceBindings.All(binding => binding.Service != service.Definition.Name))
                await scripts.CheckAsync($"{thing.Name}.{service.Definition.Name}", service.Code, service.Definition, cancellationToken);
        }

        CheckBindings(thing, template);
        foreach (var subscription in thing.Subscriptions)
            await scripts.CheckAsync(thing.Name, subscription, cancellationToken);
    }

    private void CheckBindings(ThingDefinition thing, EntityShape template)
    {
        var isRemote = directory.Catalogue.IsRemote(thing.ThingTemplate);
        if (!isRemote && (thing.RemotePropertyBindings.Length > 0 || thing.RemoteServiceBindings.Length > 0 || thing.RemoteEventBindings.Length > 0))
            throw Errors.Bad($"It is a {thing.ThingTemplate}: only a RemoteThing has a remote end to bind to.");
        foreach (var property in thing.RemotePropertyBindings.Select(binding => binding.Property).Concat(thing.PropertyBindings.Select(binding => binding.Property)))
        {
            if (thing.Properties.All(have => have.Name != property) && template.FindProperty(property) is null)
                throw Errors.Bad($"Property [{property}] is bound and not defined.");
        }
    }

    private ApplicationKeyDefinition Complete(ApplicationKeyDefinition key, ApplicationKeyDefinition? existing, string? secret)
    {
        if (key.UserName == Principals.SystemName)
            throw Errors.Bad($"User [{key.UserName}] cannot sign in, also not by a key.");
        var now = time.GetUtcNow();
        var limited = key.ExpirationDate > 0 ? key : key with { ExpirationDate = (now + ApplicationKeyServices.DefaultLife).ToUnixTimeMilliseconds() };
        // A file need not hold the key: then the one that is there goes on.
        return secret is not null ? limited with { KeyHash = Authenticator.HashKey(secret) }
            : existing is not null ? limited with { KeyHash = existing.KeyHash, ProtectedKey = existing.ProtectedKey, KeyMade = existing.KeyMade }
            : ApplicationKeyServices.WithKey(limited, ApplicationKeyServices.MakeKey(), protector, now.ToUnixTimeMilliseconds());
    }

    // A table that the template does not have is kept as it is, but for its secrets.
    private InfoTable Fit(Principal caller, ThingDefinition thing, string name, InfoTable rows, InfoTable? stored)
    {
        var table = directory.Catalogue.TemplateShape(thing.ThingTemplate).ConfigurationTables.FirstOrDefault(table => table.Name == name)
            ?? new(name, "", rows.Shape, IsMultiRow: true);
        var before = stored ?? new InfoTable.Builder(table.Shape).Build();
        var fitted = secrets.Store(table, rows, before);
        table.CheckRows(fitted);
        foreach (var user in ConfigurationSecrets.NewUsers(fitted, before))
            DemandUser(caller, user);
        return fitted;
    }

    // References may point forward in the file, or to what is there already.
    private IEnumerable<string> Unresolved(EntityXml xml)
    {
        var known = xml.Definitions.Select(definition => definition.Key).ToHashSet();
        foreach (var definition in xml.Definitions)
        {
            var wanted = definition switch
            {
                ThingDefinition thing when directory.Catalogue.HasTemplate(thing.ThingTemplate) => new EntityKey(EntityKind.DataShapes, directory.Catalogue.DataShapeNameOf(thing) ?? ""),
                DataShapeDefinition shape => new(EntityKind.DataShapes, shape.BaseDataShape),
                ApplicationKeyDefinition key => new(EntityKind.Users, key.UserName),
                _ => default,
            };
            var isNamed = !string.IsNullOrEmpty(wanted.Name) || wanted.Kind == EntityKind.Users;
            if (isNamed && !known.Contains(wanted) && directory.Find(wanted) is null && (wanted.Kind != EntityKind.DataShapes || PlatformShapes.Find(wanted.Name) is null))
                yield return xml.Fault(definition, $"there is no {wanted.Kind.Singular()} [{wanted.Name}].");
        }
    }
}
