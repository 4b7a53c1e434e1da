namespace Hansa.AlwaysOn.WebSockets;

/// <summary>A forward stream in memory with one direction; what the other would need is not there.</summary>
internal abstract class HalfStream : Stream
{
    public override bool CanRead => false;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>What a decompressor reads from.</summary>
internal abstract class ReadOnlyStream : HalfStream
{
    public override bool CanRead => true;
}

/// <summary>What a compressor writes to.</summary>
internal abstract class WriteOnlyStream : HalfStream
{
    public override bool CanWrite => true;
}
