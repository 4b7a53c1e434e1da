using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Sends calls of remote Things to their other end.</summary>
internal sealed class RemoteCaller(LinkRequests requests, FederationOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Order> _orders = new(StringComparer.Ordinal);

    /// <summary>Sends a call and waits for its answer.</summary>
    public async ValueTask<InfoTable?> InvokeAsync(Binding binding, RemoteCall call, CancellationToken cancellationToken)
    {
        var path = requests.PathOf(call);
        var order = _orders.GetOrAdd(call.Thing.Name, _ => new(options.ServicesPerThing));
        var timeout = call.Timeout > TimeSpan.Zero ? call.Timeout : options.RequestTimeout;
        if (call.Timings is { } timings)
        {
            timings.Server = binding.Owner.Name;
            timings.End(CallPart.Before);
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await SendAsync(binding, order, call, path, new(time.GetTimestamp(), timeout), either.Token, cancellationToken);
            if (call.Timings is not null)
                (call.Timings.There, call.Timings.Failed) = (CallTimings.ParseTook(answer.Reason), answer.IsSuccess ? null : CallHop.There);
            return answer.IsSuccess ? answer.Content : throw LinkRequests.Failure(binding, answer);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PlatformException(ErrorCode.Unavailable, $"The link to [{binding.Owner.Name}] is busy; the call was not sent within {timeout.TotalSeconds:0.#} s.", e);
        }
    }

    // The limit ends the wait for a turn only: once a call may have been sent, the connection says how it ended.
    private async ValueTask<ResponseMessage> SendAsync(
        Binding binding, Order order, RemoteCall call, CallPath path, Deadline deadline, CancellationToken waiting, CancellationToken cancellationToken)
    {
        var size = TableSize.Of(call.Parameters);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return call.Kind == CallKind.KeptWrite
                    ? await SendInOrderAsync(binding, order, call, path, size, deadline, waiting, cancellationToken)
                    : await SendBesideAsync(binding, order, call, path, size, deadline, waiting, cancellationToken);
            }
            catch (ConnectionLostException e) when (attempt < 3 && (!e.Sent || call.Kind == CallKind.Read) && !binding.Sessions.IsEmpty)
            {
                // It was surely not acted on, or changes nothing: another pipe may carry it.
            }
            catch (ConnectionLostException e)
            {
                throw e.Sent && call.Kind != CallKind.Read
                    ? new PlatformException(ErrorCode.Timeout, $"The link to [{binding.Owner.Name}] broke; whether [{call.Name}] was done there is not known.", e)
                    : new PlatformException(ErrorCode.Unavailable, $"The link to [{binding.Owner.Name}] is down; nothing was done.", e);
            }
            catch (WireFormatException e)
            {
                throw new PlatformException(ErrorCode.BadGateway, $"What [{binding.Owner.Name}] answered cannot be read; whether [{call.Name}] was done there is not known.", e);
            }
            catch (RequestTimeoutException e)
            {
                throw e.Sent
                    ? new PlatformException(ErrorCode.Timeout,
                        $"[{binding.Owner.Name}] did not answer within {deadline.Timeout.TotalSeconds:0.#} s; whether [{call.Name}] was done there is not known.", e)
                    : new PlatformException(ErrorCode.Unavailable,
                        $"The link to [{binding.Owner.Name}] is busy; the call was not sent within {deadline.Timeout.TotalSeconds:0.#} s; nothing was done.", e);
            }
        }
    }

    // Kept writes of one Thing take their turn, and keep to one pipe while any of them is under way, so that they arrive in order.
    private async ValueTask<ResponseMessage> SendInOrderAsync(
        Binding binding, Order order, RemoteCall call, CallPath path, int size, Deadline deadline,
        CancellationToken waiting, CancellationToken cancellationToken)
    {
        ValueTask<ResponseMessage> answer;
        PipeWindow.Place place;
        await order.Turn.WaitAsync(waiting);
        try
        {
            var pipe = order.Enter(binding);
            try
            {
                place = await pipe.Window.EnterAsync(size, path.Count > 1, waiting);
            }
            catch
            {
                order.Leave();
                throw;
            }

            call.Timings?.End(CallPart.Turn);
            answer = pipe.Connection.SendAsync(requests.Make(binding, call, path, Left(deadline)), Left(deadline), cancellationToken);
        }
        finally
        {
            order.Turn.Release();
        }

        using (place)
        {
            try
            {
                return await answer;
            }
            finally
            {
                call.Timings?.End(CallPart.Link);
                order.Leave();
            }
        }
    }

    private async ValueTask<ResponseMessage> SendBesideAsync(
        Binding binding, Order order, RemoteCall call, CallPath path, int size, Deadline deadline,
        CancellationToken waiting, CancellationToken cancellationToken)
    {
        if (call.Kind == CallKind.Service)
            await order.Services.WaitAsync(waiting);
        try
        {
            var pipe = LinkRequests.LeastBusy(binding);
            using var place = await pipe.Window.EnterAsync(size, path.Count > 1, waiting);
            call.Timings?.End(CallPart.Turn);
            return await pipe.Connection.SendAsync(requests.Make(binding, call, path, Left(deadline)), Left(deadline), cancellationToken);
        }
        finally
        {
            call.Timings?.End(CallPart.Link);
            if (call.Kind == CallKind.Service)
                order.Services.Release();
        }
    }

    private TimeSpan Left(Deadline deadline)
    {
        var left = deadline.Timeout - time.GetElapsedTime(deadline.Started);
        return left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>When a call began and how long it may take.</summary>
    private readonly record struct Deadline(long Started, TimeSpan Timeout);

    /// <summary>The order of one Thing's calls.</summary>
    private sealed class Order(int services)
    {
        private readonly Lock _lock = new();
        private ServerSession? _pipe;
        private int _underWay;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public SemaphoreSlim Services { get; } = new(services, services);

        /// <summary>The pipe for the next kept write, which counts as under way.</summary>
        public ServerSession Enter(Binding binding)
        {
            lock (_lock)
            {
                if (_underWay == 0 || _pipe is null || !binding.Sessions.Contains(_pipe))
                    _pipe = LinkRequests.LeastBusy(binding);
                _underWay++;
                return _pipe;
            }
        }

        public void Leave()
        {
            lock (_lock)
                _underWay--;
        }
    }
}
