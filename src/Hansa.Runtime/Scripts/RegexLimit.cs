using System.Text.RegularExpressions;

namespace Hansa.Runtime.Scripts;

/// <summary>
/// The time one regular expression may take anywhere in this process. .NET reads it once, before the first expression is made,
/// so <see cref="Apply"/> is the first thing that a process with scripts does.
/// </summary>
public static class RegexLimit
{
    /// <summary>The limit: 1 s.</summary>
    public static TimeSpan Value { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Sets the limit for the process.</summary>
    /// <exception cref="InvalidOperationException">A regular expression was made before, so the limit comes too late.</exception>
    public static void Apply()
    {
        AppDomain.CurrentDomain.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Value);
        if (!IsApplied)
            throw new InvalidOperationException("RegexLimit.Apply() comes too late: a regular expression was made before it.");
    }

    internal static bool IsApplied => new Regex("x", RegexOptions.None).MatchTimeout == Value;
}
