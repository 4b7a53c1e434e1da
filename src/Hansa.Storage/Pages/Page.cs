using Hansa.Model;

namespace Hansa.Storage;

/// <summary>What a row of a wiki or blog is. The names are those of the column <c>type</c>.</summary>
public enum PageKind
{
    /// <summary>A page of a wiki.</summary>
    WikiPage,

    /// <summary>An entry of a blog.</summary>
    BlogEntry,

    /// <summary>A comment on a page or entry.</summary>
    Comment,
}

/// <summary>A page, an entry or a comment to add.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
public sealed record NewPage(PageKind Kind, long Timestamp)
{
    /// <summary>For a comment the page or entry that it is on.</summary>
    public long? Entry { get; init; }

    /// <summary>The page above it, or the comment that it answers; null for none.</summary>
    public long? Parent { get; init; }

    /// <summary>The title; null for none, or to keep the old one.</summary>
    public string? Title { get; init; }

    /// <summary>HTML as it was sent; null for none, or to keep the old one.</summary>
    public string? Content { get; init; }

    /// <summary>Who it is from; null for nobody, or to keep the old one.</summary>
    public string? Source { get; init; }

    /// <summary>What the source is; null for nothing, or to keep the old one.</summary>
    public string? SourceType { get; init; }

    /// <summary>Data tags; null for none, or to keep the old ones.</summary>
    public string? Tags { get; init; }

    /// <summary>Where; null for nowhere, or to keep the old place.</summary>
    public Location? Location { get; init; }
}

/// <summary>What to change of a page, an entry or a comment; null keeps what there is.</summary>
/// <param name="Time">When it is changed; milliseconds since 1970.</param>
public sealed record PageChange(long Time)
{
    /// <summary>The new timestamp.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Whether the page gets another parent.</summary>
    public bool IsMoved { get; init; }

    /// <summary>For a page that is moved its new parent, null for none.</summary>
    public long? Parent { get; init; }

    /// <summary>The new title.</summary>
    public string? Title { get; init; }

    /// <summary>The new content.</summary>
    public string? Content { get; init; }

    /// <summary>The new source.</summary>
    public string? Source { get; init; }

    /// <summary>The new source type.</summary>
    public string? SourceType { get; init; }

    /// <summary>The new tags.</summary>
    public string? Tags { get; init; }

    /// <summary>The new place.</summary>
    public Location? Location { get; init; }

    /// <summary>Whether it stays at the top.</summary>
    public bool? IsSticky { get; init; }
}
