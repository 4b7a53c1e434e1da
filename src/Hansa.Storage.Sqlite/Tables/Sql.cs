namespace Hansa.Storage.Sqlite;

/// <summary>Pieces of SQL text.</summary>
internal static class Sql
{
    /// <summary>A name in double quotes. Control characters, which no tool would show, become spaces.</summary>
    public static string Quote(string name)
    {
        var shown = string.Create(name.Length, name, static (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(text[i]) ? ' ' : text[i];
        });
        return $"\"{shown.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A text as a literal.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>So many question marks with commas between.</summary>
    public static string Parameters(int count) => string.Join(',', Enumerable.Repeat('?', count));

    /// <summary>Joins conditions by AND or OR as a balanced tree: SQLite bounds the depth of an expression, not its width.</summary>
    public static string Join(ReadOnlySpan<string> conditions, string word) => conditions.Length switch
    {
        0 => word == "AND" ? "1" : "0",
        1 => conditions[0],
        var n => $"({Join(conditions[..(n / 2)], word)} {word} {Join(conditions[(n / 2)..], word)})",
    };
}
