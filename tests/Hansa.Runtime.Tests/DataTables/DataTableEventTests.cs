using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Storage;
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

    [Theory]
    [InlineData("AddDataTableEntry", "Add")]
    [InlineData("UpdateDataTableEntriesWithQuery", "Update")]
    [InlineData("DeleteDataTableEntryByKey", "Delete")]
    public async Task A_change_is_heard_also_where_its_caller_has_given_up_waiting(string service, string heard)
    {
        HeldTables? held = null;
        await using var platform = await TestPlatform.StartAsync(wrap: storage => held = new(storage));
        await platform.MakeDataTableAsync("Parts", ["id"], ("id", BaseType.STRING), ("n", BaseType.NUMBER));
        if (heard != "Add")
            await platform.CallAsync(Table, "AddDataTableEntry", ("values", Row("a", 1)));
        await platform.MakeThingAsync("Watcher");
        await platform.AddPropertyAsync("Watcher", "seen", BaseType.STRING);
        await platform.EditAsync("Watcher", thing => thing with { Subscriptions = [new("S", heard, "Parts", "", "me.seen = eventData.id;")] });
        held!.Hold();
        using var patience = new CancellationTokenSource();
        var arguments = heard switch
        {
            "Add" => TableArguments.Of(("values", Values.Of(Row("a", 1)))),
            "Update" => TableArguments.Of(("values", Values.Of(Tables.Row(("id", "a")))), ("updateValues", Values.Of(Tables.Row(("n", 7.0))))),
            _ => TableArguments.Of(("key", Values.Of("a"))),
        };

        var call = platform.Invoker.InvokeAsync(new(TestPlatform.Administrator, TestPlatform.Key(Table), service, arguments, CallOrigin.Rest), patience.Token).AsTask();
        await held.Committed;
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        held.Release();

        await Until.TrueAsync(async () => (await platform.ReadAsync("Watcher", "seen")).ToString() == "a", "the event");
    }

    private static InfoTable Row(string id, double number) => Tables.Row(("id", id), ("n", number));

    // Each before the next, as several workers run subscriptions.
    private async Task HearAsync(string expected, string service, params (string Name, object? Value)[] arguments)
    {
        await _platform.WriteAsync("Watcher", "seen", ";");
        await _platform.CallAsync(Table, service, arguments);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Watcher", "seen")).ToString() == $";{expected} DataTable;", $"{service}: {expected}");
    }

    /// <summary>A store whose writes of data tables are on disk before their callers learn it.</summary>
    private sealed class HeldTables(IStorage inner) : IStorage, IDataTableStore
    {
        private readonly TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _gate;

        public Task Committed => _committed.Task;

        public IModelStore Model => inner.Model;

        public IStreamStore Streams => inner.Streams;

        public IValueStreamStore ValueStreams => inner.ValueStreams;

        public IDataTableStore DataTables => this;

        public IPageStore Pages => inner.Pages;

        public IJournals Journals => inner.Journals;

        public ILedger Ledger => inner.Ledger;

        public IOutbox Outbox => inner.Outbox;

        public StorageMetrics Metrics => inner.Metrics;

        public void Hold() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _gate!.SetResult();

        public Task EnsureAsync(Guid table, string name, DataShape shape, CancellationToken cancellationToken) => inner.DataTables.EnsureAsync(table, name, shape, cancellationToken);

        public Task<IReadOnlyList<WrittenRow>> WriteAsync(Guid table, DataShape fields, IReadOnlyList<TableEntry> entries, TableWrite mode, CancellationToken cancellationToken) =>
            HoldAsync(inner.DataTables.WriteAsync(table, fields, entries, mode, cancellationToken), cancellationToken);

        public Task<IReadOnlyList<string>> UpdateAsync(Guid table, TableQuery query, TableEntryChange change, CancellationToken cancellationToken) =>
            HoldAsync(inner.DataTables.UpdateAsync(table, query, change, cancellationToken), cancellationToken);

        public Task<IReadOnlyList<string>> DeleteAsync(Guid table, TableQuery query, CancellationToken cancellationToken) =>
            HoldAsync(inner.DataTables.DeleteAsync(table, query, cancellationToken), cancellationToken);

        public Task<long> PurgeAsync(Guid table, CancellationToken cancellationToken) => inner.DataTables.PurgeAsync(table, cancellationToken);

        public Task<long> RetainAsync(Guid table, long? before, long? keep, CancellationToken cancellationToken) => inner.DataTables.RetainAsync(table, before, keep, cancellationToken);

        public Task<InfoTable> QueryAsync(Guid table, TableQuery query, CancellationToken cancellationToken) => inner.DataTables.QueryAsync(table, query, cancellationToken);

        public Task<QueryPage> QueryPageAsync(Guid table, TableQuery query, string? cursor, CancellationToken cancellationToken) =>
            inner.DataTables.QueryPageAsync(table, query, cursor, cancellationToken);

        public Task<long> CountAsync(Guid table, CancellationToken cancellationToken) => inner.DataTables.CountAsync(table, cancellationToken);

        public Task ReindexAsync(Guid table, DataShape shape, IReadOnlyList<TableIndex> indexes, CancellationToken cancellationToken) =>
            inner.DataTables.ReindexAsync(table, shape, indexes, cancellationToken);

        public Task DropAsync(Guid table, CancellationToken cancellationToken) => inner.DataTables.DropAsync(table, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        private async Task<T> HoldAsync<T>(Task<T> write, CancellationToken cancellationToken)
        {
            var written = await write;
            if (_gate is { } gate)
            {
                _committed.TrySetResult();
                await gate.Task.WaitAsync(cancellationToken);
            }

            return written;
        }
    }
}
