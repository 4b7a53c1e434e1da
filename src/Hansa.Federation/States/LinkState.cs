namespace Hansa.Federation;

/// <summary>How a link stands, from good to bad (design federation 9).</summary>
internal enum LinkState
{
    /// <summary>What is sent is stored there: the newest proof was asked for less than 3 s ago, and nothing that waits is older than 1 s.</summary>
    Live,

    /// <summary>The same, and something waits longer.</summary>
    Delayed,

    /// <summary>Bytes arrive, and nothing has been stored there for 3 s.</summary>
    Stale,

    /// <summary>No pipe, or not one byte for 5 s.</summary>
    Down,

    /// <summary>The other server says no, which only a person can change.</summary>
    Refused,
}

/// <summary>What the other server is to this one.</summary>
internal enum LinkRole
{
    /// <summary>It publishes Things to this server: calls go there.</summary>
    Publisher,

    /// <summary>This server publishes Things to it: changes go there.</summary>
    Subscriber,
}

/// <summary>One change of a link's state.</summary>
/// <param name="Time">When, milliseconds since 1970.</param>
/// <param name="State">What it became.</param>
/// <param name="Reason">Why; "" where it is well.</param>
internal sealed record LinkChange(long Time, LinkState State, string Reason);

/// <summary>What a link looks like from one of its ends, before time is asked.</summary>
/// <param name="Connections">Pipes that are up.</param>
/// <param name="WhyDown">Why there is none, where there is none.</param>
/// <param name="IsRefused">Whether it is the other end that does not want it.</param>
/// <param name="Refusal">What the other end refuses of the data, "" for nothing: a Thing's lane waits for a person.</param>
/// <param name="Oldest">When the oldest of what waits was taken, milliseconds since 1970; 0 where nothing waits.</param>
internal readonly record struct LinkSight(IReadOnlyList<Hansa.AlwaysOn.AlwaysOnConnection> Connections, string WhyDown, bool IsRefused, string Refusal, long Oldest);
