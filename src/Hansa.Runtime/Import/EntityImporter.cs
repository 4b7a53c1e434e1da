using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Imports entity files: everything is checked, then committed at once, then Things start (design decisions 1).</summary>
public sealed class EntityImporter(
    EntityDirectory directory, Principals principals, Gate gate, UserScripts scripts, ConfigurationSecrets secrets, ISecretProtector protector, TimeProvider time)
{
    private const int ValuesAtOnce = 256;

    /// <summary>Imports a file for a user who may make entities, and may update those that exist.</summary>
    /// <returns>What was imported and what was passed over.</returns>
    /// <exception cref="PlatformException">A fault in the file, or a missing right; nothing was changed.</exception>
    public async Task<ImportReport> ImportAsync(string userName, Stream file, CancellationToken cancellationToken)
    {
        Actor.Is(userName);
        var xml = EntityXml.Read(file);
        var (definitions, report) = await PlanAsync(userName, xml, cancellationToken);
        report.ThrowIfFailed();
        var catalogue = directory.Catalogue.With(xml.Definitions);
        var users = definitions.OfType<UserDefinition>().Where(user => directory.Find(user.Key) is null).Select(user => user.Name).ToList();
        await directory.ImportAsync(definitions, cancellationToken);
        await directory.JoinUsersAsync(users, cancellationToken);
        // Side by side, so that many Things share a commit.
        foreach (var some in definitions.OfType<ThingDefinition>().Chunk(ValuesAtOnce))
            await Task.WhenAll(some.Select(thing => WriteAsync(userName, thing, Values(thing, catalogue, xml), cancellationToken)));

        return report;
    }

    /// <summary>Tells what <see cref="ImportAsync"/> would do now; nothing is changed.</summary>
    /// <exception cref="PlatformException">Forbidden: a right is missing.</exception>
    public async Task<ImportReport> CheckAsync(string userName, Stream file, CancellationToken cancellationToken) =>
        (await PlanAsync(userName, EntityXml.Read(file), cancellationToken)).Report;

    private async Task<(IReadOnlyList<EntityDefinition> Definitions, ImportReport Report)> PlanAsync(string userName, EntityXml xml, CancellationToken cancellationToken)
    {
        if (xml.Faults.Count > 0)
            return ([], new(xml.Faults));
        var unresolved = Unresolved(xml).ToList();
        // Without its template an entity has no shape to be checked against.
        if (unresolved.Exists(one => one.Kind is EntityKind.ThingTemplates or EntityKind.ThingShapes))
            return ([], new([.. unresolved.Select(one => one.Fault)]));
        var caller = principals.Find(userName);
        var definitions = new List<EntityDefinition>();
        var faults = new List<ImportLine>();
        // As it will be once the file is in: members are looked for there.
        var catalogue = directory.Catalogue.With(xml.Definitions);
        foreach (var definition in xml.Definitions)
        {
            try
            {
                Demand(caller, definition);
                definitions.Add(await CompleteAsync(caller, definition, catalogue, xml, cancellationToken));
            }
            catch (PlatformException e) when (e.Code is ErrorCode.BadRequest or ErrorCode.Conflict)
            {
                faults.Add(xml.Line(definition, ImportOutcome.Failed, e.Message));
            }
        }

        faults.AddRange(unresolved.Select(one => one.Fault));
        var failed = faults.Select(fault => (fault.Type, fault.Name)).ToHashSet();
        var lines = xml.Definitions.Where(definition => !failed.Contains((definition.Kind.Singular(), definition.Name)))
            .Select(definition => xml.Line(definition, directory.Find(definition.Key) is null ? ImportOutcome.Created : ImportOutcome.Replaced));
        return (definitions, new([.. faults, .. lines, .. xml.PassedOver]));
    }

    private Task WriteAsync(string userName, ThingDefinition thing, List<(string, Vtq)> values, CancellationToken cancellationToken) =>
        values.Count == 0 ? Task.CompletedTask : directory.FindThing(thing.Name)!.Properties.WriteAsync(userName, values, cancellationToken);

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

    private async ValueTask<EntityDefinition> CompleteAsync(Principal caller, EntityDefinition definition, Catalogue catalogue, EntityXml xml, CancellationToken cancellationToken)
    {
        var existing = directory.Find(definition.Key)?.Definition;
        if (definition is MemberedDefinition membered)
            await CheckAsync(membered, catalogue, cancellationToken);
        switch (definition)
        {
            case ThingDefinition or ThingTemplateDefinition:
                if (definition is ThingDefinition thing)
                    _ = Values(thing, catalogue, xml);
                var tables = Inherited((InheritingDefinition)definition, catalogue).ConfigurationTables
                    .Concat(((InheritingDefinition)definition).ConfigurationTableDefinitions.Select(ConfigurationTableDefinition.Of)).ToList();
                return definition with
                {
                    ConfigurationTables = definition.ConfigurationTables.SetItems(definition.ConfigurationTables.Select(table =>
                        KeyValuePair.Create(table.Key, Fit(caller, tables, table.Key, table.Value, existing?.ConfigurationTables.GetValueOrDefault(table.Key))))),
                };
            case UserDefinition user:
                return user with { PasswordHash = (existing as UserDefinition)?.PasswordHash };
            case ApplicationKeyDefinition key:
                return Complete(key, existing as ApplicationKeyDefinition, xml.Keys.GetValueOrDefault(key.Name));
            case NetworkDefinition network:
                Networks.Check(network);
                return network;
            default:
                return definition;
        }
    }

    private async ValueTask CheckAsync(MemberedDefinition definition, Catalogue catalogue, CancellationToken cancellationToken)
    {
        var inherited = definition is InheritingDefinition heir ? Inherited(heir, catalogue) : null;
        if (definition.Properties.FirstOrDefault(property => inherited?.FindProperty(property.Name) is not null) is { } property)
            throw Errors.Bad($"Property [{property.Name}] is that of {inherited!.SourceOfProperty(property.Name).Kind.Singular()} [{inherited.SourceOfProperty(property.Name).Name}].");
        var remote = (definition as InheritingDefinition)?.RemoteServiceBindings ?? [];
        foreach (var service in definition.Services)
        {
            var name = service.Definition.Name;
            if (inherited?.FindService(name) is { Definition.IsAllowOverride: false })
                throw Errors.Bad($"Service [{name}] is that of {inherited.SourceOfService(name).Kind.Singular()} [{inherited.SourceOfService(name).Name}], and must not be overridden.");
            if (remote.All(binding => binding.Service != name))
                await scripts.CheckAsync($"{definition.Name}.{name}", service.Code, service.Definition, cancellationToken);
        }

        if (definition is InheritingDefinition inheriting)
            CheckBindings(inheriting, inherited!, catalogue);
        foreach (var subscription in definition.Subscriptions)
            await scripts.CheckAsync(definition.Name, subscription, cancellationToken);
    }

    private static void CheckBindings(InheritingDefinition definition, EntityShape inherited, Catalogue catalogue)
    {
        var isRemote = catalogue.IsRemote(definition.Template);
        if (!isRemote && (definition.RemotePropertyBindings.Length > 0 || definition.RemoteServiceBindings.Length > 0 || definition.RemoteEventBindings.Length > 0))
            throw Errors.Bad($"It is a {definition.Template}: only a RemoteThing has a remote end to bind to.");
        var used = definition.RemotePropertyBindings.Select(binding => (binding.Property, Use: "bound")).Concat(definition.PropertyBindings.Select(binding => (binding.Property, Use: "bound")))
            .Concat(definition.Alerts.Select(alert => (alert.Property, Use: "watched by an alert")));
        foreach (var (property, use) in used)
        {
            if (definition.Properties.All(have => have.Name != property) && inherited.FindProperty(property) is null)
                throw Errors.Bad($"Property [{property}] is {use} and not defined.");
        }
    }

    // What it has without anything of its own.
    private static EntityShape Inherited(InheritingDefinition definition, Catalogue catalogue) =>
        catalogue.ShapeOf(new ThingDefinition(definition.Name, definition.Template) { ImplementedShapes = definition.ImplementedShapes });

    private static List<(string, Vtq)> Values(ThingDefinition thing, Catalogue catalogue, EntityXml xml)
    {
        var values = new List<(string, Vtq)>();
        if (!xml.Values.TryGetValue(thing.Name, out var stored))
            return values;
        var shape = catalogue.ShapeOf(thing);
        foreach (var (name, value, at, quality) in stored)
        {
            if (shape.FindProperty(name) is { IsBuiltIn: false } property)
                values.Add((name, new(property.CheckRange(Coercion.To(value, property.BaseType, name)), at, quality)));
        }

        return values;
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
    private InfoTable Fit(Principal caller, List<ConfigurationTableDefinition> tables, string name, InfoTable rows, InfoTable? stored)
    {
        var table = tables.Find(table => table.Name == name) ?? new(name, "", rows.Shape, IsMultiRow: true);
        var before = stored ?? new InfoTable.Builder(table.Shape).Build();
        var fitted = secrets.StoreFile(table, rows, before);
        table.CheckRows(fitted);
        foreach (var user in ConfigurationSecrets.NewUsers(fitted, before))
            DemandUser(caller, user);
        return fitted;
    }

    // References may point forward in the file, or to what is there already.
    private IEnumerable<(EntityKind Kind, ImportLine Fault)> Unresolved(EntityXml xml)
    {
        var known = xml.Definitions.Select(definition => definition.Key).ToHashSet();
        foreach (var definition in xml.Definitions)
        {
            foreach (var wanted in Wanted(definition))
            {
                if (!known.Contains(wanted) && directory.Find(wanted) is null && (wanted.Kind != EntityKind.DataShapes || PlatformShapes.Find(wanted.Name) is null))
                    yield return (wanted.Kind, xml.Line(definition, ImportOutcome.Failed, $"there is no {wanted.Kind.Singular()} [{wanted.Name}]."));
            }
        }
    }

    private IEnumerable<EntityKey> Wanted(EntityDefinition definition)
    {
        switch (definition)
        {
            case InheritingDefinition heir:
                yield return new(EntityKind.ThingTemplates, heir.Template);
                foreach (var shape in heir.ImplementedShapes)
                    yield return new(EntityKind.ThingShapes, shape);
                if (heir is ThingDefinition thing && directory.Catalogue.HasTemplate(thing.ThingTemplate) && directory.Catalogue.DataShapeNameOf(thing) is { Length: > 0 } dataShape)
                    yield return new(EntityKind.DataShapes, dataShape);
                break;
            case DataShapeDefinition { BaseDataShape.Length: > 0 } shape:
                yield return new(EntityKind.DataShapes, shape.BaseDataShape);
                break;
            case ApplicationKeyDefinition key:
                yield return new(EntityKind.Users, key.UserName);
                break;
            case NetworkDefinition network:
                foreach (var edge in network.Connections)
                    yield return EntityKey.Thing(edge.To);
                break;
        }
    }
}
