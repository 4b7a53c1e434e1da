using Hansa.Model;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every provider must do. A provider's test project derives from these classes and adds only how to open its storage.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    private IStorage? _storage;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected IStorage Storage => _storage!;

    protected IStreamStore Streams => Storage.Streams;

    protected IValueStreamStore ValueStreams => Storage.ValueStreams;

    protected IDataTableStore DataTables => Storage.DataTables;

    public async ValueTask InitializeAsync() => _storage = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Storage.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's own storage, empty at first, with what was written before when opened again.</summary>
    protected abstract Task<IStorage> OpenAsync();

    /// <summary>Deletes the test's own storage.</summary>
    protected abstract ValueTask CleanUpAsync();

    /// <summary>Stops the storage and starts it again.</summary>
    protected async Task RestartAsync()
    {
        await Storage.DisposeAsync();
        _storage = await OpenAsync();
    }

    /// <summary>A new stream of that shape.</summary>
    protected async Task<Guid> NewStreamAsync(DataShape shape)
    {
        var stream = Guid.NewGuid();
        await Streams.EnsureAsync(stream, "Data", shape, Token);
        return stream;
    }

    /// <summary>All entries with their data, oldest first.</summary>
    protected Task<InfoTable> ReadAllAsync(Guid stream, DataShape shape) =>
        Streams.QueryAsync(stream, new(shape, StreamColumns.EntriesWithData, int.MaxValue) { OldestFirst = true }, Token);

    /// <summary>An entry whose time the caller gave.</summary>
    protected static StreamEntry Given(long time, string source, params Value[] values) => new(time, IsAssigned: false, source, "Thing", null, null, values);

    /// <summary>An entry whose time a server stamped.</summary>
    protected static StreamEntry Assigned(long time, string source, params Value[] values) => new(time, IsAssigned: true, source, "Thing", null, null, values);
}
