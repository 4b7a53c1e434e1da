using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.DataTables;

/// <summary>The events of a data table: one for each entry, once the write is committed.</summary>
public sealed class DataTableEventTests : IAsyncLifetime
{
    private const string Table = "Things/Parts";
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeDataTableAsync("Parts", ["id"], ("id", BaseType.STRING), ("n", BaseType.NUMBER));
        await _platform.MakeThingAsync("Watcher");
        await _platform.AddPropertyAsync("Watcher", "seen", BaseType.STRING, ("defaultValue", ";"));
        const string code = "me.seen = me.seen + eventName + ' ' + eventData.id + ' ' + eventData.type + ';';";
        await _platform.EditAsync("Watcher", thing => thing with
        {
            Subscriptions = [.. new[] { "Add", "Update", "Delete" }.Select(name => new SubscriptionDefinition($"On{name}", name, "Parts", "", code))],
        });
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Every_change_of_an_entry_is_heard()
    {
        await HearAsync("Add a", "AddDataTableEntry", ("values", Row("a", 1)));
        await HearAsync("Update a", "AddOrUpdateDataTableEntry", ("values", Row("a", 2)));
        await HearAsync("Add b", "AddOrUpdateDataTableEntry", ("values", Row("b", 2)));
        await HearAsync("Update b", "UpdateDataTableEntry", ("values", Row("b", 3)));
        await HearAsync("Update a", "UpdateDataTableEntriesWithQuery", ("values", Tables.Row(("id", "a"))), ("updateValues", Tables.Row(("n", 7.0))));
        await HearAsync("Delete a", "DeleteDataTableEntryByKey", ("key", "a"));
        await HearAsync("Delete b", "DeleteDataTableEntriesWithQuery", ("query", "{}"));
        await HearAsync("Add c", "AssignDataTableEntries", ("values", Row("c", 1)));
    }

    [Fact]
    public async Task What_is_refused_is_not_heard()
    {
        await HearAsync("Add a", "AddDataTableEntry", ("values", Row("a", 1)));
        await _platform.RefusedAsync("Administrator", Table, "AddDataTableEntries",
            ("values", Tables.Of([("id", BaseType.STRING)], ["b"], ["a"])));
        await HearAsync("Add c", "AddDataTableEntry", ("values", Row("c", 1)));
        (await _platform.ReadAsync("Watcher", "seen")).ToString().ShouldNotContain(" b ");
    }

    private static InfoTable Row(string id, double number) => Tables.Row(("id", id), ("n", number));

    // Each before the next, as several workers run subscriptions.
    private async Task HearAsync(string expected, string service, params (string Name, object? Value)[] arguments)
    {
        await _platform.WriteAsync("Watcher", "seen", ";");
        await _platform.CallAsync(Table, service, arguments);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Watcher", "seen")).ToString() == $";{expected} DataTable;", $"{service}: {expected}");
    }
}
