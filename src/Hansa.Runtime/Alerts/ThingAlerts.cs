using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>The alerts of one Thing: what is watched, and how it stands.</summary>
internal sealed class ThingAlerts
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Property, string Name), AlertState> _states = [];
    private readonly Dictionary<(string Property, string Name), AlertDefinition> _overlay = [];
    private EntityShape? _shape;
    private ILookup<string, AlertRule> _rules = Array.Empty<AlertRule>().ToLookup(rule => rule.Definition.Property);

    public ThingAlerts(IEnumerable<PropertyRecord> kept)
    {
        foreach (var state in kept.Select(AlertState.Read).OfType<AlertState>())
            _states[(state.Property, state.Name)] = state;
    }

    /// <summary>How alerts stand that hold or wait to be acknowledged.</summary>
    public IReadOnlyList<AlertState> States
    {
        get
        {
            lock (_lock)
                return [.. _states.Values];
        }
    }

    /// <summary>The alerts that count: those of the definition, with what was changed until the next restart.</summary>
    public IReadOnlyList<AlertDefinition> Definitions(EntityShape shape)
    {
        lock (_lock)
            return _overlay.Count == 0 ? shape.Alerts : [.. shape.Alerts.Where(alert => !_overlay.ContainsKey((alert.Property, alert.Name))), .. _overlay.Values];
    }

    /// <summary>Changes an alert until the next restart.</summary>
    public void Overlay(AlertDefinition alert)
    {
        lock (_lock)
        {
            _overlay[(alert.Property, alert.Name)] = alert;
            _shape = null;
        }
    }

    /// <summary>Forgets what was changed for the moment, as the definition now says it.</summary>
    public void Settle(string property, string name)
    {
        lock (_lock)
        {
            if (_overlay.Remove((property, name)))
                _shape = null;
        }
    }

    /// <summary>How an alert stands, null where there is nothing to tell.</summary>
    public AlertState? Find(string property, string name)
    {
        lock (_lock)
            return _states.GetValueOrDefault((property, name));
    }

    /// <summary>Looks at a value: which alerts begin to hold, and which no longer do.</summary>
    public IReadOnlyList<AlertState> Look(EntityShape shape, string property, Value value, long now)
    {
        lock (_lock)
        {
            Compile(shape);
            List<AlertState>? changes = null;
            foreach (var rule in _rules[property])
            {
                var key = (property, rule.Definition.Name);
                var before = _states.GetValueOrDefault(key);
                var holds = rule.Holds(value);
                if (holds == (before?.IsActive ?? false))
                    continue;
                var after = holds
                    ? new AlertState(property, rule.Definition.Name, rule.Definition.AlertType)
                    {
                        IsActive = true, Since = now, Message = rule.Message(value), Description = rule.Definition.Description, Priority = rule.Definition.Priority,
                    }
                    : before! with { IsActive = false };
                Put(key, after);
                (changes ??= []).Add(after);
            }

            return changes ?? (IReadOnlyList<AlertState>)[];
        }
    }

    /// <summary>Ends alerts that nothing watches any more: removed, or switched off.</summary>
    public IReadOnlyList<AlertState> EndUnwatched(EntityShape shape)
    {
        lock (_lock)
        {
            Compile(shape);
            var gone = _states.Values.Where(state => state.IsActive && !_rules[state.Property].Any(rule => rule.Definition.Name == state.Name)).Select(state => state with { IsActive = false }).ToList();
            foreach (var state in gone)
                Put((state.Property, state.Name), state);
            return gone;
        }
    }

    /// <summary>Takes note of an alert; null where there is none to take note of.</summary>
    public AlertState? Acknowledge(string property, string name, string userName, long now)
    {
        lock (_lock)
        {
            if (_states.GetValueOrDefault((property, name)) is not { IsAcknowledged: false } state)
                return null;
            var after = state with { IsAcknowledged = true, AckBy = userName, AckTime = now };
            Put((property, name), after);
            return after;
        }
    }

    private void Put((string, string) key, AlertState state)
    {
        if (state.IsOver)
            _states.Remove(key);
        else
            _states[key] = state;
    }

    private void Compile(EntityShape shape)
    {
        if (ReferenceEquals(_shape, shape))
            return;
        var all = _overlay.Count == 0 ? shape.Alerts : [.. shape.Alerts.Where(alert => !_overlay.ContainsKey((alert.Property, alert.Name))), .. _overlay.Values];
        _rules = all.Select(alert => AlertRule.Of(alert, shape.FindProperty(alert.Property))).OfType<AlertRule>().ToLookup(rule => rule.Definition.Property, StringComparer.Ordinal);
        _shape = shape;
    }
}
