using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Data Shapes by name, ready to use: fields of the base first. One object a definition, so callers may compare references.</summary>
public sealed class DataShapes(EntityDirectory directory)
{
    private readonly ConcurrentDictionary<string, Compiled> _compiled = new(StringComparer.Ordinal);

    /// <summary>The shape of that name, null where there is none.</summary>
    public DataShape? Find(string name)
    {
        var chain = Chain(name);
        if (chain.Count == 0)
            return PlatformShapes.Find(name);
        if (_compiled.TryGetValue(name, out var known) && known.Chain.SequenceEqual(chain, ReferenceEqualityComparer.Instance))
            return known.Shape;
        var compiled = new Compiled(chain, Compile(name, chain));
        _compiled[name] = compiled;
        return compiled.Shape;
    }

    /// <summary>The Data Shape that a Thing works with, null where none is set.</summary>
    public DataShape? Of(Thing thing) => directory.Catalogue.DataShapeNameOf(thing.Definition) is { Length: > 0 } name ? Find(name) : null;

    private List<DataShapeDefinition> Chain(string name)
    {
        var chain = new List<DataShapeDefinition>(1);
        while (name.Length > 0 && directory.Find(new(EntityKind.DataShapes, name))?.Definition is DataShapeDefinition definition && !chain.Contains(definition))
        {
            chain.Add(definition);
            name = definition.BaseDataShape;
        }

        return chain;
    }

    private static DataShape Compile(string name, List<DataShapeDefinition> chain)
    {
        var fields = new List<FieldDefinition>();
        foreach (var field in Enumerable.Reverse(chain).SelectMany(definition => definition.Fields.OrderBy(field => field.Ordinal)))
        {
            fields.RemoveAll(have => have.Name == field.Name);
            fields.Add(field);
        }

        return new(fields.Select((field, i) => field with { Ordinal = i }), name);
    }

    private sealed record Compiled(List<DataShapeDefinition> Chain, DataShape Shape);
}
