using System.Text;

namespace Hansa.Storage;

/// <summary>Words that callers search for, in the words of SQLite's full-text engine. Nothing in them is an operator of that engine.</summary>
/// <remarks>
/// Words with spaces between must all be there, in any order and case, accents aside. <c>wor*</c> stands for words that begin so;
/// words in double quotes must stand together. No words ask for nothing.
/// </remarks>
public static class TextSearch
{
    /// <summary>The expression for the engine; null where nothing is asked for.</summary>
    public static string? ToMatch(string? expression)
    {
        var match = new StringBuilder();
        foreach (var (text, isPrefix) in Parts(expression ?? ""))
        {
            if (!text.Any(char.IsLetterOrDigit))
                continue;
            match.Append(match.Length == 0 ? "" : " AND ").Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            if (isPrefix)
                match.Append(" *");
        }

        return match.Length == 0 ? null : match.ToString();
    }

    private static IEnumerable<(string Text, bool IsPrefix)> Parts(string expression)
    {
        for (var i = 0; i < expression.Length; i++)
        {
            if (char.IsWhiteSpace(expression[i]))
                continue;
            var isPhrase = expression[i] == '"';
            var end = isPhrase ? expression.IndexOf('"', i + 1) : i;
            if (!isPhrase)
            {
                while (end < expression.Length && !char.IsWhiteSpace(expression[end]) && expression[end] != '"')
                    end++;
            }

            end = end < 0 ? expression.Length : end;
            var text = expression[(isPhrase ? i + 1 : i)..end];
            var isPrefix = !isPhrase && text.EndsWith('*');
            yield return (text.TrimEnd('*').Replace('\0', ' '), isPrefix);
            i = isPhrase ? end : end - 1;
        }
    }
}
