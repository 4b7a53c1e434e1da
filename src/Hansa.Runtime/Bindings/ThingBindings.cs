using System.Collections.Frozen;
using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The bindings of a Thing, its own before inherited ones, by the names that calls come with.</summary>
public sealed class ThingBindings
{
    private readonly FrozenDictionary<string, RemotePropertyBinding> _remote;
    private readonly FrozenDictionary<string, LocalPropertyBinding> _local;
    private readonly ILookup<string, string> _bySource;

    private ThingBindings(
        ImmutableArray<LocalPropertyBinding> locals, ImmutableArray<RemotePropertyBinding> properties,
        ImmutableArray<RemoteServiceBinding> services, ImmutableArray<RemoteEventBinding> events)
    {
        (Locals, RemoteProperties, RemoteServices, RemoteEvents) = (locals, properties, services, events);
        _remote = properties.ToFrozenDictionary(binding => binding.Property, StringComparer.Ordinal);
        _local = locals.ToFrozenDictionary(binding => binding.Property, StringComparer.Ordinal);
        _bySource = properties.ToLookup(binding => binding.RemoteName, binding => binding.Property, StringComparer.Ordinal);
    }

    /// <summary>Nothing is bound.</summary>
    public static ThingBindings None { get; } = new([], [], [], []);

    /// <summary>Properties bound to those of other Things on this server.</summary>
    public ImmutableArray<LocalPropertyBinding> Locals { get; }

    /// <summary>Properties bound to those of the remote end.</summary>
    public ImmutableArray<RemotePropertyBinding> RemoteProperties { get; }

    /// <summary>Services that the remote end answers.</summary>
    public ImmutableArray<RemoteServiceBinding> RemoteServices { get; }

    /// <summary>Events that the remote end fires.</summary>
    public ImmutableArray<RemoteEventBinding> RemoteEvents { get; }

    /// <summary>Whether no property is bound.</summary>
    public bool IsEmpty => _remote.Count == 0 && _local.Count == 0;

    /// <summary>The remote binding of a property, null where it has none.</summary>
    public RemotePropertyBinding? Remote(string property) => _remote.GetValueOrDefault(property);

    /// <summary>The local binding of a property, null where it has none.</summary>
    public LocalPropertyBinding? Local(string property) => _local.GetValueOrDefault(property);

    /// <summary>The properties that take the values of a property of the remote end; that of its own name where none is bound to it.</summary>
    public IEnumerable<string> Takers(string sourceName) => _bySource.Contains(sourceName) ? _bySource[sourceName] : [sourceName];

    /// <summary>These with a definition's own bindings before them; a property has one binding, local or remote.</summary>
    internal ThingBindings With(InheritingDefinition own)
    {
        if (own.PropertyBindings.IsEmpty && own.RemotePropertyBindings.IsEmpty && own.RemoteServiceBindings.IsEmpty && own.RemoteEventBindings.IsEmpty)
            return this;
        var bound = own.PropertyBindings.Select(binding => binding.Property).Concat(own.RemotePropertyBindings.Select(binding => binding.Property)).ToHashSet(StringComparer.Ordinal);
        return new(
            [.. Locals.Where(binding => !bound.Contains(binding.Property)), .. own.PropertyBindings],
            [.. RemoteProperties.Where(binding => !bound.Contains(binding.Property)), .. own.RemotePropertyBindings],
            [.. RemoteServices.Where(binding => own.RemoteServiceBindings.All(have => have.Service != binding.Service)), .. own.RemoteServiceBindings],
            [.. RemoteEvents.Where(binding => own.RemoteEventBindings.All(have => have.Event != binding.Event)), .. own.RemoteEventBindings]);
    }
}
