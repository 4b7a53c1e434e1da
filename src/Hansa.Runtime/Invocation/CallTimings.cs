using System.Globalization;
using System.Text;

namespace Hansa.Runtime;

/// <summary>A part of a call's time.</summary>
public enum CallPart
{
    /// <summary>Rights and arguments on this server; all of it where the call goes through no link.</summary>
    Before,

    /// <summary>Waiting for a place on the link.</summary>
    Turn,

    /// <summary>From sending until the answer is read, with what the other server needs.</summary>
    Link,

    /// <summary>Making the answer on this server.</summary>
    After,
}

/// <summary>Where a call failed.</summary>
public enum CallHop
{
    /// <summary>On this server.</summary>
    Here,

    /// <summary>Between the servers.</summary>
    Link,

    /// <summary>On the other server.</summary>
    There,
}

/// <summary>Where the time of one call goes, for a caller who asked to know. A call that is tried again counts all its tries.</summary>
public sealed class CallTimings(TimeProvider time)
{
    private readonly TimeSpan[] _parts = new TimeSpan[Enum.GetValues<CallPart>().Length];
    private long _since = time.GetTimestamp();

    /// <summary>The other server; null where the call went through none.</summary>
    public string? Server { get; set; }

    /// <summary>What the other server says that it needed; null where it says nothing.</summary>
    public TimeSpan? There { get; set; }

    /// <summary>Where it failed; null where it did not.</summary>
    public CallHop? Failed { get; set; }

    /// <summary>A part has ended; the next one begins.</summary>
    public void End(CallPart part)
    {
        var now = time.GetTimestamp();
        _parts[(int)part] += time.GetElapsedTime(_since, now);
        _since = now;
    }

    /// <summary>As the HTTP header Server-Timing tells it, durations in milliseconds: <c>before;dur=0.6, turn;dur=0, link;dur=18.5;desc="ServerB", there;dur=15.2, after;dur=0.9</c>.</summary>
    public string ToServerTiming()
    {
        var text = new StringBuilder();
        Append("before", _parts[(int)CallPart.Before], null);
        if (Server is not null)
        {
            Append("turn", _parts[(int)CallPart.Turn], null);
            Append("link", _parts[(int)CallPart.Link], Server);
            if (There is { } there)
                Append("there", there, null);
            Append("after", _parts[(int)CallPart.After], null);
        }

        if (Failed is { } hop)
            text.Append(CultureInfo.InvariantCulture, $", failed;desc=\"{hop.ToString().ToLowerInvariant()}\"");
        return text.ToString();

        void Append(string name, TimeSpan duration, string? description)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{name};dur={duration.TotalMilliseconds:0.###}");
            if (description is not null)
                text.Append(";desc=\"").Append(string.Concat(description.Where(char.IsAscii)).Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)).Append('"');
        }
    }

    /// <summary>How long a server says in an answer that it needed: <c>took=15.2</c> in milliseconds. Null where the text says something else.</summary>
    public static TimeSpan? ParseTook(string? text) =>
        text?.StartsWith(TookPrefix, StringComparison.Ordinal) == true
        && double.TryParse(text.AsSpan(TookPrefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < TimeSpan.FromDays(1).TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds) : null;

    /// <summary>What <see cref="ParseTook"/> reads.</summary>
    public static string Took(TimeSpan took) => string.Create(CultureInfo.InvariantCulture, $"{TookPrefix}{took.TotalMilliseconds:0.###}");

    private const string TookPrefix = "took=";
}
