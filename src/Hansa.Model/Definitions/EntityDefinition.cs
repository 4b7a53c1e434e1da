using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>Who may do what; a principal is a user or a group (or, for visibility, an organization or unit <c>Org:Unit</c>).</summary>
public sealed record PermissionEntry(Permission Permission, string Resource, string Principal, PrincipalKind PrincipalKind, bool IsAllowed);

/// <summary>What a principal is.</summary>
public enum PrincipalKind
{
    User,
    Group,
    Organization,
    OrganizationalUnit,
}

/// <summary>What an author saved of an entity. Immutable: each edit makes a new one.</summary>
public abstract record EntityDefinition(EntityKind Kind, string Name)
{
    /// <summary>Stays the same from creation to deletion; a re-created entity of the same name has another.</summary>
    public Guid Id { get; init; }

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Model tags, <c>Vocabulary:Term;…</c>.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The project it belongs to, "" for none.</summary>
    public string ProjectName { get; init; } = "";

    /// <summary>Longer text for people.</summary>
    public string DocumentationContent { get; init; } = "";

    /// <summary>The mashup to show, kept for export only.</summary>
    public string HomeMashup { get; init; } = "";

    /// <summary>Its picture, null for none.</summary>
    public byte[]? Avatar { get; init; }

    /// <summary>Who made it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When it was last changed, milliseconds since 1970.</summary>
    public long LastModified { get; init; }

    /// <summary>Whether the platform itself brings it; such an entity cannot be deleted.</summary>
    public bool IsSystemObject { get; init; }

    /// <summary>Visibility, design-time and run-time permissions, in the order they were given.</summary>
    public ImmutableArray<PermissionEntry> Permissions { get; init; } = [];

    /// <summary>Configuration tables by name.</summary>
    public ImmutableSortedDictionary<string, InfoTable> ConfigurationTables { get; init; } =
        ImmutableSortedDictionary.Create<string, InfoTable>(StringComparer.Ordinal);

    /// <summary>Its address.</summary>
    public EntityKey Key => new(Kind, Name);
}

/// <summary>A Data Shape.</summary>
public sealed record DataShapeDefinition(string Name) : EntityDefinition(EntityKind.DataShapes, Name)
{
    /// <summary>The Data Shape whose fields come first, "" for none.</summary>
    public string BaseDataShape { get; init; } = "";

    /// <summary>Fields of its own, in order of their ordinals.</summary>
    public ImmutableArray<FieldDefinition> Fields { get; init; } = [];
}

/// <summary>A user.</summary>
public sealed record UserDefinition(string Name) : EntityDefinition(EntityKind.Users, Name)
{
    /// <summary>The password's hash in the hasher's own versioned format; null where no password lets in.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Whether the user may sign in.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether sign-in is barred for now.</summary>
    public bool IsLocked { get; init; }
}

/// <summary>A member of a group or of an organizational unit.</summary>
public readonly record struct Member(string Name, PrincipalKind Kind);

/// <summary>A group of users and groups.</summary>
public sealed record GroupDefinition(string Name) : EntityDefinition(EntityKind.Groups, Name)
{
    /// <summary>Users and groups.</summary>
    public ImmutableArray<Member> Members { get; init; } = [];
}

/// <summary>A node of an organization.</summary>
public sealed record OrganizationalUnit(string Name, string Description, string Parent, ImmutableArray<Member> Members);

/// <summary>A tree of units; visibility is granted to organizations or units. The root unit has parent "".</summary>
public sealed record OrganizationDefinition(string Name) : EntityDefinition(EntityKind.Organizations, Name)
{
    /// <summary>The units.</summary>
    public ImmutableArray<OrganizationalUnit> Units { get; init; } = [];
}

/// <summary>An application key: lets in as its user until it expires.</summary>
public sealed record ApplicationKeyDefinition(string Name) : EntityDefinition(EntityKind.ApplicationKeys, Name)
{
    /// <summary>The user that requests with this key run as.</summary>
    public string UserName { get; init; } = "";

    /// <summary>When it ends, milliseconds since 1970.</summary>
    public long ExpirationDate { get; init; }

    /// <summary>Addresses that may use it, comma separated; "" for any.</summary>
    public string IpWhitelist { get; init; } = "";

    /// <summary>Free text, not evaluated.</summary>
    public string ClientName { get; init; } = "";

    /// <summary>SHA-256 of the key, lower-case hex.</summary>
    public string KeyHash { get; init; } = "";

    /// <summary>The key itself, protected, until it was shown once; else null.</summary>
    public string? ProtectedKey { get; init; }

    /// <summary>When the key was made, milliseconds since 1970; it can be shown for a day.</summary>
    public long KeyMade { get; init; }
}

/// <summary>An entity that has nothing of its own beyond the common part: subsystems, resources, logs.</summary>
public sealed record PlainDefinition(EntityKind Kind, string Name) : EntityDefinition(Kind, Name);
