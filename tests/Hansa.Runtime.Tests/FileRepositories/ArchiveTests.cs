using System.IO.Compression;
using System.Text;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.FileRepositories;

/// <summary>Zip archives in a repository.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await FileRepositoryTests.StartAsync(new() { MaxArchiveEntries = 5, MaxArchiveSize = 100_000, MaxFileSize = 60_000, MaxLoadSize = 30_000 });
        await _platform.MakeThingAsync("Docs", "FileRepository");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task What_was_packed_comes_out_the_same_elsewhere()
    {
        await SaveAsync("in/a.txt", "A");
        await SaveAsync("in/sub/b.txt", "Bü");
        await CallAsync("CreateFolder", ("path", "in/empty"));
        await SaveAsync("in/other.txt", "not packed");
        await CallAsync("CreateZipArchive", ("newFileName", "all.zip"), ("path", "/in"), ("files", "a.txt, sub,/empty,sub/b.txt"));
        await CallAsync("MoveFile", ("sourcePath", "in/all.zip"), ("targetPath", "out/all.zip"));
        await CallAsync("ExtractZipArchive", ("path", "/out"), ("zipFileName", "all.zip"));
        (await CallAsync("BrowseDirectory", ("path", "out"))).Column("name").ShouldBe(["a.txt", "all.zip", "empty", "sub"]);
        (await CallAsync("LoadText", ("path", "out/sub/b.txt"))).ToString().ShouldBe("Bü");
    }

    [Fact]
    public async Task A_dot_packs_all_but_the_archive_itself_and_extracting_replaces()
    {
        await SaveAsync("a", "old");
        for (var i = 0; i < 2; i++)
            await CallAsync("CreateZipArchive", ("newFileName", "all.zip"), ("files", "."));
        await SaveAsync("a", "new");
        await CallAsync("ExtractZipArchive", ("zipFileName", "all.zip"));
        (await CallAsync("LoadText", ("path", "a"))).ToString().ShouldBe("old");
        (await CallAsync("BrowseDirectory")).Column("name").ShouldBe(["a", "all.zip"]);
    }

    [Fact]
    public async Task What_cannot_be_packed_is_told()
    {
        await SaveAsync("a", "A");
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("files", "a,b"))).Message.ShouldContain("File does not exist: [/b]");
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("files", "../a"))).Message.ShouldContain("'..'");
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("files", " , "))).Message.ShouldContain("names nothing");
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("path", "no"), ("files", "."))).Code.ShouldBe(ErrorCode.NotFound);
        for (var i = 0; i < 5; i++)
            await SaveAsync($"many/{i}", "");
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("files", "many"))).Message.ShouldContain("MaxArchiveEntries");
        await SaveAsync("large/1", new('x', 60_000));
        await SaveAsync("large/2", new('x', 60_000));
        (await RefusedAsync("CreateZipArchive", ("newFileName", "x.zip"), ("files", "large"))).Message.ShouldContain("MaxArchiveSize");
    }

    [Theory]
    [InlineData("../evil.txt", "'..'")]
    [InlineData("a/../../evil.txt", "'..'")]
    [InlineData("..\\evil.txt", "'..'")]
    [InlineData("/etc/evil.txt", "does not begin in the archive")]
    [InlineData("\\evil.txt", "does not begin in the archive")]
    [InlineData("C:/evil.txt", "names a drive")]
    public async Task An_archive_that_names_what_lies_outside_is_refused_whole(string name, string reason)
    {
        await ZipAsync("evil.zip", ("good.txt", "good"), (name, "evil"));
        var refusal = await RefusedAsync("ExtractZipArchive", ("zipFileName", "evil.zip"));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain(reason);
        await NothingElseThanAsync("evil.zip");
        Directory.EnumerateFiles(_platform.Folder, "evil.txt", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_in_an_archive_is_refused()
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = archive.CreateEntry("link");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using var content = entry.Open();
            content.Write("/etc"u8);
        }

        await CallAsync("SaveBinary", ("path", "x.zip"), ("content", Value.Bytes(buffer.ToArray())));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Message.ShouldContain("holds the link 'link'");
        await NothingElseThanAsync("x.zip");
    }

    [Fact]
    public async Task A_bomb_is_stopped_before_anything_is_in_place()
    {
        await ZipAsync("bomb.zip", ("good", "good"), ("bomb", new('0', 60_001)));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "bomb.zip"))).Code.ShouldBe(ErrorCode.TooLarge);
        await ZipAsync("bomb.zip", ("one", new('0', 59_000)), ("two", new('0', 59_000)));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "bomb.zip"))).Message.ShouldContain("MaxArchiveSize");
        await ZipAsync("bomb.zip", [.. Enumerable.Range(0, 6).Select(i => ($"{i}", ""))]);
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "bomb.zip"))).Message.ShouldContain("MaxArchiveEntries");
        await NothingElseThanAsync("bomb.zip");
    }

    [Fact]
    public async Task An_archive_larger_than_what_is_held_in_memory_is_not_opened()
    {
        await CallAsync("SaveBinary", ("path", "x.zip"), ("content", Value.Bytes(new byte[30_001])));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Message.ShouldContain("MaxLoadSize");
    }

    [Fact]
    public async Task A_broken_archive_and_one_with_a_name_twice_are_refused_whole()
    {
        await SaveAsync("x.zip", "no archive");
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Message.ShouldContain("no zip archive");
        await ZipAsync("x.zip", ("a", "1"), ("./a", "2"));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Message.ShouldContain("'/a' 2 times");
        await NothingElseThanAsync("x.zip");
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "none.zip"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_name_that_is_in_the_way_leaves_all_as_it_was()
    {
        await ZipAsync("x.zip", ("a", "1"), ("b/c", "2"));
        await SaveAsync("b", "in the way");
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Message.ShouldContain("[/b] of FileRepository [Docs] is a file, no directory");
        (await RefusedAsync("LoadText", ("path", "a"))).Code.ShouldBe(ErrorCode.NotFound);
        await ZipAsync("x.zip", ("a", "1"), ("a/c", "2"));
        (await RefusedAsync("ExtractZipArchive", ("zipFileName", "x.zip"))).Code.ShouldBe(ErrorCode.Conflict);
    }

    private async Task NothingElseThanAsync(string name)
    {
        (await CallAsync("BrowseDirectory")).Column("name").ShouldBe([name]);
        Directory.EnumerateFileSystemEntries(Path.Combine(_platform.Folder, "repositories", "unfinished")).ShouldBeEmpty();
    }

    private async Task ZipAsync(string name, params (string Name, string Content)[] entries)
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (entry, content) in entries)
            {
                using var stream = archive.CreateEntry(entry).Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        await CallAsync("SaveBinary", ("path", name), ("content", Value.Bytes(buffer.ToArray())));
    }

    private Task SaveAsync(string path, string content) => CallAsync("SaveText", ("path", path), ("content", content));

    private Task<Value> CallAsync(string service, params (string Name, object? Value)[] arguments) => _platform.CallAsync("Things/Docs", service, arguments);

    private Task<PlatformException> RefusedAsync(string service, params (string Name, object? Value)[] arguments) =>
        _platform.RefusedAsync(TestPlatform.Administrator, "Things/Docs", service, arguments);
}
