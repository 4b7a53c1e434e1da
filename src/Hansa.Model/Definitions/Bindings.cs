namespace Hansa.Model;

/// <summary>A property whose value is that of a property of another Thing on this server (spec platform 3.3).</summary>
/// <param name="Property">The bound property.</param>
/// <param name="SourceThing">The Thing that has the value.</param>
/// <param name="SourceProperty">Its property.</param>
public sealed record LocalPropertyBinding(string Property, string SourceThing, string SourceProperty);

/// <summary>A property whose value is that of a property of the remote end (spec platform 1.8).</summary>
/// <param name="Property">The bound property.</param>
/// <param name="SourceName">Its name on the remote end; "" for the same name (spec alwayson 5.2).</param>
public sealed record RemotePropertyBinding(string Property, string SourceName)
{
    /// <summary>When the remote end pushes: ALWAYS, VALUE, DEADBAND, ON, OFF, NEVER.</summary>
    public string PushType { get; init; } = "VALUE";

    /// <summary>For VALUE and DEADBAND of numbers: only a change that is larger counts.</summary>
    public double PushThreshold { get; init; }

    /// <summary>How long a value may be shown without being read anew, in milliseconds: 0 for ever, −1 never.</summary>
    public int CacheTime { get; init; }

    /// <summary>Whether only the newest of several waiting values is pushed (FOLD).</summary>
    public bool IsFolded { get; init; }

    /// <summary>How long a read or write may take; zero for the server's own limit.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether the value is read when the remote end is bound (startType <c>readEdgeValue</c>); else the default stands until one is pushed.</summary>
    public bool ReadsAtStart { get; init; }

    /// <summary>The name on the remote end.</summary>
    public string RemoteName => SourceName.Length == 0 ? Property : SourceName;
}

/// <summary>A service that the remote end answers.</summary>
/// <param name="Service">The bound service.</param>
/// <param name="SourceName">Its name on the remote end; "" for the same name.</param>
public sealed record RemoteServiceBinding(string Service, string SourceName)
{
    /// <summary>How long a call may take; zero for the server's own limit.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>The name on the remote end.</summary>
    public string RemoteName => SourceName.Length == 0 ? Service : SourceName;
}

/// <summary>An event that the remote end fires.</summary>
/// <param name="Event">The bound event.</param>
/// <param name="SourceName">Its name on the remote end; "" for the same name.</param>
public sealed record RemoteEventBinding(string Event, string SourceName)
{
    /// <summary>The name on the remote end.</summary>
    public string RemoteName => SourceName.Length == 0 ? Event : SourceName;
}
