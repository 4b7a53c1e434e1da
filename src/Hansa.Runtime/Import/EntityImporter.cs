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
        var xml = EntityXml.Read(file);
        var caller = principals.Find(userName);
        var definitions = new List<EntityDefinition>();
        var faults = new List<string>();
        foreach (var definition in xml.Definitions)
        {
            try
            {
                Demand(caller, definition);
                definitions.Add(await CompleteAsync(definition, xml, cancellationToken));
            }
            catch (PlatformException e) when (e.Code == ErrorCode.BadRequest)
            {
                faults.Add($"{definition.Kind.Singular()} [{definition.Name}]: {e.Message}");
            }
        }

        faults.AddRange(Unresolved(definitions));
        if (faults.Count > 0)
            throw Errors.Bad($"The file cannot be imported; nothing was changed.\n{string.Join('\n', faults)}");
        await directory.ImportAsync(definitions, cancellationToken);
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
        if (definition is ApplicationKeyDefinition key && directory.Find(new(EntityKind.Users, key.UserName)) is { } user)
            gate.Demand(caller, user, Permission.Update, "", CallOrigin.Rest);
    }

    private async ValueTask<EntityDefinition> CompleteAsync(EntityDefinition definition, EntityXml xml, CancellationToken cancellationToken)
    {
        switch (definition)
        {
            case ThingDefinition thing:
                // Asks for the template, so that an unknown one is a fault of the file.
                var tables = directory.Catalogue.ShapeOf(thing).ConfigurationTables;
                foreach (var service in thing.Services)
                    await scripts.CheckAsync($"{thing.Name}.{service.Definition.Name}", service.Code, service.Definition, cancellationToken);
                return thing with
                {
                    ConfigurationTables = thing.ConfigurationTables.SetItems(tables.Where(table => thing.ConfigurationTables.ContainsKey(table.Name))
                        .Select(table => KeyValuePair.Create(table.Name, Fit(table, thing.ConfigurationTables[table.Name])))),
                };
            case UserDefinition user:
                return user with { PasswordHash = (directory.Find(user.Key)?.Definition as UserDefinition)?.PasswordHash };
            case ApplicationKeyDefinition key:
                return xml.Keys.TryGetValue(key.Name, out var secret)
                    ? key with { KeyHash = Authenticator.HashKey(secret) }
                    : ApplicationKeyServices.WithKey(key, ApplicationKeyServices.MakeKey(), protector, time.GetUtcNow().ToUnixTimeMilliseconds());
            default:
                return definition;
        }
    }

    private InfoTable Fit(ConfigurationTableDefinition table, InfoTable rows)
    {
        var fitted = secrets.Store(table, rows, new InfoTable.Builder(table.Shape).Build());
        table.Check?.Invoke(fitted);
        return fitted;
    }

    // References may point forward in the file, or to what is there already.
    private IEnumerable<string> Unresolved(IReadOnlyList<EntityDefinition> definitions)
    {
        var known = definitions.Select(definition => definition.Key).ToHashSet();
        foreach (var thing in definitions.OfType<ThingDefinition>())
        {
            if (directory.Catalogue.DataShapeNameOf(thing) is { Length: > 0 } shape && !Exists(new(EntityKind.DataShapes, shape)))
                yield return $"Thing [{thing.Name}]: there is no Data Shape [{shape}].";
        }

        foreach (var key in definitions.OfType<ApplicationKeyDefinition>().Where(key => !Exists(new(EntityKind.Users, key.UserName))))
            yield return $"ApplicationKey [{key.Name}]: there is no User [{key.UserName}].";

        bool Exists(EntityKey key) => known.Contains(key) || directory.Find(key) is not null || (key.Kind == EntityKind.DataShapes && PlatformShapes.Find(key.Name) is not null);
    }
}
