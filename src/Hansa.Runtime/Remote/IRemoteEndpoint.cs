using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Knows the other end of remote Things: an edge device or a federated server. Implemented by the federation.</summary>
public interface IRemoteEndpoints
{
    /// <summary>The other end of that Thing, null where none is bound now.</summary>
    IRemoteEndpoint? Find(Thing thing);

    /// <summary>Why nothing is bound, as a sentence for the caller.</summary>
    string WhyUnbound(Thing thing);

    /// <summary>Names that are bound and that no Thing has.</summary>
    IEnumerable<BoundName> WithoutThing { get; }

    /// <summary>The oldest of the writes to that Thing that wait on this server, with their ids and when they were taken, milliseconds since 1970.</summary>
    Task<IReadOnlyList<(string Id, RemoteCall Write, long Accepted)>> WaitingAsync(Thing thing, int maxItems, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<(string, RemoteCall, long)>>([]);

    /// <summary>The other end of that Thing.</summary>
    /// <exception cref="PlatformException">Unavailable, with the reason.</exception>
    IRemoteEndpoint Get(Thing thing) => Find(thing) ?? throw new PlatformException(ErrorCode.Unavailable, WhyUnbound(thing));
}

/// <summary>A name that a device or server has bound.</summary>
/// <param name="Name">The name; of an identifier without its <c>*</c>.</param>
/// <param name="IsIdentifier">Whether it is an identifier.</param>
public readonly record struct BoundName(string Name, bool IsIdentifier)
{
    /// <summary>Reads a name as it was bound.</summary>
    public static BoundName Parse(string bound) => bound.StartsWith('*') ? new(bound[1..], IsIdentifier: true) : new(bound, IsIdentifier: false);
}

/// <summary>The other end of one remote Thing.</summary>
public interface IRemoteEndpoint
{
    /// <summary>Whether it pushes the value of a property also after a write from here. A device does not: what it has taken stands.</summary>
    bool TellsChanges { get; }

    /// <summary>Runs a service there, reads or writes properties there.</summary>
    /// <returns>What it answered: a table itself, a scalar as one row with field <c>result</c>, property values as one row, null for nothing.</returns>
    /// <exception cref="PlatformException">
    /// The other end refused or failed (its own code, or BadGateway); Unavailable where the link went down before the call was sent;
    /// Timeout where no answer came and it may or may not have happened.
    /// </exception>
    ValueTask<InfoTable?> InvokeAsync(RemoteCall call, CancellationToken cancellationToken);
}

/// <summary>What a call to the other end is about.</summary>
public enum RemoteSubject
{
    /// <summary>Run a service.</summary>
    Service,

    /// <summary>Read a property.</summary>
    PropertyRead,

    /// <summary>Write properties.</summary>
    PropertyWrite,
}

/// <summary>A call to the other end of a remote Thing, checked and complete on this side.</summary>
/// <param name="Thing">The proxy on this server.</param>
/// <param name="Name">The service's or property's name on the other end; <c>*</c> for several properties.</param>
/// <param name="Parameters">One row, a field for each parameter or property.</param>
/// <param name="Kind">Whether it must keep its order, must not be repeated, or changes nothing.</param>
public sealed record RemoteCall(Thing Thing, string Name, InfoTable? Parameters, CallKind Kind)
{
    /// <summary>Service or property.</summary>
    public RemoteSubject Subject { get; init; }

    /// <summary>How long it may take; zero for the server's own limit.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Whether it may be taken on this server's disk and made later: a write whose result nobody needs.</summary>
    public bool MayWait { get; init; }

    /// <summary>Which entries carry a time that was assigned here.</summary>
    public AssignedTimes Assigned { get; init; } = AssignedTimes.None;

    /// <summary>Where the call has been before it came here.</summary>
    public CallPath Path { get; init; } = CallPath.Empty;

    /// <summary>Takes down whether it waits on this server; null where nobody is told.</summary>
    public DeliveryNote? Delivery { get; init; }

    /// <summary>Takes down where the time goes; null where nobody asked.</summary>
    public CallTimings? Timings { get; init; }

    /// <summary>Who asked for it here.</summary>
    public string Caller { get; init; } = "";
}
