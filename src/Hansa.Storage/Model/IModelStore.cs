using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Keeps the model: entity documents and values of persistent properties.</summary>
public interface IModelStore
{
    /// <summary>All entities, read once at start.</summary>
    Task<IReadOnlyList<EntityRecord>> LoadEntitiesAsync(CancellationToken cancellationToken);

    /// <summary>All values of persistent properties, read once at start.</summary>
    Task<IReadOnlyList<PropertyRecord>> LoadPropertiesAsync(CancellationToken cancellationToken);

    /// <summary>Puts and deletes entities in one commit. Deleting an entity deletes its property values.</summary>
    Task CommitAsync(ModelChange change, CancellationToken cancellationToken);

    /// <summary>Puts property values in one commit.</summary>
    Task PutPropertiesAsync(IReadOnlyList<PropertyRecord> values, CancellationToken cancellationToken);
}

/// <summary>One entity as it is kept.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name, unique within the kind, case counts.</param>
/// <param name="Id">From creation to deletion.</param>
/// <param name="Document">Canonical JSON.</param>
/// <param name="Version">Counts its edits.</param>
/// <param name="Modified">Milliseconds since 1970.</param>
public sealed record EntityRecord(EntityKind Kind, string Name, Guid Id, string Document, long Version, long Modified);

/// <summary>One property's value as it is kept.</summary>
public sealed record PropertyRecord(Guid ThingId, string Property, Vtq Value);

/// <summary>Changes of the model that are committed together.</summary>
public sealed record ModelChange(IReadOnlyList<EntityRecord> Puts, IReadOnlyList<Guid> Deletes);
