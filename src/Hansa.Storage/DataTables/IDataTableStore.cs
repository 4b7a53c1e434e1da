using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Keeps the rows of data tables: one table each, typed columns, a unique key (spec platform 2.6).</summary>
/// <remarks>A data table is addressed by its Thing's id, so a deleted and re-created Thing starts empty. Each write is one commit, whole or not at all.</remarks>
public interface IDataTableStore
{
    /// <summary>Makes the table, or adds the columns that its Data Shape has gained; a field that is gone stays, hidden. A changed primary key gives every row a new key.</summary>
    /// <exception cref="PlatformException">The shape cannot be kept, or its primary key is not unique among the rows that are there; the text says why.</exception>
    Task EnsureAsync(Guid table, string name, DataShape shape, CancellationToken cancellationToken);

    /// <summary>Adds or changes rows.</summary>
    /// <returns>A line each, in the order of the entries.</returns>
    /// <exception cref="PlatformException">Conflict: a key to add is there; NotFound: a key to update is not. Nothing was written.</exception>
    Task<IReadOnlyList<WrittenRow>> WriteAsync(Guid table, DataShape fields, IReadOnlyList<TableEntry> entries, TableWrite mode, CancellationToken cancellationToken);

    /// <summary>Changes the named fields of all rows that a query finds.</summary>
    /// <returns>Their keys.</returns>
    Task<IReadOnlyList<string>> UpdateAsync(Guid table, TableQuery query, TableEntryChange change, CancellationToken cancellationToken);

    /// <summary>Deletes all rows that a query finds, at most as many as it says.</summary>
    /// <returns>Their keys.</returns>
    Task<IReadOnlyList<string>> DeleteAsync(Guid table, TableQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes all rows in slices, each a commit of its own, so that other writers are not held up.</summary>
    Task<long> PurgeAsync(Guid table, CancellationToken cancellationToken);

    /// <summary>Deletes rows last written before a time, and of those that stay the oldest beyond a number; in slices.</summary>
    Task<long> RetainAsync(Guid table, long? before, long? keep, CancellationToken cancellationToken);

    /// <summary>Reads rows: filter, order and limit run in the database, the limit last.</summary>
    Task<InfoTable> QueryAsync(Guid table, TableQuery query, CancellationToken cancellationToken);

    /// <summary>Reads a page of rows: as many as <see cref="TableQuery.MaxItems"/> says, behind the cursor of the page before.</summary>
    /// <exception cref="PlatformException">BadRequest: the cursor is not of this query.</exception>
    Task<QueryPage> QueryPageAsync(Guid table, TableQuery query, string? cursor, CancellationToken cancellationToken);

    /// <summary>The number of rows.</summary>
    Task<long> CountAsync(Guid table, CancellationToken cancellationToken);

    /// <summary>Makes the database's indexes those that are named, and the full-text index anew.</summary>
    /// <exception cref="PlatformException">BadRequest: an index names a field that the shape does not have.</exception>
    Task ReindexAsync(Guid table, DataShape shape, IReadOnlyList<TableIndex> indexes, CancellationToken cancellationToken);

    /// <summary>Drops the table: gone from the catalogue in one commit, its pages are freed behind.</summary>
    Task DropAsync(Guid table, CancellationToken cancellationToken);
}

/// <summary>How rows are written.</summary>
public enum TableWrite
{
    /// <summary>Each key must be new.</summary>
    Add,

    /// <summary>A row of a key that is there is replaced whole.</summary>
    AddOrUpdate,

    /// <summary>Each key must be there; fields that the entry does not name are kept.</summary>
    Update,

    /// <summary>The rows replace all that are there.</summary>
    Assign,
}

/// <summary>One row to write.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Timestamp">When it was written, milliseconds since 1970.</param>
/// <param name="Source">Who it is from, "" where nobody said.</param>
/// <param name="SourceType">What the source is, "" where nobody said.</param>
/// <param name="Tags">Data tags, null for none.</param>
/// <param name="Location">Where, null for nowhere.</param>
/// <param name="Values">In the order of the fields that go with the call, already of their types.</param>
public readonly record struct TableEntry(
    string Key, long Timestamp, string Source, string SourceType, string? Tags, Location? Location, ReadOnlyMemory<Value> Values);

/// <summary>What became of a row.</summary>
public readonly record struct WrittenRow(string Key, bool IsNew);

/// <summary>What to change of rows.</summary>
/// <param name="Fields">The named fields; none of the primary key.</param>
/// <param name="Values">Their new values; null clears.</param>
/// <param name="Timestamp">When it was written.</param>
/// <param name="Source">The new source, null to keep the old one.</param>
/// <param name="SourceType">What the new source is.</param>
/// <param name="Tags">New tags, null to keep the old ones.</param>
/// <param name="Location">New location, null to keep the old one.</param>
public sealed record TableEntryChange(
    DataShape Fields, ReadOnlyMemory<Value> Values, long Timestamp, string? Source, string? SourceType, string? Tags, Location? Location);

/// <summary>An index over fields.</summary>
public sealed record TableIndex(string Name, IReadOnlyList<string> Fields);

/// <summary>A read of a data table, in the order in which rows were first written unless the query sorts.</summary>
/// <param name="Shape">The Data Shape as it is now.</param>
/// <param name="MaxItems">At most so many, after all filters.</param>
public sealed record TableQuery(DataShape Shape, int MaxItems)
{
    /// <summary>One row by its key, null for all.</summary>
    public string? Key { get; init; }

    /// <summary>Fields that must have these values; a null stands for any.</summary>
    public IReadOnlyList<(string Field, Value Value)> Equal { get; init; } = [];

    /// <summary>Only rows of this source, null for all.</summary>
    public string? Source { get; init; }

    /// <summary>Only rows with all these tags, null for all.</summary>
    public string? Tags { get; init; }

    /// <summary>Only rows whose texts hold all these words (<see cref="TextSearch"/>), null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Filters and sorts over the columns of the result.</summary>
    public Query Query { get; init; } = Query.All;
}

/// <summary>The columns that every row of a data table has (the platform's DataTableEntry).</summary>
public static class DataTableEntryShape
{
    /// <summary>key, timestamp, source, sourceType, location, tags.</summary>
    public static DataShape Entry { get; } = new(DataShape.Of(
        ("key", BaseType.STRING), ("timestamp", BaseType.DATETIME), ("source", BaseType.STRING), ("sourceType", BaseType.STRING),
        ("location", BaseType.LOCATION), ("tags", BaseType.TAGS)).Fields, "DataTableEntry");

    /// <summary>The columns that a read gives: these, then the shape's fields. Of a field that is called like one of these, the entry's own is given.</summary>
    public static DataShape For(DataShape shape) => new(
        Entry.Fields.AddRange(shape.Fields.Where(field => Entry.IndexOf(field.Name) < 0)).Select((field, i) => field with { Ordinal = i }));
}

/// <summary>Keys of rows: the values of the primary key's fields.</summary>
public static class TableKey
{
    /// <summary>The fields of a shape's primary key.</summary>
    public static IReadOnlyList<FieldDefinition> FieldsOf(DataShape shape) => [.. shape.Fields.Where(field => field.IsPrimaryKey)];

    /// <summary>The key's text: of one field its text; of several their texts with semicolons between, where a semicolon or backslash within is led by a backslash.</summary>
    public static string Of(IReadOnlyList<Value> values) => values.Count == 1
        ? Text(values[0])
        : string.Join(';', values.Select(value => Text(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)));

    /// <summary>What tells one primary key from another.</summary>
    public static string Signature(DataShape shape) => string.Join('\t', FieldsOf(shape).Select(field => $"{field.Name}:{field.BaseType.Name()}"));

    // -0 is 0.
    private static string Text(Value value) => value.BaseType == BaseType.NUMBER && value.AsNumber() == 0 ? "0" : value.ToString();
}
