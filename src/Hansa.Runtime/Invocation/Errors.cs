using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Refusals that many places make, worded once.</summary>
internal static class Errors
{
    // The same words whether it is hidden or not there: a caller must not learn which.
    public static PlatformException NoSuchEntity(EntityKey key) =>
        new(ErrorCode.NotFound, $"{key.Kind.Singular()} [{key.Name}] does not exist, or you may not see it.");

    public static PlatformException NoSuchService(string service, EntityKey key) =>
        new(ErrorCode.NotFound, $"Service [{service}] does not exist on {key.Kind.Singular()} [{key.Name}].");

    public static PlatformException NoSuchProperty(string property, EntityKey key) =>
        new(ErrorCode.NotFound, $"Property [{property}] does not exist on {key.Kind.Singular()} [{key.Name}].");

    public static PlatformException NotRunning(Entity entity) =>
        new(ErrorCode.Unavailable, $"Thing [{entity.Key.Name}] is not running.");

    public static PlatformException Exists(EntityKey key) =>
        new(ErrorCode.Conflict, $"{key.Kind.Singular()} [{key.Name}] exists already.");

    public static PlatformException Bad(string message) => new(ErrorCode.BadRequest, message);
}
