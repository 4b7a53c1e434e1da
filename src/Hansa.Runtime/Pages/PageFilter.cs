using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What queries and searches of wikis and blogs select by.</summary>
/// <param name="Source">The exact source.</param>
/// <param name="SourceTags">Sources as <see cref="SourceNames"/>.</param>
/// <param name="Tags">Tags that must all be there.</param>
/// <param name="Start">First instant, inclusive.</param>
/// <param name="End">Last instant, inclusive.</param>
internal sealed record PageFilter(string? Source, string? SourceTags, string? Tags, DateTimeOffset? Start, DateTimeOffset? End)
{
    public PageQuery Apply(PageQuery query) => query with
    {
        Sources = Sources(),
        Tags = string.IsNullOrEmpty(Tags) ? null : Tags,
        Start = Start?.ToUnixTimeMilliseconds(),
        End = End?.ToUnixTimeMilliseconds(),
    };

    private IReadOnlyList<string>? Sources() => (SourceNames.Read(SourceTags), Source) switch
    {
        (var tagged, null or "") => tagged,
        (null, var one) => [one],
        var (tagged, one) => tagged.Contains(one) ? [one] : [],
    };
}
