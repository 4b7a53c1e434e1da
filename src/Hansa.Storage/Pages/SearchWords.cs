using System.Globalization;
using System.Text;

namespace Hansa.Storage;

/// <summary>What a search looks for: words that must all be there, each as it stands, or as a beginning where it ends with <c>*</c>.</summary>
public sealed class SearchWords
{
    private SearchWords(IReadOnlyList<SearchWord> words) => Words = words;

    /// <summary>The words in order.</summary>
    public IReadOnlyList<SearchWord> Words { get; }

    /// <summary>Reads what a user typed: words with blanks between. Nothing in it is syntax but a <c>*</c> at a word's end.</summary>
    /// <returns>Null where it holds no letter and no digit.</returns>
    public static SearchWords? Parse(string expression)
    {
        var words = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => new SearchWord(word.TrimEnd('*'), word.EndsWith('*')))
            .Where(word => word.Text.EnumerateRunes().Any(IsIndexed)).ToList();
        return words.Count == 0 ? null : new(words);
    }

    private static bool IsIndexed(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
}

/// <summary>One word of a search.</summary>
/// <param name="Text">The word; signs in it part it into words that must follow one another.</param>
/// <param name="IsPrefix">Whether words that begin so are meant, too.</param>
public readonly record struct SearchWord(string Text, bool IsPrefix);
