using System.Text;
using System.Text.RegularExpressions;

namespace Hansa.Model;

/// <summary>A LIKE pattern or regular expression, compiled once; a match that takes over a second is refused.</summary>
public sealed class TextPattern
{
    // A character above U+FFFF takes two UTF-16 units.
    private const string OneCharacter = "(?:[\\ud800-\\udbff][\\udc00-\\udfff]|.)";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;
    private readonly string _source;

    private TextPattern(string expression, string source, RegexOptions options)
    {
        _source = source;
        try
        {
            _regex = new(expression, options | RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"'{source}' is no regular expression: {e.Message}", e);
        }
    }

    /// <summary><c>%</c> and <c>*</c> stand for any text, <c>?</c> for one character, a backslash takes the next literally.</summary>
    public static TextPattern Like(string pattern, bool isCaseSensitive)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
                expression.Append(Regex.Escape(pattern[++i].ToString()));
            else
                expression.Append(c switch { '%' or '*' => ".*", '?' => OneCharacter, _ => Regex.Escape(c.ToString()) });
        }

        // Without backtracking a pattern of many stars stays linear.
        return new(expression.Append("\\z").ToString(), pattern, Options(isCaseSensitive) | RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    /// <summary>A regular expression that must match somewhere in the text.</summary>
    public static TextPattern Expression(string expression, bool isCaseSensitive) => new(expression, expression, Options(isCaseSensitive));

    /// <summary>Whether the text fits.</summary>
    /// <exception cref="PlatformException">The expression took longer than a second.</exception>
    public bool IsMatch(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The expression '{_source}' takes more than {Limit.TotalSeconds} s on one text.", e);
        }
    }

    private static RegexOptions Options(bool isCaseSensitive) => isCaseSensitive ? RegexOptions.None : RegexOptions.IgnoreCase;
}
