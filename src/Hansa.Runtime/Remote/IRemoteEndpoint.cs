using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Knows the other end of remote Things: an edge device or a federated server. Implemented by the federation.</summary>
public interface IRemoteEndpoints
{
    /// <summary>The other end of that Thing, null where none is bound now.</summary>
    IRemoteEndpoint? Find(Thing thing);

    /// <summary>Why nothing is bound, as a sentence for the caller.</summary>
    string WhyUnbound(Thing thing);
}

/// <summary>The other end of one remote Thing.</summary>
public interface IRemoteEndpoint
{
    /// <summary>Runs a service there.</summary>
    /// <returns>What it answered: a table itself, a scalar as one row with field <c>result</c>, null for nothing.</returns>
    /// <exception cref="PlatformException">
    /// The other end refused or failed (its own code, or BadGateway); Unavailable where the link went down before the call was sent;
    /// Timeout where no answer came and it may or may not have happened.
    /// </exception>
    ValueTask<InfoTable?> InvokeAsync(RemoteCall call, CancellationToken cancellationToken);
}

/// <summary>A call of a remote Thing's service, checked and complete on this side.</summary>
/// <param name="Thing">The proxy on this server.</param>
/// <param name="Service">The service's name on the other end.</param>
/// <param name="Parameters">One row, a field for each parameter.</param>
/// <param name="Kind">Whether it must keep its order, must not be repeated, or changes nothing.</param>
public sealed record RemoteCall(Thing Thing, string Service, InfoTable? Parameters, CallKind Kind)
{
    /// <summary>Which entries carry a time that was assigned here.</summary>
    public AssignedTimes Assigned { get; init; } = AssignedTimes.None;

    /// <summary>Where the call has been before it came here.</summary>
    public CallPath Path { get; init; } = CallPath.Empty;

    /// <summary>Who asked for it here.</summary>
    public string Caller { get; init; } = "";
}
