using System.Collections.Immutable;

namespace Hansa.Federation;

/// <summary>Who has bound names: a federated server with all its pipes, or a device. Connections of one owner add to each other.</summary>
internal sealed class Owner(string id, bool isLink, string name, string? serverId = null)
{
    private readonly Lock _lock = new();
    private long _proof;
    private long _provedNumber;
    private readonly Dictionary<string, Binding> _bindings = new(StringComparer.Ordinal);

    /// <summary>The same for all connections of this owner.</summary>
    public string Id => id;

    /// <summary>Whether it is a Hansa server.</summary>
    public bool IsLink => isLink;

    /// <summary>The id of the server, which it keeps whatever it is called; null where it has not said it.</summary>
    public string? ServerId => serverId;

    /// <summary>What it calls itself.</summary>
    public string Name => name;

    /// <summary>The connections of this owner, oldest first. Written under the table's lock, read by anybody.</summary>
    public ImmutableArray<ServerSession> Sessions { get; set; } = [];

    /// <summary>When the newest write that is known to be stored there was sent, as a time stamp of the monotonic clock; 0 for never.</summary>
    public long Proof => Interlocked.Read(ref _proof);

    /// <summary>The highest number of a write that is known to be stored there; 0 for none.</summary>
    public long ProvedNumber => Interlocked.Read(ref _provedNumber);

    /// <summary>A write that was sent then is known to be stored there.</summary>
    public void Prove(long sentAt, long number)
    {
        Interlocked.Exchange(ref _proof, sentAt);
        for (var known = ProvedNumber; known < number; known = ProvedNumber)
            Interlocked.CompareExchange(ref _provedNumber, number, known);
    }

    /// <summary>The pipes that are up.</summary>
    public IReadOnlyList<Hansa.AlwaysOn.AlwaysOnConnection> Connections => [.. Sessions.Select(session => session.Connection)];

    /// <summary>Binds names for a session.</summary>
    /// <returns>Those that the session had bound already: it asks to look again.</returns>
    public IReadOnlyList<string> Bind(ServerSession session, IEnumerable<string> names)
    {
        var again = new List<string>();
        lock (_lock)
        {
            foreach (var bound in names)
            {
                if (!_bindings.TryGetValue(bound, out var binding))
                    _bindings[bound] = binding = new(this, bound);
                if (binding.Sessions.Contains(session))
                    again.Add(bound);
                else
                    binding.Sessions = binding.Sessions.Add(session);
            }
        }

        return again;
    }

    /// <summary>Takes bindings of a session back; all of them where no names are given.</summary>
    /// <returns>Names that no session of this owner binds any more.</returns>
    public IReadOnlyList<string> Unbind(ServerSession session, IEnumerable<string>? names)
    {
        var gone = new List<string>();
        lock (_lock)
        {
            foreach (var bound in names?.ToList() ?? [.. _bindings.Keys])
            {
                if (!_bindings.TryGetValue(bound, out var binding))
                    continue;
                binding.Sessions = binding.Sessions.Remove(session);
                if (!binding.Sessions.IsEmpty)
                    continue;
                _bindings.Remove(bound);
                gone.Add(bound);
            }
        }

        return gone;
    }

    /// <summary>The binding of that name, null where there is none.</summary>
    public Binding? Find(string bound)
    {
        lock (_lock)
            return _bindings.GetValueOrDefault(bound);
    }

    /// <summary>All bound names.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _bindings.Keys];
        }
    }
}

/// <summary>One name that an owner has bound.</summary>
internal sealed class Binding(Owner owner, string name)
{
    private ImmutableArray<ServerSession> _sessions = [];

    /// <summary>Who has bound it.</summary>
    public Owner Owner => owner;

    /// <summary>As it was bound, with the <c>*</c> of an identifier.</summary>
    public string Name => name;

    /// <summary>The connections that have bound it, oldest first. Written under the owner's lock, read by anybody.</summary>
    public ImmutableArray<ServerSession> Sessions
    {
        get => _sessions;
        set => ImmutableInterlocked.InterlockedExchange(ref _sessions, value);
    }

    /// <summary>What the publisher promises; null for a device, or while it has not been asked.</summary>
    public Contract? Contract { get; set; }

    /// <summary>Whether the server has been told to ask for subscriptions.</summary>
    public bool IsListening { get; set; }

    /// <summary>Whether calls can go: a device at once, a server when its contract is known.</summary>
    public bool IsReady => !Sessions.IsEmpty && (!owner.IsLink || Contract is not null);
}
