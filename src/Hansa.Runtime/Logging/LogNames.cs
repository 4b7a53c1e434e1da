using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>The logs of a server and what goes into which (spec platform 7.8).</summary>
public static class LogNames
{
    /// <summary>What the platform does.</summary>
    public const string Application = "ApplicationLog";

    /// <summary>Links, devices and requests.</summary>
    public const string Communication = "CommunicationLog";

    /// <summary>Changes of entities.</summary>
    public const string Configuration = "ConfigurationLog";

    /// <summary>What is kept on disk.</summary>
    public const string Database = "DatabaseLog";

    /// <summary>What scripts write by <c>logger</c>.</summary>
    public const string Script = "ScriptLog";

    /// <summary>Sign-ins and permissions.</summary>
    public const string Security = "SecurityLog";

    /// <summary>All logs, with what they are.</summary>
    public static IReadOnlyList<(string Name, string Description)> All { get; } =
    [
        (Application, "What the platform does."),
        (Communication, "Links to other servers, devices, requests."),
        (Configuration, "Entities that were made, changed and deleted."),
        (Database, "What is kept on disk."),
        (Script, "What scripts write by logger."),
        (Security, "Sign-ins and permissions."),
    ];

    // The first that a category begins with decides. What is not of Hansa speaks from its warnings on.
    private static readonly (string Prefix, string Log, LogLevel Floor)[] Categories =
    [
        (Script, Script, LogLevel.Trace),
        (Security, Security, LogLevel.Trace),
        (Configuration, Configuration, LogLevel.Trace),
        ("Hansa.AlwaysOn", Communication, LogLevel.Trace),
        ("Hansa.Federation", Communication, LogLevel.Trace),
        ("Hansa.Web", Communication, LogLevel.Trace),
        ("Hansa.Storage", Database, LogLevel.Trace),
        ("Hansa", Application, LogLevel.Trace),
        ("Microsoft.AspNetCore", Communication, LogLevel.Warning),
        ("", Application, LogLevel.Warning),
    ];

    /// <summary>The log that a logger's category belongs to, and the level below which it is never kept.</summary>
    public static (string Log, LogLevel Floor) Of(string category)
    {
        var (_, log, floor) = Array.Find(Categories, entry => category.StartsWith(entry.Prefix, StringComparison.Ordinal));
        return (log, floor);
    }
}
