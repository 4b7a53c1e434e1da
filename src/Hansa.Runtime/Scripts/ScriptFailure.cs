using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>The texts of scripts' failures: the service and line where it happened first, then those that called it.</summary>
internal static class ScriptFailure
{
    private const string Callers = "hansa.callers";
    private const string SourceLine = "hansa.line";
    private const int MaxCallers = 3;

    /// <summary>A script failed.</summary>
    public static PlatformException At(string service, int line, string reason, Exception? cause = null) =>
        Mark(new(ErrorCode.ScriptFailed, $"Service [{service}] failed{Line(line)}: {reason}", cause), 0);

    /// <summary>A source cannot be run.</summary>
    public static PlatformException Source(string service, int line, string reason) =>
        new(ErrorCode.BadRequest, $"Service [{service}]{Line(line)}: {reason}") { Data = { [SourceLine] = line } };

    /// <summary>The line of a source that cannot be run, 0 where none is to blame; null for any other failure.</summary>
    public static int? LineOf(PlatformException failure) => failure.Data[SourceLine] as int?;

    /// <summary>A script was refused something, or called a service that failed, and did not catch it. The code stays.</summary>
    public static PlatformException Called(PlatformException inner, string service, int line)
    {
        if (inner.Data[Callers] is not int callers)
            return Mark(new(inner.Code, $"Service [{service}] failed{Line(line)}: {inner.Message}", inner), 0);
        var more = callers < MaxCallers ? $"; called by [{service}]{Line(line)}" : callers == MaxCallers ? "; …" : "";
        return Mark(new(inner.Code, inner.Message + more, inner), callers + 1);
    }

    private static string Line(int line) => line > 0 ? $" at line {line}" : "";

    private static PlatformException Mark(PlatformException e, int callers)
    {
        e.Data[Callers] = callers;
        return e;
    }
}
