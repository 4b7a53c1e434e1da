using System.Collections.Concurrent;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What happened to an entity. For a deletion <see cref="After"/> is null, for a creation <see cref="Before"/>.</summary>
public readonly record struct EntityChange(Entity Entity, EntityDefinition? Before, EntityDefinition? After)
{
    /// <summary>The kind of the entity.</summary>
    public EntityKind Kind => Entity.Key.Kind;
}

/// <summary>
/// All entities of the server. An edit is seen by readers at once and answered when it is on disk; if it cannot be written
/// it is taken back and the caller is told.
/// </summary>
public sealed class EntityDirectory(IStorage storage, PropertySheetFactory sheets, TimeProvider time)
{
    private readonly ConcurrentDictionary<EntityKey, Entity> _entities = new();
    private readonly Lock _editing = new();

    /// <summary>Told of each change after it is durable. Handlers must be quick and must not throw.</summary>
    public event Action<EntityChange>? Changed;

    /// <summary>Told of each change as soon as readers see it: for caches that must never be behind, such as rights.</summary>
    public event Action<EntityChange>? Changing;

    /// <summary>What the platform itself brings. Its parts know the directory, so it is put in when all are made.</summary>
    public Catalogue Catalogue { get; internal set; } = null!;

    /// <summary>Asked to start, stop or refresh a Thing after a change.</summary>
    internal Func<Thing, EntityChange, CancellationToken, Task> LifeCycle { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>The entity at that address, null where there is none.</summary>
    public Entity? Find(EntityKey key) => _entities.TryGetValue(key, out var entity) ? entity : null;

    /// <summary>The Thing of that name, null where there is none.</summary>
    public Thing? FindThing(string name) => Find(EntityKey.Thing(name)) as Thing;

    /// <summary>All entities of a kind, by name.</summary>
    public IEnumerable<Entity> All(EntityKind kind) =>
        _entities.Values.Where(entity => entity.Key.Kind == kind).OrderBy(entity => entity.Name, StringComparer.Ordinal);

    /// <summary>All Things, in no order.</summary>
    public IEnumerable<Thing> Things => _entities.Values.OfType<Thing>();

    /// <summary>Makes an entity.</summary>
    /// <exception cref="PlatformException">Conflict where the name is taken; BadRequest where it is no name.</exception>
    public async Task<Entity> CreateAsync(EntityDefinition definition, CancellationToken cancellationToken)
    {
        EntityNames.Check(definition.Key);
        return (await CommitAsync([definition], allowReplace: false, cancellationToken))[0];
    }

    /// <summary>Makes or replaces many entities in one commit, then starts Things; a replaced one keeps its id.</summary>
    public Task<IReadOnlyList<Entity>> ImportAsync(IReadOnlyList<EntityDefinition> definitions, CancellationToken cancellationToken)
    {
        foreach (var definition in definitions)
            EntityNames.Check(definition.Key);
        return CommitAsync(definitions, allowReplace: true, cancellationToken);
    }

    /// <summary>Changes a definition. The edit may run while others wait: it must be quick and must not call back.</summary>
    /// <exception cref="PlatformException">NotFound where the entity is gone.</exception>
    public async Task<Entity> UpdateAsync(EntityKey key, Func<EntityDefinition, EntityDefinition> edit, CancellationToken cancellationToken)
    {
        Entity entity;
        EntityDefinition before, after;
        Task commit;
        lock (_editing)
        {
            entity = Find(key) ?? throw Errors.NoSuchEntity(key);
            before = entity.Definition;
            after = edit(before);
            if (ReferenceEquals(before, after))
                return entity;
            after = after with { LastModified = Now };
            Apply(entity, after);
            commit = storage.Model.CommitAsync(new([Record(entity)], []), cancellationToken);
        }

        var change = new EntityChange(entity, before, after);
        try
        {
            await commit;
        }
        catch
        {
            lock (_editing)
            {
                if (ReferenceEquals(entity.Definition, after))
                    Apply(entity, before);
            }

            throw;
        }

        await FinishAsync(change, cancellationToken);
        return entity;
    }

    /// <summary>Deletes an entity.</summary>
    /// <exception cref="PlatformException">NotFound; Forbidden for entities of the platform itself.</exception>
    public async Task DeleteAsync(EntityKey key, CancellationToken cancellationToken)
    {
        Entity entity;
        Task commit;
        lock (_editing)
        {
            entity = Find(key) ?? throw Errors.NoSuchEntity(key);
            if (entity.Definition.IsSystemObject)
                throw new PlatformException(ErrorCode.Forbidden, $"{key.Kind.Singular()} [{key.Name}] is part of the platform and cannot be deleted.");
            _entities.TryRemove(key, out _);
            commit = storage.Model.CommitAsync(new([], [entity.Definition.Id]), cancellationToken);
        }

        var change = new EntityChange(entity, entity.Definition, null);
        try
        {
            await commit;
        }
        catch
        {
            _entities.TryAdd(key, entity);
            throw;
        }

        Changing?.Invoke(change);
        await FinishAsync(change, cancellationToken);
    }

    /// <summary>Reads everything from disk and adds what the platform itself brings; nothing is started yet.</summary>
    internal async Task LoadAsync(IEnumerable<EntityDefinition> platform, CancellationToken cancellationToken)
    {
        var values = (await storage.Model.LoadPropertiesAsync(cancellationToken)).ToLookup(record => record.ThingId);
        foreach (var record in await storage.Model.LoadEntitiesAsync(cancellationToken))
        {
            var definition = EntityDocuments.Read(record.Kind, record.Document);
            Add(definition, values[definition.Id], record.Version);
        }

        var missing = platform.Where(definition => !_entities.ContainsKey(definition.Key)).ToList();
        if (missing.Count > 0)
            await CommitAsync(missing, allowReplace: false, cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<Entity>> CommitAsync(IReadOnlyList<EntityDefinition> definitions, bool allowReplace, CancellationToken cancellationToken)
    {
        var changes = new List<EntityChange>();
        Task commit;
        lock (_editing)
        {
            if (!allowReplace && definitions.FirstOrDefault(d => Find(d.Key) is not null) is { } taken)
                throw Errors.Exists(taken.Key);
            foreach (var definition in definitions)
            {
                var existing = Find(definition.Key);
                var complete = definition with
                {
                    Id = existing?.Definition.Id ?? Guid.NewGuid(),
                    IsSystemObject = existing?.Definition.IsSystemObject ?? definition.IsSystemObject,
                    LastModified = Now,
                };
                if (existing is null)
                {
                    changes.Add(new(Add(complete, [], 0), null, complete));
                }
                else
                {
                    var before = existing.Definition;
                    Apply(existing, complete);
                    changes.Add(new(existing, before, complete));
                }
            }

            commit = storage.Model.CommitAsync(new([.. changes.Select(change => Record(change.Entity))], []), cancellationToken);
        }

        try
        {
            await commit;
        }
        catch
        {
            Undo(changes);
            throw;
        }

        foreach (var change in changes)
            await FinishAsync(change, cancellationToken);
        return [.. changes.Select(change => change.Entity)];
    }

    private void Undo(List<EntityChange> changes)
    {
        lock (_editing)
        {
            foreach (var change in changes)
            {
                if (change.Before is null)
                    _entities.TryRemove(change.Entity.Key, out _);
                else if (ReferenceEquals(change.Entity.Definition, change.After))
                    Apply(change.Entity, change.Before);
            }
        }
    }

    private Entity Add(EntityDefinition definition, IEnumerable<PropertyRecord> values, long version)
    {
        var shape = Catalogue.ShapeOf(definition);
        var entity = definition is ThingDefinition thing
            ? new Thing(thing, shape, sheets.Make(values))
            : new Entity(definition, shape);
        entity.Version = version;
        _entities[definition.Key] = entity;
        Changing?.Invoke(new(entity, null, definition));
        return entity;
    }

    private void Apply(Entity entity, EntityDefinition definition)
    {
        var before = entity.Definition;
        entity.Apply(definition, Catalogue.ShapeOf(definition));
        entity.Version++;
        Changing?.Invoke(new(entity, before, definition));
    }

    private async Task FinishAsync(EntityChange change, CancellationToken cancellationToken)
    {
        if (change.Entity is Thing thing)
            await LifeCycle(thing, change, cancellationToken);
        Changed?.Invoke(change);
    }

    private static EntityRecord Record(Entity entity) => new(
        entity.Key.Kind, entity.Name, entity.Definition.Id, EntityDocuments.Write(entity.Definition), entity.Version, entity.Definition.LastModified);
}
