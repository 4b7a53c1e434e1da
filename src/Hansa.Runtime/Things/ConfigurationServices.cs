using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Configuration tables: services that Things and subsystems have.</summary>
public sealed class ConfigurationServices(EntityDirectory directory, ConfigurationSecrets secrets) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates or EntityKind.Subsystems;

    [Service("Gives a configuration table; secrets are masked.", Category = "Configuration", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetConfigurationTable(ServiceContext call, [Parameter(IsRequired = true)] string tableName) =>
        ConfigurationSecrets.Mask(call.Target.Configuration(call.Members(), tableName));

    [Service("Replaces all rows of a configuration table. A masked secret keeps the stored one of the same row.",
        Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetConfigurationTable(
        ServiceContext call, [Parameter(IsRequired = true)] string tableName, [Parameter(IsRequired = true)] InfoTable configurationTable,
        CancellationToken cancellationToken, bool persistent = true) => Replace(call, tableName, configurationTable, cancellationToken);

    [Service("Replaces all rows of a configuration table of many rows.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetMultiRowConfigurationTable(
        ServiceContext call, [Parameter(IsRequired = true)] string tableName, [Parameter(IsRequired = true)] InfoTable configurationTable,
        CancellationToken cancellationToken, bool persistent = true) => Replace(call, tableName, configurationTable, cancellationToken);

    [Service("Adds rows to a configuration table, replacing those with the same key.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetConfigurationTableRows(
        ServiceContext call, [Parameter(IsRequired = true)] string tableName, [Parameter(IsRequired = true)] InfoTable values,
        CancellationToken cancellationToken, bool persistent = true) => Edit(call, tableName, (table, rows) =>
        {
            var added = secrets.Store(table, values, rows);
            return Combine(table, rows, added, keepOld: true);
        }, cancellationToken);

    [Service("Takes rows out of a configuration table: those with the keys of the values.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteConfigurationTableRows(
        ServiceContext call, [Parameter(IsRequired = true)] string tableName, [Parameter(IsRequired = true)] InfoTable values,
        CancellationToken cancellationToken, bool persistent = true, bool removeAllMatchingRows = true) =>
        Edit(call, tableName, (table, rows) => Combine(table, rows, values, keepOld: false), cancellationToken);

    [Service("Takes all rows out of a configuration table.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteAllConfigurationTableRows(
        ServiceContext call, [Parameter(IsRequired = true)] string tableName, CancellationToken cancellationToken, bool persistent = true) =>
        Edit(call, tableName, (table, _) => new InfoTable.Builder(table.Shape).Build(), cancellationToken);

    [Service("Gives one row of a configuration table, by its key; none where there is no such row.", Category = "Configuration", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetConfigurationTableRow(ServiceContext call, [Parameter(IsRequired = true)] string tableName, string? key)
    {
        var table = Table(call, tableName);
        if (table.IsMultiRow && table.Key is null)
            throw Errors.Bad($"Configuration table [{tableName}] has no key; use GetConfigurationTable.");
        var rows = GetConfigurationTable(call, tableName);
        var builder = new InfoTable.Builder(rows.Shape);
        for (var i = 0; i < rows.RowCount; i++)
        {
            if (table.Key is null || rows[i, table.Key].ToString() == key)
                builder.Add(rows.Row(i));
        }

        return builder.Build();
    }

    [Service("Tells whether a configuration table holds many rows.", Category = "Configuration", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool IsMultiRowTable(ServiceContext call, [Parameter(IsRequired = true)] string tableName) => Table(call, tableName).IsMultiRow;

    [Service("Saves the configuration tables; here they are saved with every change.", Category = "Configuration", Requires = Permission.Update, RunsWhenStopped = true)]
    public void SaveConfigurationTables(ServiceContext call)
    {
        // Each change is on disk when it is answered: there is nothing left to save.
    }

    private Task Replace(ServiceContext call, string name, InfoTable rows, CancellationToken cancellationToken) =>
        Edit(call, name, (table, stored) => secrets.Store(table, rows, stored), cancellationToken);

    private Task Edit(ServiceContext call, string name, Func<ConfigurationTableDefinition, InfoTable, InfoTable> edit, CancellationToken cancellationToken)
    {
        var table = Table(call, name);
        return directory.UpdateAsync(call.Target.Key, definition =>
        {
            var stored = definition.ConfigurationTables.GetValueOrDefault(name) ?? new InfoTable.Builder(table.Shape).Build();
            var rows = edit(table, stored);
            table.CheckRows(rows);
            foreach (var user in ConfigurationSecrets.NewUsers(rows, stored))
                call.Demand(call.Find(EntityKind.Users, user), Permission.Update);
            return definition with { ConfigurationTables = definition.ConfigurationTables.SetItem(name, rows) };
        }, cancellationToken);
    }

    private static ConfigurationTableDefinition Table(ServiceContext call, string name) => call.Target.ConfigurationDefinition(call.Members(), name);

    private static InfoTable Combine(ConfigurationTableDefinition table, InfoTable old, InfoTable values, bool keepOld)
    {
        var key = table.Key ?? throw Errors.Bad($"Configuration table [{table.Name}] has no key; use SetConfigurationTable.");
        var keys = Enumerable.Range(0, values.RowCount).Select(i => values[i, key].ToString()).ToHashSet(StringComparer.Ordinal);
        var builder = new InfoTable.Builder(table.Shape);
        for (var i = 0; i < old.RowCount; i++)
        {
            if (!keys.Contains(old[i, key].ToString()))
                builder.Add(old.Row(i));
        }

        for (var i = 0; keepOld && i < values.RowCount; i++)
            builder.Add(values.Row(i));
        return builder.Build();
    }
}
