using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>The other end of one Thing, as it is bound now.</summary>
internal sealed class RemoteEndpoint(RemoteCaller caller, LaneBook lanes, Binding binding) : IRemoteEndpoint
{
    public bool TellsChanges => binding.Owner.IsLink;

    public ValueTask<InfoTable?> InvokeAsync(RemoteCall call, CancellationToken cancellationToken) =>
        call.Kind == CallKind.KeptWrite && lanes.Find(binding) is { } lane ? lane.WriteAsync(call, cancellationToken) : caller.InvokeAsync(binding, call, cancellationToken);
}

/// <summary>The other end of a Thing that was bound before and is away: what may wait is taken.</summary>
internal sealed class AbsentEndpoint(Lane lane, Func<string> why) : IRemoteEndpoint
{
    public bool TellsChanges => true;

    public ValueTask<InfoTable?> InvokeAsync(RemoteCall call, CancellationToken cancellationToken) =>
        call.MayWait ? lane.WriteAsync(call, cancellationToken) : throw new PlatformException(ErrorCode.Unavailable, why());
}
