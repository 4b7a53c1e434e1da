using System.Buffers;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Fuzz;

/// <summary>
/// A server end that reads mutated messages from a stream which always has more. What it answers is thrown away.
/// </summary>
internal sealed class ConnectionTarget(Func<(byte[] Buffer, int Length)?> next, TimeSpan limit) : Stream, IConnectionHandler
{
    private static readonly byte[] Auth = Convert.FromHexString("01140000000200000000ffffffff0001066170704b6579016b");
    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly FrameEncoder _encoder = new(new() { IsClient = true, MaxFrameSize = 65535 });
    private ReadOnlyMemory<byte> _rest;
    private bool _hasAuth;
    private TimeSpan _since;

    /// <summary>The most processor time from one input to the next, all threads counted.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Inputs above the limit.</summary>
    public int Slow { get; private set; }

    /// <summary>What failed in a way that it must not.</summary>
    public List<Exception> Crashes { get; } = [];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads inputs until they end or one of them ends the connection.</summary>
    public async Task RunAsync()
    {
        await using var connection = new AlwaysOnConnection(this, new(), this, TimeProvider.System);
        await connection.RunAsync(default);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return new(0);
        if (_rest.IsEmpty && !Fill())
            return new(0);
        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return new(count);
    }

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) =>
        new(AuthResult.Accept(7));

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
        new(ResponseMessage.Success);

    public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => default;

    // What was read is written again, mapped for a device.
    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken) =>
        new(new ResponseMessage(Status.Success, message.Target, message.Parameters));

    public void Faulted(AlwaysOnConnection connection, Exception exception)
    {
        if (exception is not Wire.WireFormatException)
            Crashes.Add(exception);
    }

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        if (reason is not (null or Wire.WireFormatException or IOException))
            Crashes.Add(reason);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private bool Fill()
    {
        // Processor time, as the machine may be busy with something else.
        var took = _hasAuth ? Environment.CpuUsage.TotalTime - _since : default;
        if (took > Slowest)
            Slowest = took;
        if (took > limit)
            Slow++;
        _frame.ResetWrittenCount();
        if (!_hasAuth)
        {
            _encoder.WriteMessage(_frame, Opcode.Binary, Auth, compress: false);
            _hasAuth = true;
        }
        else if (next() is var (bytes, length) && length > 0)
        {
            _encoder.WriteMessage(_frame, Opcode.Binary, bytes.AsSpan(0, length), compress: false);
        }
        else
        {
            return false;
        }

        _rest = _frame.WrittenMemory;
        _since = Environment.CpuUsage.TotalTime;
        return true;
    }
}
