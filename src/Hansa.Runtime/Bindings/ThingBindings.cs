using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The property bindings of one Thing, by the names that calls come with.</summary>
public sealed class ThingBindings
{
    private readonly FrozenDictionary<string, RemotePropertyBinding> _remote;
    private readonly FrozenDictionary<string, LocalPropertyBinding> _local;
    private readonly ILookup<string, string> _bySource;

    private ThingBindings(ThingDefinition thing)
    {
        _remote = thing.RemotePropertyBindings.ToFrozenDictionary(binding => binding.Property, StringComparer.Ordinal);
        _local = thing.PropertyBindings.ToFrozenDictionary(binding => binding.Property, StringComparer.Ordinal);
        _bySource = thing.RemotePropertyBindings.ToLookup(binding => binding.RemoteName, binding => binding.Property, StringComparer.Ordinal);
    }

    /// <summary>Nothing is bound.</summary>
    public static ThingBindings None { get; } = new(new("", ""));

    /// <summary>Whether nothing is bound.</summary>
    public bool IsEmpty => _remote.Count == 0 && _local.Count == 0;

    /// <summary>The bindings of a definition.</summary>
    public static ThingBindings Of(ThingDefinition thing) =>
        thing.RemotePropertyBindings.IsEmpty && thing.PropertyBindings.IsEmpty ? None : new(thing);

    /// <summary>The remote binding of a property, null where it has none.</summary>
    public RemotePropertyBinding? Remote(string property) => _remote.GetValueOrDefault(property);

    /// <summary>The local binding of a property, null where it has none.</summary>
    public LocalPropertyBinding? Local(string property) => _local.GetValueOrDefault(property);

    /// <summary>The properties that take the values of a property of the remote end; that of its own name where none is bound to it.</summary>
    public IEnumerable<string> Takers(string sourceName) => _bySource.Contains(sourceName) ? _bySource[sourceName] : [sourceName];
}
