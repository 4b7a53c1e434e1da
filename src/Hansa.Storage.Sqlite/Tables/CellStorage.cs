using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>How a base type lies in columns: which, and of what SQL type.</summary>
internal static class CellStorage
{
    /// <summary>What is appended to a field's column name for each of its columns.</summary>
    public static ReadOnlySpan<string> Suffixes(BaseType type) => type switch
    {
        BaseType.NOTHING => [],
        BaseType.LOCATION => new[] { "_latitude", "_longitude", "_elevation" },
        BaseType.VEC2 => new[] { "_x", "_y" },
        BaseType.VEC3 => new[] { "_x", "_y", "_z" },
        BaseType.VEC4 => new[] { "_x", "_y", "_z", "_w" },
        _ => new[] { "" },
    };

    /// <summary>The declared type of its columns. A VARIANT is a BLOB that says its type.</summary>
    public static string SqlType(BaseType type) => type.Form() switch
    {
        ValueForm.Number or ValueForm.Location or ValueForm.Vector => "REAL",
        ValueForm.Integer or ValueForm.Boolean => "INTEGER",
        ValueForm.Bytes or ValueForm.Any => "BLOB",
        _ => "TEXT",
    };

    /// <summary>Whether SQL's own comparison is <see cref="ValueOrder"/> for this type: one column, one kind of value.</summary>
    public static bool ComparesAsSql(BaseType type) =>
        type.Form() is ValueForm.Number or ValueForm.Integer or ValueForm.Boolean or ValueForm.Text or ValueForm.Bytes;
}
