using Hansa.Storage.TestKit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class SqliteStreamStoreTests : StreamStoreContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteModelStoreTests : ModelStoreContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteStreamQueryTests : StreamQueryContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteDataTableTests : DataTableContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteValueStreamTests : ValueStreamContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqlitePageStoreTests : PageStoreContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteJournalTests : JournalContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}

public sealed class SqliteOutboxTests : OutboxContract
{
    private readonly TempFolder _folder = new();

    protected override Task<IStorage> OpenAsync() => _folder.OpenAsync();

    protected override ValueTask CleanUpAsync() => _folder.DisposeAsync();
}
