namespace Hansa.Runtime.Scripts;

/// <summary>Counts brackets before any parser sees a source: parsers recurse, and a full stack ends the process.</summary>
internal static class SourceNesting
{
    /// <summary>The line of the first bracket that is nested deeper than the limit, 0 where there is none.</summary>
    /// <remarks>
    /// Texts and comments are passed over. A regular expression is not told from a division, so a quote in one may hide what
    /// follows it on its line: the parser's own limits stand behind this count.
    /// </remarks>
    public static int FindDeeper(ReadOnlySpan<char> source, int limit)
    {
        var depth = 0;
        var line = 1;
        for (var i = 0; i < source.Length; i++)
        {
            switch (source[i])
            {
                case '\n':
                    line++;
                    break;
                case '(' or '[' or '{':
                    if (++depth > limit)
                        return line;
                    break;
                case ')' or ']' or '}':
                    depth = Math.Max(0, depth - 1);
                    break;
                case '"' or '\'':
                    i = SkipText(source, i);
                    break;
                case '/' when i + 1 < source.Length && source[i + 1] == '/':
                    var rest = source[i..].IndexOf('\n');
                    i = rest < 0 ? source.Length : i + rest - 1;
                    break;
                case '/' when i + 1 < source.Length && source[i + 1] == '*':
                    var end = source[(i + 2)..].IndexOf("*/");
                    end = end < 0 ? source.Length : i + 2 + end + 2;
                    line += source[i..end].Count('\n');
                    i = end - 1;
                    break;
            }
        }

        return 0;
    }

    // Gives the place of the closing quote, or the last one of the line: texts do not span lines.
    private static int SkipText(ReadOnlySpan<char> source, int start)
    {
        for (var i = start + 1; i < source.Length; i++)
        {
            if (source[i] == '\\')
                i++;
            else if (source[i] == source[start])
                return i;
            else if (source[i] == '\n')
                return i - 1;
        }

        return source.Length;
    }
}
