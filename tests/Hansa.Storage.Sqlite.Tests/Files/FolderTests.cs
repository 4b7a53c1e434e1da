using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class FolderTests
{
    [Fact]
    public async Task Only_the_owner_may_read_the_files()
    {
        await using var folder = new TempFolder();
        var inner = Path.Combine(folder.Path, "data");
        await using var storage = await SqliteStorage.OpenAsync(inner, new(), TimeProvider.System, CancellationToken.None);
        await storage.Model.PutPropertiesAsync([new(Guid.NewGuid(), "p", default(Vtq) with { Quality = "" })], CancellationToken.None);

        TempFolder.ModeOf(inner).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(inner);
        files.Length.ShouldBe(11, "hansa.db, log.db and outbox.db, each with its log and the log's index, hansa.lock, hansa.pid");
        foreach (var file in files)
            TempFolder.ModeOf(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task Closing_leaves_one_file_and_frees_the_folder()
    {
        await using var folder = new TempFolder();
        var storage = await folder.OpenAsync();
        await storage.Model.PutPropertiesAsync([new(Guid.NewGuid(), "p", default(Vtq) with { Quality = "" })], CancellationToken.None);
        await Should.ThrowAsync<PlatformException>(folder.OpenAsync());
        await storage.DisposeAsync();
        await storage.DisposeAsync();

        File.Exists(folder.Database + "-wal").ShouldBeFalse();
        await using var again = await folder.OpenAsync();
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_by_name_and_left_alone()
    {
        await using var folder = new TempFolder();
        await (await folder.OpenAsync()).DisposeAsync();
        using (var database = Database.Open(folder.Database, isReadOnly: false, TimeSpan.Zero))
            database.Execute("PRAGMA user_version = 999");
        var before = File.ReadAllBytes(folder.Database);

        var error = await Should.ThrowAsync<PlatformException>(folder.OpenAsync());

        error.Message.ShouldContain(folder.Database);
        error.Message.ShouldContain("version 999");
        File.ReadAllBytes(folder.Database).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Database, string.Concat(Enumerable.Repeat("no database ", 1000)));

        (await Should.ThrowAsync<PlatformException>(folder.OpenAsync())).Message.ShouldContain("hansa.db is damaged");
    }

    [Fact]
    public async Task A_migration_copies_first_and_a_failing_step_changes_nothing()
    {
        await using var folder = new TempFolder();
        await (await folder.OpenAsync()).DisposeAsync();
        var first = Migration.FromResources(typeof(SqliteStorage).Assembly, "Migrations/");
        using var database = Database.Open(folder.Database, isReadOnly: false, TimeSpan.Zero);
        Migration good = new(first.Count + 1, "good", "CREATE TABLE extra (x)");
        Migration bad = new(first.Count + 2, "bad", "CREATE TABLE more (x); CREATE TABLE more (x)");

        Should.Throw<PlatformException>(() => Migrator.Run(database, folder.Database, [.. first, good, bad]));

        database.Scalar("PRAGMA user_version").ShouldBe(good.Version);
        database.Scalar("SELECT count(*) FROM sqlite_master WHERE name IN ('extra', 'more')").ShouldBe(1);
        var copy = $"{folder.Database}.v{first.Count}";
        TempFolder.ModeOf(copy).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var copied = Database.Open(copy, isReadOnly: true, TimeSpan.Zero);
        copied.Scalar("PRAGMA user_version").ShouldBe(first.Count);
        copied.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'extra'").ShouldBe(0);
    }

    [Fact]
    public async Task Commits_reach_the_disk_before_they_are_answered()
    {
        await using var folder = new TempFolder();
        using var writer = DatabaseFile.Data(folder.Path, new()).OpenWriter();

        writer.Scalar("PRAGMA synchronous").ShouldBe(2, "FULL");
        writer.Scalar("PRAGMA page_size").ShouldBe(8192);
        writer.Scalar("SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'").ShouldBe(1);
    }
}
