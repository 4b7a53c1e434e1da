using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>The words for levels that users know.</summary>
internal static class LogLevels
{
    /// <summary>The level of a log for which none was set.</summary>
    public const LogLevel Default = LogLevel.Information;

    // From the least to the gravest; what is FATAL elsewhere is an ERROR.
    private static readonly (string Word, LogLevel Level)[] Words =
    [
        ("TRACE", LogLevel.Trace), ("DEBUG", LogLevel.Debug), ("INFO", LogLevel.Information), ("WARN", LogLevel.Warning), ("ERROR", LogLevel.Error), ("OFF", LogLevel.None),
    ];

    public static string Word(LogLevel level) => level == LogLevel.Critical ? "ERROR" : Array.Find(Words, word => word.Level == level).Word;

    /// <summary>Reads a level, in whatever case.</summary>
    /// <exception cref="PlatformException">BadRequest, with the levels that there are.</exception>
    public static LogLevel Parse(string word)
    {
        var found = Array.FindIndex(Words, known => known.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        return found >= 0 ? Words[found].Level : throw Errors.Bad($"'{word}' is no level of a log; there are {string.Join(", ", Words.Select(known => known.Word))}.");
    }

    /// <summary>The words of all levels of a span that lines can have.</summary>
    public static IEnumerable<string> Between(LogLevel from, LogLevel to) =>
        Words.Where(word => word.Level >= from && word.Level <= to && word.Level != LogLevel.None).Select(word => word.Word);
}
