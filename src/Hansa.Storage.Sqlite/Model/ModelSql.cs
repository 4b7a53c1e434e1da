namespace Hansa.Storage.Sqlite;

/// <summary>All SQL of the model store.</summary>
internal static class ModelSql
{
    public const string LoadEntities = "SELECT kind, name, id, document, version, modified FROM entity ORDER BY kind, name";

    public const string PutEntity = """
        INSERT INTO entity (kind, name, id, document, version, modified) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, document = excluded.document,
            version = excluded.version, modified = excluded.modified
        """;

    public const string FindOther = "SELECT 1 FROM entity WHERE kind = ? AND name = ? AND id <> ?";

    public const string DeleteEntity = "DELETE FROM entity WHERE id = ?";

    public const string DeleteProperties = "DELETE FROM property WHERE thing = ?";

    public const string LoadProperties = "SELECT thing, name, value, time, quality FROM property";

    public const string PutProperty = """
        INSERT INTO property (thing, name, value, time, quality) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (thing, name) DO UPDATE SET value = excluded.value, time = excluded.time, quality = excluded.quality
        """;
}
