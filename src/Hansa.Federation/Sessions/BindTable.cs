using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Hansa.Federation;

/// <summary>All bound names and who bound them. Of two owners of a name the first counts, until it is gone.</summary>
/// <remarks>Names without a Thing are kept: a Thing that comes later is bound at once (spec alwayson 3.3).</remarks>
internal sealed class BindTable
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Owner>> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Owner Owner, int Sessions)> _known = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Told of names that have been bound, bound again or unbound.</summary>
    public event Action<IReadOnlyList<string>>? Changed;

    /// <summary>Told of bindings that count from now on, as the owner before them is gone.</summary>
    public event Action<Binding>? Inherited;

    /// <summary>All bound names.</summary>
    public IEnumerable<string> Names => _owners.Keys;

    /// <summary>The owner that a session belongs to; the session counts towards it until <see cref="Leave"/>.</summary>
    public Owner Join(string id, bool isLink, string name, string? serverId = null)
    {
        lock (_lock)
        {
            var (owner, sessions) = _known.TryGetValue(id, out var known) ? known : (new Owner(id, isLink, name, serverId), 0);
            _known[id] = (owner, sessions + 1);
            return owner;
        }
    }

    /// <summary>A session has ended: its bindings go.</summary>
    public void Leave(Owner owner, ServerSession session)
    {
        Unbind(owner, session, null);
        lock (_lock)
        {
            if (_known.TryGetValue(owner.Id, out var known) && known.Sessions > 1)
                _known[owner.Id] = (owner, known.Sessions - 1);
            else
                _known.Remove(owner.Id);
        }
    }

    /// <summary>Binds names for a session.</summary>
    /// <returns>Those that it had bound already.</returns>
    public IReadOnlyList<string> Bind(Owner owner, ServerSession session, IReadOnlyList<string> names)
    {
        var again = owner.Bind(session, names);
        foreach (var name in names)
            Add(name, owner);
        Changed?.Invoke(names);
        return again;
    }

    /// <summary>Takes bindings back; all of the session's where no names are given.</summary>
    public void Unbind(Owner owner, ServerSession session, IReadOnlyList<string>? names)
    {
        var gone = owner.Unbind(session, names);
        foreach (var name in gone)
        {
            Remove(name, owner);
            // Another connection of the same owner may have bound it meanwhile, and found the owner still there.
            if (owner.Find(name) is not null)
                Add(name, owner);
        }

        if (gone.Count == 0)
            return;
        Changed?.Invoke(gone);
        foreach (var name in gone)
        {
            if (Find(name) is { } heir && heir.Owner != owner)
                Inherited?.Invoke(heir);
        }
    }

    /// <summary>The binding of a name that counts, null where there is none.</summary>
    public Binding? Find(string name)
    {
        if (!_owners.TryGetValue(name, out var owners))
            return null;
        foreach (var owner in owners)
        {
            if (owner.Find(name) is { Sessions.IsEmpty: false } binding)
                return binding;
        }

        return null;
    }

    private void Add(string name, Owner owner) =>
        _owners.AddOrUpdate(name, _ => [owner], (_, owners) => owners.Contains(owner) ? owners : owners.Add(owner));

    private void Remove(string name, Owner owner)
    {
        while (_owners.TryGetValue(name, out var owners))
        {
            var rest = owners.Remove(owner);
            if (rest.IsEmpty ? _owners.TryRemove(KeyValuePair.Create(name, owners)) : _owners.TryUpdate(name, rest, owners))
                return;
        }
    }
}
