using System.Text.Json;

namespace Hansa.Model;

/// <summary>TAGS as the wire writes them, <c>Vocabulary:Term;Vocabulary:Term</c>, and as JSON does.</summary>
public static class TagText
{
    /// <summary>The vocabulary and term of each tag.</summary>
    public static IEnumerable<(string Vocabulary, string Term)> Split(string? tags)
    {
        foreach (var tag in (tags ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = tag.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && colon < tag.Length - 1)
                yield return (tag[..colon], tag[(colon + 1)..]);
        }
    }

    /// <summary>The canonical text: trimmed, each tag once. Null where a part is no <c>Vocabulary:Term</c>.</summary>
    public static string? Normalize(string tags)
    {
        var parts = tags.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var good = Split(tags).Select(tag => $"{tag.Vocabulary}:{tag.Term}").ToList();
        return good.Count == parts.Length ? string.Join(';', good.Distinct(StringComparer.Ordinal)) : null;
    }

    /// <summary>Whether each wanted tag is among those that are there.</summary>
    public static bool ContainsAll(string? tags, string? wanted)
    {
        var have = Split(tags).ToHashSet();
        return Split(wanted).All(have.Contains);
    }

    /// <summary>Tags from an array of <c>{vocabulary, vocabularyTerm}</c> or of texts; an empty one is null.</summary>
    public static Value? FromJson(JsonElement array)
    {
        if (array.ValueKind != JsonValueKind.Array)
            return null;
        var tags = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String)
                tags.Add(item.GetString()!);
            else if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("vocabulary", out var vocabulary)
                && item.TryGetProperty("vocabularyTerm", out var term)
                && vocabulary.ValueKind == JsonValueKind.String && term.ValueKind == JsonValueKind.String)
                tags.Add($"{vocabulary.GetString()}:{term.GetString()}");
            else
                return null;
        }

        return Normalize(string.Join(';', tags)) is not { } text ? null : text.Length == 0 ? Value.Null : Value.Text(text, BaseType.TAGS);
    }
}
