using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Names of sources in a parameter of tags: what tags of sources become where no query can carry them to the server that has the data.</summary>
/// <remarks>Each name is a tag of vocabulary <c>=</c>, percent-encoded, as a name may hold what parts tags.</remarks>
internal static class SourceNames
{
    private const string Vocabulary = "=";

    // No encoded name is a lone percent sign.
    private const string Nobody = "%";

    /// <summary>The tags that stand for these names; also for none.</summary>
    public static string Write(IEnumerable<string> names) =>
        string.Join(';', names.Select(Uri.EscapeDataString).DefaultIfEmpty(Nobody).Select(name => $"{Vocabulary}:{name}"));

    /// <summary>The names, null where these are tags of another kind.</summary>
    public static IReadOnlyList<string>? Read(string? tags)
    {
        var names = new List<string>();
        var isAny = false;
        foreach (var (vocabulary, term) in TagText.Split(tags))
        {
            if (vocabulary != Vocabulary)
                return null;
            isAny = true;
            if (term != Nobody)
                names.Add(Uri.UnescapeDataString(term));
        }

        return isAny ? names : null;
    }
}
