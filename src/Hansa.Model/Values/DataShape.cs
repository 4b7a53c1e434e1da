using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>One field of a Data Shape, one column of an InfoTable, one parameter or result of a service.</summary>
public sealed record FieldDefinition(string Name, BaseType BaseType, string Description = "", int Ordinal = 0)
{
    /// <summary>Named extras: isPrimaryKey, defaultValue, units, dataShape …</summary>
    public Aspects Aspects { get; init; } = Aspects.None;

    /// <summary>Whether the field is part of a data table's key.</summary>
    public bool IsPrimaryKey => Aspects.Is("isPrimaryKey");

    /// <summary>For an INFOTABLE the name of its Data Shape, null where none is said.</summary>
    public string? DataShapeName => Aspects.Text("dataShape");
}

/// <summary>The columns of an InfoTable: named fields in order. Immutable; compared by content, the name aside.</summary>
public sealed class DataShape : IEquatable<DataShape>
{
    private readonly Dictionary<string, int> _index;

    /// <summary>Makes a shape of fields in the order given.</summary>
    /// <exception cref="PlatformException">Two fields have one name.</exception>
    public DataShape(IEnumerable<FieldDefinition> fields, string? name = null)
    {
        Fields = [.. fields];
        Name = name;
        _index = new(Fields.Length, StringComparer.Ordinal);
        for (var i = 0; i < Fields.Length; i++)
        {
            if (!_index.TryAdd(Fields[i].Name, i))
                throw new PlatformException(ErrorCode.BadRequest, $"Field '{Fields[i].Name}' is defined twice in Data Shape '{name}'.");
        }
    }

    /// <summary>No fields.</summary>
    public static DataShape Empty { get; } = new([]);

    /// <summary>The Data Shape entity that these fields come from, where there is one. It does not travel on the wire.</summary>
    public string? Name { get; }

    /// <summary>The fields in order; a row's values stand in the same order.</summary>
    public ImmutableArray<FieldDefinition> Fields { get; }

    /// <summary>A shape of (name, base type) pairs.</summary>
    public static DataShape Of(params ReadOnlySpan<(string Name, BaseType Type)> fields)
    {
        var list = new List<FieldDefinition>(fields.Length);
        foreach (var (name, type) in fields)
            list.Add(new(name, type, Ordinal: list.Count));
        return new(list);
    }

    /// <summary>The position of the field of that name (case counts), −1 where there is none.</summary>
    public int IndexOf(string name) => _index.TryGetValue(name, out var index) ? index : -1;

    /// <summary>The field of that name, null where there is none.</summary>
    public FieldDefinition? Find(string name) => _index.TryGetValue(name, out var index) ? Fields[index] : null;

    /// <inheritdoc/>
    public bool Equals(DataShape? other) => other is not null && (ReferenceEquals(this, other) || Fields.SequenceEqual(other.Fields));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DataShape);

    /// <inheritdoc/>
    public override int GetHashCode() => Fields.Length == 0 ? 0 : HashCode.Combine(Fields.Length, Fields[0].Name);
}
