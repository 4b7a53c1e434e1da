using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn;

/// <content>How a connection ends.</content>
public sealed partial class AlwaysOnConnection
{
    private int _abort;
    private int _givenUp;

    private async Task RunWriterAsync()
    {
        try
        {
            await _writer.RunAsync(_aborted.Token);
        }
        catch (Exception e)
        {
            // The reader would not notice a stream that fails in one direction.
            if (!_isClosing)
                _reason ??= e;
            await AbortAsync();
        }
    }

    /// <summary>Lets the Close that answers the peer's, or names its fault, go out.</summary>
    private async Task LetWriterFinishAsync(Task writing)
    {
        _writer.SendClose(CloseCode.GoingAway, "", afterQueue: false);
        try
        {
            await writing.WaitAsync(_options.CloseLimit, _time);
        }
        catch (TimeoutException)
        {
            // The peer takes nothing; the stream is closed under the writer.
        }
    }

    private void GiveUp(CloseCode code, string reason)
    {
        if (Interlocked.Exchange(ref _givenUp, 1) != 0)
            return;
        _reason ??= new TimeoutException(reason);
        _ = HangUpAsync(code, reason, afterQueue: false);
    }

    private async Task HangUpAsync(CloseCode code, string reason, bool afterQueue)
    {
        _writer.SendClose(code, reason, afterQueue);
        try
        {
            await _ended.Task.WaitAsync(_options.CloseLimit, _time);
        }
        catch (TimeoutException)
        {
            await AbortAsync();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            await Task.WhenAll(AllSlotsAsync(), _calls.WhenNone()).WaitAsync(_options.DrainLimit, _time);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // What is not done by now is lost, and its callers are told.
        }
    }

    // Who holds all slots knows that no request of the peer is under way.
    private async Task AllSlotsAsync()
    {
        for (var i = 0; i < _options.MaxInFlight; i++)
            await _slots.WaitAsync(_aborted.Token);
    }

    private async Task AbortAsync()
    {
        if (Interlocked.Exchange(ref _abort, 1) != 0)
            return;
        try
        {
            await _aborted.CancelAsync();
            // The reader may be waiting for an answer to be written.
            _queue.Close();
            await _socket.DisposeAsync();
        }
        catch (Exception e)
        {
            Report(e);
        }
    }

    private void Clean()
    {
        _isClosing = true;
        _queue.Close();
        _calls.FailAll(_reason ?? new IOException("The connection was closed."));
        _inbound.Dispose();
        _writer.Dispose();
        _socket.ReleaseBuffers();
        try
        {
            _handler.Closed(this, _reason);
        }
        catch (Exception e)
        {
            Report(e);
        }

        _ended.TrySetResult();
    }
}
