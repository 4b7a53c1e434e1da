using Hansa.Model;

namespace Hansa.Web;

/// <summary>What an address names: <c>Collection[/Entity[/Characteristics[/Name]]]</c> (spec platform 5.1).</summary>
internal readonly record struct RestAddress(EntityKind Kind, string Entity, string Characteristics, string Name)
{
    public EntityKey Key => new(Kind, Entity);

    /// <summary>Reads the path below <c>/Thingworx/</c>; null where its first part is no collection.</summary>
    public static RestAddress? Parse(string path)
    {
        var parts = path.Trim('/').Split('/', 5);
        return parts.Length <= 4 && EntityKinds.TryParseCollection(parts[0], out var kind)
            ? new(kind, Part(1), Part(2), Part(3))
            : null;

        string Part(int index) => index < parts.Length ? parts[index] : "";
    }
}
