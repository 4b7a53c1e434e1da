using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Multipart;

/// <summary>
/// Messages that ended early and may be the first half of an unmarked split: the C SDK cuts a body that is a little
/// too long over
/// two messages, each with a full header and the same request id (spec alwayson 3.6, Q4).
/// </summary>
internal sealed class UnmarkedSplits(TimeSpan patience, TimeProvider time)
{
    // Only a message that nearly fills a chunk is ever split, and chunks of less than this are not used.
    private const int MinLength = 128;
    private const int MaxLength = ushort.MaxValue;
    private const int MaxKept = 16;
    private readonly List<Half> _halves = [];

    /// <summary>First halves that wait.</summary>
    public int Kept => _halves.Count;

    /// <summary>Keeps a message that ended early; false if it cannot be half of one.</summary>
    public bool TryKeep(MessageHeader header, ReadOnlySpan<byte> body)
    {
        if (body.Length is < MinLength or > MaxLength || _halves.Count == MaxKept)
            return false;
        _halves.Add(new(header, body.ToArray(), time.GetTimestamp()));
        return true;
    }

    /// <summary>The joined body if this message is a second half, to be disposed of by the caller; else null.</summary>
    public PooledBuffer? Join(MessageHeader header, ReadOnlySpan<byte> body)
    {
        if (_halves.Count == 0)
            return null;
        var at = _halves.FindIndex(half => half.Header.Code == header.Code && half.Header.RequestId == header.RequestId);
        if (at < 0)
            return null;
        var joined = new PooledBuffer();
        joined.Append(_halves[at].Body);
        joined.Append(body);
        _halves.RemoveAt(at);
        return joined;
    }

    /// <summary>Forgets halves whose other half has not come, and says which.</summary>
    public IReadOnlyList<MessageHeader> TakeExpired()
    {
        var expired = _halves.FindAll(half => time.GetElapsedTime(half.Since) >= patience);
        if (expired.Count > 0)
            _halves.RemoveAll(expired.Contains);
        return expired.ConvertAll(half => half.Header);
    }

    private sealed record Half(MessageHeader Header, byte[] Body, long Since);
}
