using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What happened to an entity. For a deletion <see cref="After"/> is null, for a creation <see cref="Before"/>.</summary>
public readonly record struct EntityChange(Entity Entity, EntityDefinition? Before, EntityDefinition? After)
{
    /// <summary>The kind of the entity.</summary>
    public EntityKind Kind => Entity.Key.Kind;

    /// <summary>What it could do before; null for a creation. Where definitions are the same, what it inherits has changed.</summary>
    public EntityShape? ShapeBefore { get; init; }

    /// <summary>What it can do now; null for a deletion.</summary>
    public EntityShape? ShapeAfter { get; init; }
}

/// <summary>
/// All entities of the server. An edit is seen by readers at once and answered when it is on disk; if it cannot be written
/// it is taken back and the caller is told.
/// </summary>
/// <remarks>Cancelling gives up the wait, not the edit: what is queued may reach the disk, and memory must say the same.</remarks>
public sealed class EntityDirectory(IStorage storage, PropertySheetFactory sheets, TimeProvider time)
{
    private readonly ConcurrentDictionary<EntityKey, Entity> _entities = new();
    private readonly Lock _editing = new();

    // Names that are free again once their deletion is on disk.
    private readonly HashSet<EntityKey> _leaving = [];

    // Edits that could not be written, with what they were made of: a later one may have to be taken back beyond them.
    private readonly ConditionalWeakTable<EntityDefinition, EntityDefinition> _refused = [];

    /// <summary>Told of each change after it is durable. Handlers must be quick and must not throw.</summary>
    public event Action<EntityChange>? Changed;

    /// <summary>Told of each change as soon as readers see it: for caches that must never be behind, such as rights.</summary>
    public event Action<EntityChange>? Changing;

    /// <summary>What entities are made from, as things stand now. Its parts know the directory, so it is put in when all are made.</summary>
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
        return (await PutAsync([definition], allowReplace: false, cancellationToken))[0];
    }

    /// <summary>Makes or replaces many entities in one commit, then starts Things; a replaced one keeps its id.</summary>
    /// <exception cref="PlatformException">BadRequest for a name that is none, or is there twice; what a Thing fails with when it starts.</exception>
    public Task<IReadOnlyList<Entity>> ImportAsync(IReadOnlyList<EntityDefinition> definitions, CancellationToken cancellationToken)
    {
        foreach (var definition in definitions)
            EntityNames.Check(definition.Key);
        return definitions.CountBy(definition => definition.Key).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice
            ? throw Errors.Bad($"{twice.Key.Kind.Singular()} [{twice.Key.Name}] is there {twice.Value} times.")
            : PutAsync(definitions, allowReplace: true, cancellationToken);
    }

    /// <summary>Changes a definition. The edit may run while others wait: it must be quick and must not call back.</summary>
    /// <exception cref="PlatformException">NotFound where the entity is gone.</exception>
    public async Task<Entity> UpdateAsync(EntityKey key, Func<EntityDefinition, EntityDefinition> edit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Step> steps;
        Task commit;
        lock (_editing)
        {
            var entity = Find(key) ?? throw Errors.NoSuchEntity(key);
            var after = edit(entity.Definition);
            if (ReferenceEquals(entity.Definition, after))
                return entity;
            var catalogue = Catalogue.With([after]);
            var step = Edit(catalogue, entity, after);
            steps = [step, .. Heirs(catalogue, [step])];
            commit = Begin(catalogue, steps);
        }

        await EndAsync(steps, commit).WaitAsync(cancellationToken);
        return steps[0].Entity;
    }

    /// <summary>Deletes an entity. With a user, group or organization goes all that names it, so that the next of that name inherits nothing.</summary>
    /// <exception cref="PlatformException">NotFound; Forbidden for entities of the platform itself.</exception>
    public async Task DeleteAsync(EntityKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Step> steps;
        Task commit;
        lock (_editing)
        {
            var entity = Find(key) ?? throw Errors.NoSuchEntity(key);
            if (entity.Definition.IsSystemObject)
                throw new PlatformException(ErrorCode.Forbidden, $"{key.Kind.Singular()} [{key.Name}] is part of the platform and cannot be deleted.");
            if (key.Kind is EntityKind.ThingTemplates or EntityKind.ThingShapes && Heritage.FirstHeir(this, key) is { } heir)
                throw new PlatformException(ErrorCode.Conflict, $"{key.Kind.Singular()} [{key.Name}] is used by {heir.Kind.Singular()} [{heir.Name}]; delete or change that first.");
            var catalogue = Catalogue.With([], [key]);
            steps = [new(entity, entity.Definition, null, entity.Shape, null, null), .. WithoutMention(key)];
            commit = Begin(catalogue, steps);
        }

        await EndAsync(steps, commit).WaitAsync(cancellationToken);
    }

    /// <summary>Reads everything from disk and adds what the platform itself brings; nothing is started yet.</summary>
    internal async Task LoadAsync(IEnumerable<EntityDefinition> platform, CancellationToken cancellationToken)
    {
        var all = platform.ToList();
        var descent = all.OfType<ThingTemplateDefinition>().ToDictionary(template => template.Name, template => template.BaseThingTemplate, StringComparer.Ordinal);
        var values = (await storage.Model.LoadPropertiesAsync(cancellationToken)).ToLookup(record => record.ThingId);
        var records = await storage.Model.LoadEntitiesAsync(cancellationToken);
        var definitions = new EntityDefinition[records.Count];
        Parallel.For(0, records.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => definitions[i] = EntityDocuments.Read(records[i].Kind, records[i].Document));
        for (var i = 0; i < definitions.Length; i++)
        {
            if (definitions[i] is ThingTemplateDefinition { IsSystemObject: true } template)
                definitions[i] = template with { BaseThingTemplate = descent.GetValueOrDefault(template.Name, "") };
        }

        Catalogue = Catalogue.With(definitions);
        for (var i = 0; i < definitions.Length; i++)
        {
            var entity = Make(definitions[i], Catalogue.ShapeOf(definitions[i]), values[definitions[i].Id]);
            entity.Version = records[i].Version;
            _entities[entity.Key] = entity;
            Changing?.Invoke(new(entity, null, definitions[i]) { ShapeAfter = entity.Shape });
        }

        var missing = all.Where(definition => !_entities.ContainsKey(definition.Key)).ToList();
        if (missing.Count > 0)
            await PutAsync(missing, allowReplace: false, cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<IReadOnlyList<Entity>> PutAsync(IReadOnlyList<EntityDefinition> definitions, bool allowReplace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<Step> steps;
        Task commit;
        lock (_editing)
        {
            if (definitions.FirstOrDefault(d => _leaving.Contains(d.Key) || (!allowReplace && Find(d.Key) is not null)) is { } taken)
                throw Errors.Exists(taken.Key);
            // All steps are worked out before the first is seen: one that fails leaves nothing behind.
            var catalogue = Catalogue.With(definitions);
            steps = [.. definitions.Select(definition => Find(definition.Key) is { } existing ? Edit(catalogue, existing, definition) : Creation(catalogue, definition))];
            steps.AddRange(Heirs(catalogue, steps));
            commit = Begin(catalogue, steps);
        }

        await EndAsync(steps, commit).WaitAsync(cancellationToken);
        return [.. steps.Take(definitions.Count).Select(step => step.Entity)];
    }

    private Step Creation(Catalogue catalogue, EntityDefinition definition)
    {
        var complete = definition with { Id = Guid.NewGuid(), LastModified = Now };
        var shape = catalogue.ShapeOf(complete);
        return new(Make(complete, shape, []), null, complete, null, shape, Record(complete, 0));
    }

    private Step Edit(Catalogue catalogue, Entity entity, EntityDefinition definition)
    {
        var before = entity.Definition;
        var after = definition with { Id = before.Id, IsSystemObject = before.IsSystemObject, LastModified = Now };
        return new(entity, before, after, entity.Shape, catalogue.ShapeOf(after), Record(after, entity.Version + 1));
    }

    // Things whose own definition stays, and whose shape does not.
    private IEnumerable<Step> Heirs(Catalogue catalogue, List<Step> steps)
    {
        if (ReferenceEquals(catalogue, Catalogue))
            yield break;
        var edited = steps.Select(step => step.Entity).ToHashSet();
        foreach (var thing in Things.Where(thing => !edited.Contains(thing) && Heritage.Differs(thing.Definition, Catalogue, catalogue)))
            yield return new(thing, thing.Definition, thing.Definition, thing.Shape, catalogue.ShapeOf(thing.Definition), null);
    }

    private IEnumerable<Step> WithoutMention(EntityKey gone)
    {
        if (gone.Kind is not (EntityKind.Users or EntityKind.Groups or EntityKind.Organizations))
            yield break;
        foreach (var entity in _entities.Values)
        {
            if (gone.Kind == EntityKind.Users && entity.Definition is ApplicationKeyDefinition key && key.UserName == gone.Name)
                yield return new(entity, key, null, entity.Shape, null, null);
            else if (entity.Key != gone && Mentions.Without(entity.Definition, gone) is { } after && !ReferenceEquals(after, entity.Definition))
                yield return Edit(Catalogue, entity, after);
        }
    }

    // Shows the steps to readers and queues their commit; the lock is held.
    private Task Begin(Catalogue catalogue, IReadOnlyList<Step> steps)
    {
        Catalogue = catalogue;
        foreach (var step in steps)
        {
            if (step.After is null)
            {
                _entities.TryRemove(step.Entity.Key, out _);
                _leaving.Add(step.Entity.Key);
            }
            else if (step.Before is null)
            {
                _entities[step.Entity.Key] = step.Entity;
            }
            else
            {
                Apply(step.Entity, step.After, step.ShapeAfter!, isEdit: !step.IsHeir);
            }

            Changing?.Invoke(step.Change);
        }

        return CommitAsync(new([.. steps.Select(step => step.Record).OfType<EntityRecord>()], [.. steps.Where(step => step.After is null).Select(step => step.Before!.Id)]));
    }

    private async Task CommitAsync(ModelChange change) => await storage.Model.CommitAsync(change, CancellationToken.None);

    private async Task EndAsync(IReadOnlyList<Step> steps, Task commit)
    {
        try
        {
            await commit;
        }
        catch
        {
            lock (_editing)
            {
                TakeBack(steps);
            }

            throw;
        }
        finally
        {
            lock (_editing)
                _leaving.ExceptWith(steps.Where(step => step.After is null).Select(step => step.Entity.Key));
        }

        await FinishAsync(steps);
    }

    private void TakeBack(IReadOnlyList<Step> steps)
    {
        var refused = steps.Reverse().Where(step => step.Before is null || step.After is null || IsLatest(step)).ToList();
        Catalogue = Catalogue.With(
            refused.Where(step => step.Before is not null && !step.IsHeir).Select(step => Kept(step.Before!)), refused.Where(step => step.Before is null).Select(step => step.Entity.Key));
        foreach (var step in refused)
            TakeBack(step);
    }

    private void TakeBack(Step step)
    {
        if (step.Before is null)
        {
            _entities.TryRemove(step.Entity.Key, out _);
            Changing?.Invoke(new(step.Entity, step.Entity.Definition, null) { ShapeBefore = step.ShapeAfter });
        }
        else if (step.After is null)
        {
            _entities[step.Entity.Key] = step.Entity;
            Changing?.Invoke(new(step.Entity, null, step.Before) { ShapeAfter = step.ShapeBefore });
        }
        else
        {
            var kept = Kept(step.Before);
            Apply(step.Entity, kept, Catalogue.ShapeOf(kept), isEdit: !step.IsHeir);
            Changing?.Invoke(new(step.Entity, step.After, kept) { ShapeBefore = step.ShapeAfter, ShapeAfter = step.Entity.Shape });
        }
    }

    private bool IsLatest(Step step)
    {
        if (!step.IsHeir)
            _refused.Add(step.After!, step.Before!);
        return ReferenceEquals(step.Entity.Definition, step.After) && ReferenceEquals(Find(step.Entity.Key), step.Entity);
    }

    private EntityDefinition Kept(EntityDefinition before)
    {
        while (_refused.TryGetValue(before, out var earlier))
            before = earlier;
        return before;
    }

    // What is on disk is told to everybody, whatever one Thing's start comes to.
    private async Task FinishAsync(IReadOnlyList<Step> steps)
    {
        var failures = new List<(string Name, Exception Reason)>();
        foreach (var step in steps)
        {
            try
            {
                if (step.Entity is Thing thing)
                {
                    await ForgetValuesAsync(step);
                    await LifeCycle(thing, step.Change, CancellationToken.None);
                }
            }
            catch (Exception e)
            {
                failures.Add((step.Entity.Name, e));
            }

            Changed?.Invoke(step.Change);
        }

        if (failures is [var only])
            ExceptionDispatchInfo.Throw(only.Reason);
        if (failures.Count > 1)
        {
            throw new PlatformException(ErrorCode.Internal,
                $"Everything was saved; these Things did not start:\n{string.Join('\n', failures.Select(failure => $"[{failure.Name}]: {failure.Reason.Message}"))}");
        }
    }

    // A property of that name that is made later must not begin with the value of the one that is gone.
    private async Task ForgetValuesAsync(Step step)
    {
        if (step is not { ShapeBefore: { } before, ShapeAfter: { } after } || ReferenceEquals(before.Properties, after.Properties))
            return;
        var gone = before.Properties.Where(property => property.IsPersistent && after.FindProperty(property.Name) is not { IsPersistent: true }).Select(property => property.Name).ToList();
        if (gone.Count > 0)
            await storage.Model.PutPropertiesAsync([.. gone.Select(name => new PropertyRecord(step.After!.Id, name, new(Value.Null, 0, Vtq.Unknown)))], CancellationToken.None);
    }

    private Entity Make(EntityDefinition definition, EntityShape shape, IEnumerable<PropertyRecord> values) =>
        definition is ThingDefinition thing ? new Thing(thing, shape, sheets.Make(values), [.. values.Where(AlertState.IsOne)]) : new Entity(definition, shape);

    private static void Apply(Entity entity, EntityDefinition definition, EntityShape shape, bool isEdit)
    {
        entity.Apply(definition, shape);
        if (isEdit)
            entity.Version++;
    }

    private static EntityRecord Record(EntityDefinition definition, long version) =>
        new(definition.Kind, definition.Name, definition.Id, EntityDocuments.Write(definition), version, definition.LastModified);

    /// <summary>One entity's part of an edit, worked out before anybody sees it. An heir's definition is the same before and after.</summary>
    private sealed record Step(Entity Entity, EntityDefinition? Before, EntityDefinition? After, EntityShape? ShapeBefore, EntityShape? ShapeAfter, EntityRecord? Record)
    {
        public bool IsHeir => Record is null && After is not null;

        public EntityChange Change => new(Entity, Before, After) { ShapeBefore = ShapeBefore, ShapeAfter = ShapeAfter };
    }
}
