using System.Collections.Frozen;

namespace Hansa.Model;

/// <summary>The kinds of entities; the number is the wire's entity type (spec alwayson 4.6), where it has one.</summary>
public enum EntityKind : byte
{
    None = 0,
    Things = 10,
    ThingShapes = 11,
    ThingTemplates = 12,
    ThingPackages = 13,
    Networks = 14,
    DataShapes = 15,
    ModelTags = 20,
    DataTags = 21,
    Mashups = 30,
    Widgets = 31,
    StyleDefinitions = 32,
    StateDefinitions = 33,
    Menus = 34,
    MediaEntities = 35,
    LocalizationTables = 36,
    Dashboards = 39,
    Logs = 40,
    Users = 50,
    Groups = 51,
    Organizations = 52,
    ApplicationKeys = 53,
    DirectoryServices = 54,
    Resources = 60,
    ScriptFunctionLibraries = 61,
    ExtensionPackages = 70,
    Subsystems = 80,
    Projects = 200,
    PersistenceProviders = 201,
    PersistenceProviderPackages = 202,

    /// <summary>What is said of all entities of a kind: an entity <c>Things</c> holds the permissions of the collection. It has no address of its own.</summary>
    Collections = 250,
}

/// <summary>Names of entity kinds: the collection (as REST writes it) and the singular (as permissions and searches do).</summary>
public static class EntityKinds
{
    private static readonly FrozenDictionary<string, EntityKind> Collections =
        Enum.GetValues<EntityKind>().Where(kind => kind is not (EntityKind.None or EntityKind.Collections)).ToFrozenDictionary(kind => kind.ToString(), StringComparer.Ordinal);

    /// <summary>All kinds that hold entities.</summary>
    public static IEnumerable<EntityKind> All => Collections.Values.Order();

    /// <summary>The kind of a REST collection, case counts; false for any other word.</summary>
    public static bool TryParseCollection(string name, out EntityKind kind) => Collections.TryGetValue(name, out kind);

    /// <summary>"Thing" for Things, "MediaEntity" for MediaEntities, "Data Shape"-like words without a space.</summary>
    public static string Singular(this EntityKind kind) => kind switch
    {
        EntityKind.MediaEntities => "MediaEntity",
        EntityKind.ScriptFunctionLibraries => "ScriptFunctionLibrary",
        _ => kind.ToString().TrimEnd('s'),
    };
}

/// <summary>The address of one entity. Names are ordinal: case counts.</summary>
public readonly record struct EntityKey(EntityKind Kind, string Name)
{
    /// <summary>The key of a Thing.</summary>
    public static EntityKey Thing(string name) => new(EntityKind.Things, name);

    /// <summary>As in an address: <c>Things/Pump</c>.</summary>
    public override string ToString() => $"{Kind}/{Name}";
}
