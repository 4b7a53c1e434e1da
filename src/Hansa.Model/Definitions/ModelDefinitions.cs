using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>One edge of a network: from the nearer to the farther Thing. The root stands with From "".</summary>
public sealed record NetworkConnection(string From, string To, string ConnectionType);

/// <summary>A tree of Things (spec platform 3.6).</summary>
public sealed record NetworkDefinition(string Name) : EntityDefinition(EntityKind.Networks, Name)
{
    /// <summary>Its edges; each Thing is reached by one.</summary>
    public ImmutableArray<NetworkConnection> Connections { get; init; } = [];
}

/// <summary>A vocabulary of model tags or data tags (spec platform 3.6).</summary>
public sealed record VocabularyDefinition(EntityKind Kind, string Name) : EntityDefinition(Kind, Name)
{
    /// <summary>Whether terms come into being by being used.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Its terms, in the order they were added.</summary>
    public ImmutableArray<VocabularyTerm> Terms { get; init; } = [];
}

/// <summary>A term of a vocabulary.</summary>
public sealed record VocabularyTerm(string Name, string Description);

/// <summary>A project: entities name it as theirs.</summary>
public sealed record ProjectDefinition(string Name) : EntityDefinition(EntityKind.Projects, Name)
{
    /// <summary>Projects that it needs.</summary>
    public ImmutableArray<string> DependsOn { get; init; } = [];

    /// <summary>Its version, as its author writes it.</summary>
    public string PackageVersion { get; init; } = "1.0.0";
}
