using System.Collections.Immutable;
using System.Globalization;
using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Calls of remote Things as requests on a pipe, and what their answers mean.</summary>
internal sealed class LinkRequests(ServerIdentity identity)
{
    /// <summary>Where a call has been once it leaves this server.</summary>
    /// <exception cref="PlatformException">It goes in a circle, or too far.</exception>
    public CallPath PathOf(RemoteCall call) => call.Path.Through(identity.Name, call.Thing.Name, call.Name);

    /// <summary>The request of a call.</summary>
    /// <param name="binding">Where it goes.</param>
    /// <param name="call">The call.</param>
    /// <param name="path">Where it has been.</param>
    /// <param name="left">How long it may still take.</param>
    /// <param name="place">Its place in its lane, where the other end keeps a ledger.</param>
    public RequestMessage Make(Binding binding, RemoteCall call, CallPath path, TimeSpan left, LaneHeader? place = null)
    {
        var (method, characteristic) = call.Subject switch
        {
            RemoteSubject.PropertyRead => (Method.Get, Characteristic.Properties),
            RemoteSubject.PropertyWrite => (Method.Put, Characteristic.Properties),
            _ => (Method.Post, Characteristic.Services),
        };
        var request = new RequestMessage(method, EntityKind.Things, binding.Name, characteristic, call.Name, call.Parameters)
        {
            Lane = call.Kind == CallKind.KeptWrite ? call.Thing.Name : null,
        };
        if (!binding.Owner.IsLink)
            return request;
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(6);
        headers.Add(new(LinkHeaders.Deadline, ((long)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
        headers.Add(new(LinkHeaders.Path, path.ToHeader()!));
        headers.Add(new(LinkHeaders.Caller, call.Caller));
        if (call.Timings is not null)
            headers.Add(new(LinkHeaders.Timing, "1"));
        if (call.Assigned.ToHeader() is { } assigned)
            headers.Add(new(LinkHeaders.Assigned, assigned));
        if (place is { } at)
            headers.Add(new(LinkHeaders.Lane, at.ToString()));
        return request with { Headers = headers.ToImmutable() };
    }

    /// <summary>The pipe that is best for the next call.</summary>
    /// <exception cref="ConnectionLostException">No pipe is left.</exception>
    public static ServerSession LeastBusy(Binding binding)
    {
        var sessions = binding.Sessions;
        if (sessions.IsEmpty)
            throw new ConnectionLostException("No pipe is left.", sent: false);
        // A device that has come back counts by its newest connection; the pipes of a server share the work.
        if (!binding.Owner.IsLink)
            return sessions[^1];
        var best = sessions[0];
        foreach (var session in sessions)
        {
            if (session.Window.Calls < best.Window.Calls)
                best = session;
        }

        return best;
    }

    /// <summary>What the caller is told of an answer that is no success.</summary>
    public static PlatformException Failure(Binding binding, ResponseMessage answer)
    {
        // It is not this caller whom the other end does not know.
        var code = answer.Status == Status.Unauthorized ? ErrorCode.BadGateway : ErrorCodes.FromWire((byte)answer.Status);
        return new(code, $"[{binding.Owner.Name}] answered: {answer.FailureText ?? answer.Status.ToString()}");
    }
}
