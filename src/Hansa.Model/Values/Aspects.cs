using System.Collections;
using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>The named extras of a field, property, service or event (isPrimaryKey, defaultValue, units …), in the order given.</summary>
/// <remarks>Unknown ones are kept (spec alwayson 4.4). Immutable; compared by content.</remarks>
public sealed class Aspects : IReadOnlyCollection<KeyValuePair<string, Value>>, IEquatable<Aspects>
{
    private readonly ImmutableArray<KeyValuePair<string, Value>> _items;

    /// <summary>Makes aspects from pairs; of one name given twice the last counts.</summary>
    public Aspects(IEnumerable<KeyValuePair<string, Value>> items)
    {
        var list = new List<KeyValuePair<string, Value>>();
        foreach (var item in items)
        {
            list.RemoveAll(have => have.Key == item.Key);
            list.Add(item);
        }

        _items = [.. list];
    }

    /// <summary>None at all.</summary>
    public static Aspects None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <summary>The aspect of that name, null where it is not there.</summary>
    public Value this[string name]
    {
        get
        {
            foreach (var item in _items)
            {
                if (item.Key == name)
                    return item.Value;
            }

            return default;
        }
    }

    /// <summary>Aspects from name and value pairs.</summary>
    public static Aspects Of(params ReadOnlySpan<(string Name, Value Value)> items)
    {
        var list = new List<KeyValuePair<string, Value>>(items.Length);
        foreach (var (name, value) in items)
            list.Add(new(name, value));
        return new(list);
    }

    /// <summary>Whether the aspect is BOOLEAN true or the text "true".</summary>
    public bool Is(string name) => this[name] is var value && (value.AsBoolean() || string.Equals(value.AsText(), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>The aspect's text form, null where it is not there.</summary>
    public string? Text(string name) => this[name] is { IsNull: false } value ? value.ToString() : null;

    /// <summary>These aspects with one set, or taken away where the value is null.</summary>
    public Aspects With(string name, Value value)
    {
        var kept = _items.Where(item => item.Key != name);
        return new(value.IsNull ? kept : kept.Append(new(name, value)));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Value>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, Value>>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(Aspects? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Aspects);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Length == 0 ? 0 : HashCode.Combine(_items.Length, _items[0].Key);
}
