using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>What of one Thing waits to be pushed to one proxy of a subscriber.</summary>
/// <param name="name">The proxy's name, as it was bound.</param>
/// <param name="thing">The Thing.</param>
/// <param name="rules">The properties that the proxy asked for.</param>
/// <param name="events">The events that it asked for.</param>
/// <param name="limit">Values, and events, that may wait; beyond it the oldest go, and are counted.</param>
internal sealed class PushTarget(string name, Thing thing, IEnumerable<PushRule> rules, IEnumerable<string> events, int limit)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PushRule> _rules = rules.ToDictionary(rule => rule.Property, StringComparer.Ordinal);
    private readonly HashSet<string> _events = events.ToHashSet(StringComparer.Ordinal);
    private readonly LinkedList<(PushRule Rule, Vtq Value)> _values = new();
    private readonly Dictionary<PushRule, LinkedListNode<(PushRule Rule, Vtq Value)>> _folded = [];
    private readonly LinkedList<PendingEvent> _happened = new();
    private long _dropped;

    public string Name => name;

    public Thing Thing => thing;

    /// <summary>Values and events that were dropped because too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether a message is under way: values of one Thing are told in their order, one message after the other.</summary>
    public bool IsSending { get; set; }

    /// <summary>Whether an interval has ended meanwhile.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Whether anything waits.</summary>
    public bool IsDue
    {
        get
        {
            lock (_lock)
                return _values.Count > 0 || _happened.Count > 0;
        }
    }

    /// <summary>Whether the proxy asked for that event.</summary>
    public bool Wants(string eventName) => _events.Contains(eventName);

    /// <summary>Notes the writes that are to be pushed.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Note(IReadOnlyList<PropertyWrite> writes)
    {
        var noted = false;
        lock (_lock)
        {
            foreach (var write in writes)
            {
                if (_rules.TryGetValue(write.Property.Name, out var rule) && rule.Takes(write))
                {
                    Add(rule, write.After);
                    noted = true;
                }
            }
        }

        return noted;
    }

    /// <summary>Notes an event.</summary>
    public void Note(PendingEvent happened)
    {
        lock (_lock)
        {
            _happened.AddLast(happened);
            while (_happened.Count > limit)
            {
                _happened.RemoveFirst();
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    /// <summary>Notes the present value of each property that the proxy asked for, before whatever comes.</summary>
    public void NoteCurrent(long now)
    {
        lock (_lock)
        {
            foreach (var rule in _rules.Values.Where(rule => rule.IsActive))
            {
                if (thing.Shape.FindProperty(rule.Property) is not { } property || thing.Properties.Read(property.Name) is not { Value.IsNull: false } value)
                    continue;
                rule.Pushed(value.Value);
                Add(rule, value.Time == 0 ? value with { Time = now } : value);
            }
        }
    }

    /// <summary>Takes what waits.</summary>
    public (List<(PushRule Rule, Vtq Value)> Values, List<PendingEvent> Events) Take()
    {
        lock (_lock)
        {
            var taken = (_values.ToList(), _happened.ToList());
            _values.Clear();
            _folded.Clear();
            _happened.Clear();
            return taken;
        }
    }

    /// <summary>Puts back what could not be told, before what has come since.</summary>
    public void PutBack(List<(PushRule Rule, Vtq Value)> values, List<PendingEvent> events)
    {
        lock (_lock)
        {
            for (var i = values.Count - 1; i >= 0; i--)
            {
                if (!_folded.ContainsKey(values[i].Rule))
                    Note(_values.AddFirst(values[i]));
            }

            for (var i = events.Count - 1; i >= 0; i--)
                _happened.AddFirst(events[i]);
            Trim();
        }
    }

    private void Add(PushRule rule, Vtq value)
    {
        // A folded value takes its newest place in the order, as the newest it is.
        if (rule.IsFolded && _folded.Remove(rule, out var older))
            _values.Remove(older);
        Note(_values.AddLast((rule, value)));
        Trim();
    }

    private void Note(LinkedListNode<(PushRule Rule, Vtq Value)> node)
    {
        if (node.Value.Rule.IsFolded)
            _folded[node.Value.Rule] = node;
    }

    private void Trim()
    {
        while (_values.Count > limit)
        {
            var oldest = _values.First!;
            if (_folded.TryGetValue(oldest.Value.Rule, out var folded) && folded == oldest)
                _folded.Remove(oldest.Value.Rule);
            _values.RemoveFirst();
            Interlocked.Increment(ref _dropped);
        }
    }
}

/// <summary>An event that waits to be told.</summary>
internal sealed record PendingEvent(string Name, InfoTable? Data, long Happened);
