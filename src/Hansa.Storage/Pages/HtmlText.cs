using System.Collections.Frozen;
using System.Net;
using System.Text;

namespace Hansa.Storage;

/// <summary>The words of an HTML text, for the full-text index: without tags, comments, scripts and styles, entities resolved.</summary>
/// <remarks>One pass, whatever the text: what is no well-formed tag is text.</remarks>
public static class HtmlText
{
    // Tags that may stand within a word; all others part words.
    private static readonly FrozenSet<string> Inline = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr");

    private static readonly FrozenSet<string> Silent = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "script", "style");

    /// <summary>The text that a reader would see, with blanks between what stands apart.</summary>
    public static string Of(string html)
    {
        if (!html.Contains('<', StringComparison.Ordinal))
            return WebUtility.HtmlDecode(html);
        var text = new StringBuilder(html.Length);
        var at = 0;
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            if (open < 0)
                break;
            text.Append(html, at, open - at);
            at = Skip(html, open, text);
        }

        return WebUtility.HtmlDecode(text.Append(html, at, html.Length - at).ToString());
    }

    // Goes behind the tag that begins here.
    private static int Skip(string html, int open, StringBuilder text)
    {
        if (At(html, open, "<!--"))
        {
            text.Append(' ');
            return Behind(html, open + 4, "-->");
        }

        var start = open + 1 < html.Length && html[open + 1] == '/' ? open + 2 : open + 1;
        if (start >= html.Length || !(char.IsAsciiLetter(html[start]) || html[start] is '!' or '?'))
        {
            text.Append('<');
            return open + 1;
        }

        var end = start;
        while (end < html.Length && (char.IsAsciiLetterOrDigit(html[end]) || html[end] == '-'))
            end++;
        var name = html[start..end];
        if (!Inline.Contains(name))
            text.Append(' ');
        var close = Close(html, end);
        return start == open + 1 && Silent.Contains(name) ? EndOf(html, close, name) : close;
    }

    // Behind the '>' that ends the tag; one within quotes does not.
    private static int Close(string html, int at)
    {
        var quote = '\0';
        for (; at < html.Length; at++)
        {
            var sign = html[at];
            if (quote != '\0')
                quote = sign == quote ? '\0' : quote;
            else if (sign is '"' or '\'')
                quote = sign;
            else if (sign == '>')
                return at + 1;
        }

        return html.Length;
    }

    private static int EndOf(string html, int at, string name)
    {
        var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html.Length : Close(html, end);
    }

    private static int Behind(string html, int at, string what)
    {
        var found = html.IndexOf(what, Math.Min(at, html.Length), StringComparison.Ordinal);
        return found < 0 ? html.Length : found + what.Length;
    }

    private static bool At(string html, int at, string what) => string.CompareOrdinal(html, at, what, 0, what.Length) == 0;
}
