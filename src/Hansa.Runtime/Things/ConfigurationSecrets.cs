using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Keeps PASSWORD columns of configuration tables protected on disk and masked in answers.</summary>
public sealed class ConfigurationSecrets(ISecretProtector protector)
{
    /// <summary>What stands in an answer for a secret that is set. Saved back, it keeps what is stored.</summary>
    public const string MaskText = "********";

    /// <summary>The table with every secret masked.</summary>
    public static InfoTable Mask(InfoTable table) => Map(table, (_, _, _) => Value.Text(MaskText, BaseType.PASSWORD));

    /// <summary>The table with every secret taken out.</summary>
    internal static InfoTable Without(InfoTable table) => Map(table, (_, _, _) => default);

    /// <summary>The secret of a stored cell, "" where none is set.</summary>
    public string Open(Value stored) => stored.AsText() is { Length: > 0 } text ? protector.Unprotect(text) : "";

    /// <summary>Users that rows name and that the stored ones do not: whoever saves them lets the entity act as these.</summary>
    internal static IEnumerable<string> NewUsers(InfoTable rows, InfoTable stored) => rows.Shape.Fields.Where(field => field.BaseType == BaseType.USERNAME)
        .SelectMany(field => Column(rows, field.Name).Except(Column(stored, field.Name), StringComparer.Ordinal)).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>Given rows in the table's shape, ready to be stored: types fitted, new secrets protected, masked ones kept.</summary>
    /// <exception cref="PlatformException">A value does not fit, a key is missing or doubled, or a masked secret has nothing stored behind it.</exception>
    public InfoTable Store(ConfigurationTableDefinition table, InfoTable given, InfoTable stored)
    {
        var fitted = Fit(table, given);
        return Map(fitted, (row, column, value) =>
        {
            if (value.AsText() != MaskText)
                return Value.Text(protector.Protect(value.ToString()), BaseType.PASSWORD);
            var kept = Stored(table, stored, fitted, row)[column];
            return !kept.IsNull ? kept : throw Errors.Bad(
                $"Configuration table [{table.Name}], row {row + 1}: {table.Shape.Fields[column].Name} is masked and none is stored for this row; enter it.");
        });
    }

    /// <summary>The same for rows of a file: it need not hold secrets, and where it holds none the stored one stays.</summary>
    internal InfoTable StoreFile(ConfigurationTableDefinition table, InfoTable given, InfoTable stored)
    {
        var fitted = Fit(table, given);
        var builder = new InfoTable.Builder(table.Shape);
        for (var i = 0; i < fitted.RowCount; i++)
        {
            var row = builder.AddRow();
            fitted.Row(i).CopyTo(row);
            var kept = Stored(table, stored, fitted, i);
            for (var column = 0; column < row.Length; column++)
            {
                if (table.Shape.Fields[column].BaseType == BaseType.PASSWORD && row[column].ToString().Length == 0 && !kept[column].IsNull)
                    row[column] = Value.Text(MaskText, BaseType.PASSWORD);
            }
        }

        return Store(table, builder.Build(), stored);
    }

    private static IEnumerable<string> Column(InfoTable table, string field) => Enumerable.Range(0, table.RowCount).Select(row => table[row, field].ToString());

    private static InfoTable Map(InfoTable table, Func<int, int, Value, Value> secret)
    {
        var builder = new InfoTable.Builder(table.Shape);
        for (var i = 0; i < table.RowCount; i++)
        {
            var row = builder.AddRow();
            table.Row(i).CopyTo(row);
            for (var column = 0; column < row.Length; column++)
            {
                if (table.Shape.Fields[column].BaseType == BaseType.PASSWORD && row[column].AsText() is { Length: > 0 })
                    row[column] = secret(i, column, row[column]);
            }
        }

        return builder.Build();
    }

    private static InfoTable Fit(ConfigurationTableDefinition table, InfoTable given)
    {
        var builder = new InfoTable.Builder(table.Shape);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < given.RowCount; i++)
        {
            var row = builder.AddRow();
            for (var column = 0; column < row.Length; column++)
            {
                var field = table.Shape.Fields[column];
                var value = given[i, field.Name];
                row[column] = Coercion.To(value.IsNull ? field.Aspects["defaultValue"] : value, field.BaseType, field.Name);
            }

            if (table.Key is null)
                continue;
            var key = row[table.Shape.IndexOf(table.Key)].ToString();
            if (key.Length == 0 || !keys.Add(key))
                throw Errors.Bad($"Configuration table [{table.Name}], row {i + 1}: '{key}' as {table.Key} is {(key.Length == 0 ? "missing" : "there twice")}.");
        }

        return builder.Build();
    }

    private static ReadOnlySpan<Value> Stored(ConfigurationTableDefinition table, InfoTable stored, InfoTable given, int row)
    {
        for (var i = 0; i < stored.RowCount; i++)
        {
            if (table.Key is null ? i == row : stored[i, table.Key] == given[row, table.Key])
                return stored.Row(i);
        }

        return new Value[table.Shape.Fields.Length];
    }
}

/// <summary>Reading configuration tables of an entity.</summary>
public static class EntityConfiguration
{
    /// <summary>The definition of a table.</summary>
    /// <exception cref="PlatformException">NotFound, with the tables that there are.</exception>
    public static ConfigurationTableDefinition ConfigurationDefinition(this Entity entity, string name) => entity.ConfigurationDefinition(entity.Shape, name);

    /// <summary>The definition of a table among those of a shape.</summary>
    internal static ConfigurationTableDefinition ConfigurationDefinition(this Entity entity, EntityShape shape, string name) =>
        shape.ConfigurationTables.FirstOrDefault(table => table.Name == name) ?? throw new PlatformException(ErrorCode.NotFound,
            $"{entity.Key.Kind.Singular()} [{entity.Name}] has no configuration table [{name}]; it has {string.Join(", ", shape.ConfigurationTables.Select(t => t.Name))}.");

    /// <summary>The rows of a table as they are stored; a table of one row that was never saved gives its defaults.</summary>
    public static InfoTable Configuration(this Entity entity, string name) => entity.Configuration(entity.Shape, name);

    /// <summary>The rows of a table among those of a shape.</summary>
    internal static InfoTable Configuration(this Entity entity, EntityShape shape, string name)
    {
        var table = entity.ConfigurationDefinition(shape, name);
        return entity.Definition.ConfigurationTables.GetValueOrDefault(name) ?? shape.StoredTables.GetValueOrDefault(name) ?? Defaults(table);
    }

    /// <summary>One field of a table of one row; null where it is not set.</summary>
    public static Value Setting(this Entity entity, string table, string field) =>
        entity.Configuration(table) is { RowCount: > 0 } rows ? rows[0, field] : default;

    /// <summary>The definition with one field of a table of one row set.</summary>
    public static ThingDefinition WithSetting(this ThingDefinition thing, ConfigurationTableDefinition table, string field, Value value)
    {
        var rows = thing.ConfigurationTables.GetValueOrDefault(table.Name) is { RowCount: > 0 } stored ? stored : Defaults(table);
        var builder = new InfoTable.Builder(table.Shape);
        var row = builder.AddRow();
        for (var i = 0; i < row.Length; i++)
            row[i] = rows[0, table.Shape.Fields[i].Name];
        row[table.Shape.IndexOf(field)] = value;
        return thing with { ConfigurationTables = thing.ConfigurationTables.SetItem(table.Name, builder.Build()) };
    }

    private static InfoTable Defaults(ConfigurationTableDefinition table)
    {
        var builder = new InfoTable.Builder(table.Shape);
        if (table.IsMultiRow)
            return builder.Build();
        var row = builder.AddRow();
        for (var i = 0; i < row.Length; i++)
            row[i] = Coercion.To(table.Shape.Fields[i].Aspects["defaultValue"], table.Shape.Fields[i].BaseType, table.Shape.Fields[i].Name);
        return builder.Build();
    }
}
