using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Multipart;

/// <summary>Puts chunks together again (spec alwayson 3.5): in any order, of many messages beside each other.</summary>
/// <remarks>
/// Memory follows the bytes that came, not the counts they claim. A message that breaks a limit is refused once; its
/// other chunks
/// are swallowed, so that they do not look like new messages. One thread.
/// </remarks>
internal sealed class MessageAssembler(int maxMessage, long maxTotal, int maxSets, TimeSpan patience, TimeProvider time) : IDisposable
{
    private readonly Dictionary<(bool IsResponse, uint RequestId), ChunkSet> _sets = [];
    private long _total;

    /// <summary>Messages under way.</summary>
    public int Open => _sets.Count;

    /// <summary>Bytes held for them.</summary>
    public long Bytes => _total;

    /// <summary>Adds a chunk; gives the body of the message, to be disposed of by the caller, once it is whole.</summary>
    /// <exception cref="WireFormatException">
    /// The chunk fits nothing; with <see cref="CloseCode.TooBig"/> if a limit was passed.
    /// </exception>
    public PooledBuffer? Add(MessageHeader header, ReadOnlySpan<byte> message)
    {
        var chunk = ChunkHeader.Read(message[MessageHeader.Size..]);
        var slice = Slice(header, chunk, message);
        var key = (header.IsResponse, header.RequestId);
        if (!_sets.TryGetValue(key, out var set))
        {
            if (_sets.Count >= maxSets)
                throw new WireFormatException($"{maxSets} long messages are under way at once.", CloseCode.TooBig);
            _sets.Add(key, set = new(header.Code, chunk.Count));
        }

        set.Touched = time.GetTimestamp();
        if (set.Code != header.Code || set.Count != chunk.Count)
        {
            Remove(key, set);
            throw new WireFormatException($"Chunk {chunk.Id} belongs to another message than those before under request {header.RequestId}.");
        }

        if (!set.IsRefused && (set.Bytes + slice.Length > maxMessage || _total + slice.Length > maxTotal))
        {
            Refuse(set);
            DropIfSeen(key, set, chunk.Id);
            throw new WireFormatException($"A message of {chunk.Count} chunks is longer than the limit of {maxMessage} bytes.", CloseCode.TooBig);
        }

        if (set.IsRefused)
        {
            DropIfSeen(key, set, chunk.Id);
            return null;
        }

        _total += set.Add(chunk.Id, slice);
        if (!set.IsWhole)
            return null;
        _sets.Remove(key);
        _total -= set.Bytes;
        return set.TakeBody();
    }

    /// <summary>Forgets messages of which no chunk has come for long, and says which.</summary>
    public IReadOnlyList<MessageHeader> TakeExpired()
    {
        List<MessageHeader>? expired = null;
        foreach (var (key, set) in _sets)
        {
            if (time.GetElapsedTime(set.Touched) < patience)
                continue;
            (expired ??= []).Add(new(set.Code, key.RequestId, 0, 0));
            Remove(key, set);
        }

        return expired ?? (IReadOnlyList<MessageHeader>)[];
    }

    public void Dispose()
    {
        foreach (var set in _sets.Values)
            set.Dispose();
        _sets.Clear();
        _total = 0;
    }

    // A request's later chunks repeat kind:u8 and entity:str in front of the slice.
    private static ReadOnlySpan<byte> Slice(MessageHeader header, ChunkHeader chunk, ReadOnlySpan<byte> message)
    {
        var slice = message[(MessageHeader.Size + ChunkHeader.Size)..];
        if (chunk.Id == 1 || header.Code > (byte)Method.Delete)
            return slice;
        var reader = new WireReader(slice);
        reader.ReadByte("an entity's kind");
        reader.ReadName("an entity's name");
        return slice[reader.Position..];
    }

    private void Refuse(ChunkSet set)
    {
        _total -= set.Bytes;
        set.Refuse();
    }

    private void DropIfSeen((bool, uint) key, ChunkSet set, ushort id)
    {
        // Senders send in order: the last chunk ends a message that nobody wants.
        if (id == set.Count)
            Remove(key, set);
    }

    private void Remove((bool, uint) key, ChunkSet set)
    {
        _total -= set.Bytes;
        set.Dispose();
        _sets.Remove(key);
    }

    private sealed class ChunkSet(byte code, ushort count) : IDisposable
    {
        private PooledBuffer? _body = new();
        private Dictionary<ushort, byte[]>? _ahead;
        private int _next = 1;

        public byte Code => code;

        public ushort Count => count;

        public int Bytes { get; private set; }

        public bool IsRefused => _body is null;

        public bool IsWhole => _next > count;

        public long Touched { get; set; }

        /// <summary>Takes a slice and gives the bytes by which the set grew; none for a slice that it has.</summary>
        public int Add(ushort id, ReadOnlySpan<byte> slice)
        {
            if (id < _next || _ahead?.ContainsKey(id) == true)
                return 0;
            Bytes += slice.Length;
            if (id > _next)
            {
                (_ahead ??= []).Add(id, slice.ToArray());
                return slice.Length;
            }

            _body!.Append(slice);
            _next++;
            while (_ahead is not null && _ahead.Remove((ushort)_next, out var waiting))
            {
                _body.Append(waiting);
                _next++;
            }

            return slice.Length;
        }

        public PooledBuffer TakeBody()
        {
            var body = _body!;
            _body = null;
            return body;
        }

        public void Refuse()
        {
            Dispose();
            Bytes = 0;
        }

        public void Dispose()
        {
            _body?.Dispose();
            _body = null;
            _ahead = null;
        }
    }
}
