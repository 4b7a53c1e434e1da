using System.Text;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.FileRepositories;

/// <summary>The services of FileRepository on a real disk.</summary>
public sealed class FileRepositoryTests : IAsyncLifetime
{
    private const string Docs = "Things/Docs";

    private TestPlatform _platform = null!;

    private string Repositories => Path.Combine(_platform.Folder, "repositories");

    private string Folder => Path.Combine(Repositories, _platform.Thing("Docs").Definition.Id.ToString("N"));

    public async ValueTask InitializeAsync()
    {
        _platform = await StartAsync(new() { MaxFileSize = 4_000, MaxLoadSize = 3_000, MaxListing = 5 });
        await _platform.MakeThingAsync("Docs", "FileRepository");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("SaveText", "LoadText", "Tür\n")]
    [InlineData("SaveText", "LoadText", "")]
    [InlineData("SaveJSON", "LoadJSON", """{"a": [1, null]}""")]
    [InlineData("SaveXML", "LoadXML", "<?xml version=\"1.0\"?><!DOCTYPE a><a b='c'>d</a>")]
    public async Task What_is_saved_as_text_is_loaded_as_it_was(string save, string load, string content)
    {
        await CallAsync(save, ("path", "/sub/file"), ("content", content));
        (await CallAsync(load, ("path", "sub/file"))).ToString().ShouldBe(content);
        (await File.ReadAllBytesAsync(Path.Combine(Folder, "sub", "file"), TestContext.Current.CancellationToken)).ShouldBe(Encoding.UTF8.GetBytes(content));
    }

    [Theory]
    [InlineData("SaveBinary", "LoadBinary", BaseType.BLOB)]
    [InlineData("SaveImage", "LoadImage", BaseType.IMAGE)]
    public async Task Bytes_are_loaded_as_they_were_saved(string save, string load, BaseType type)
    {
        byte[] bytes = [0, 255, 13, 10];
        await CallAsync(save, ("path", "b"), ("content", Value.Bytes(bytes, type)));
        await CallAsync(save, ("path", "b"), ("content", Value.Bytes([.. bytes, 7], type)));
        var loaded = await CallAsync(load, ("path", "b"));
        loaded.BaseType.ShouldBe(type);
        loaded.AsBytes().ShouldBe([.. bytes, 7]);
    }

    [Fact]
    public async Task Content_that_is_not_of_its_kind_is_refused_on_both_ways()
    {
        (await RefusedAsync("SaveXML", ("path", "x"), ("content", "<a>"))).Message.ShouldContain("not XML");
        (await RefusedAsync("SaveJSON", ("path", "x"), ("content", "{"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await RefusedAsync("SaveText", ("path", "x"), ("content", "\ud800"))).Message.ShouldContain("half a character");
        (await RefusedAsync("SaveText", ("path", "x"))).Message.ShouldContain("needs parameter 'content'");
        await CallAsync("SaveBinary", ("path", "x"), ("content", Value.Bytes([0xff, 0xfe, 0x41])));
        foreach (var load in new[] { "LoadText", "LoadJSON", "LoadXML" })
            (await RefusedAsync(load, ("path", "x"))).Message.ShouldContain("LoadBinary");
        await CallAsync("SaveText", ("path", "x"), ("content", "plain"));
        (await RefusedAsync("LoadJSON", ("path", "x"))).Message.ShouldContain("is not JSON");
        (await RefusedAsync("LoadXML", ("path", "x"))).Message.ShouldContain("is not XML");
    }

    [Fact]
    public async Task A_mark_of_byte_order_is_no_part_of_the_text()
    {
        await CallAsync("SaveBinary", ("path", "x"), ("content", Value.Bytes([0xef, 0xbb, 0xbf, 0x7b, 0x7d])));
        (await CallAsync("LoadJSON", ("path", "x"))).ToString().ShouldBe("{}");
    }

    [Fact]
    public async Task A_file_is_made_once_unless_it_may_be_replaced()
    {
        await CallAsync("CreateTextFile", ("path", "a.txt"), ("data", "one"));
        (await RefusedAsync("CreateTextFile", ("path", "a.txt"), ("data", "two"))).Code.ShouldBe(ErrorCode.Conflict);
        (await CallAsync("LoadText", ("path", "a.txt"))).ToString().ShouldBe("one");
        await CallAsync("CreateTextFile", ("path", "a.txt"), ("content", "two"), ("overwrite", true));
        (await CallAsync("LoadText", ("path", "a.txt"))).ToString().ShouldBe("two");
        await CallAsync("CreateBinaryFile", ("path", "b"));
        (await RefusedAsync("CreateBinaryFile", ("path", "b"), ("data", Value.Bytes([1])))).Message.ShouldContain("File already exists");
        (await CallAsync("LoadBinary", ("path", "b"))).AsBytes().ShouldBe([]);
    }

    [Fact]
    public async Task What_is_appended_at_once_from_many_sides_is_all_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => CallAsync("AppendToTextFile", ("path", "log/x"), ("data", $"line {i}\n"))));
        (await CallAsync("LoadText", ("path", "log/x"))).ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(Enumerable.Range(0, 20).Select(i => $"line {i}"), ignoreOrder: true);
        await CallAsync("AppendToBinaryFile", ("path", "b"), ("data", Value.Bytes([1])));
        await CallAsync("AppendToBinaryFile", ("path", "b"), ("data", Value.Bytes([2, 3])));
        (await CallAsync("LoadBinary", ("path", "b"))).AsBytes().ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Of_writers_that_race_to_make_a_file_one_wins_and_a_reader_never_sees_half()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
        {
            try
            {
                await CallAsync("CreateTextFile", ("path", "x"), ("data", new string((char)('a' + i), 500)));
                return 1;
            }
            catch (PlatformException e) when (e.Code == ErrorCode.Conflict)
            {
                return 0;
            }
        }));
        made.Sum().ShouldBe(1);
        var writing = Task.WhenAll(Enumerable.Range(0, 20).Select(i => CallAsync("SaveText", ("path", "x"), ("content", new string((char)('a' + i), 500)))));
        do
            (await CallAsync("LoadText", ("path", "x"))).ToString().Distinct().ShouldHaveSingleItem();
        while (!writing.IsCompleted);
        await writing;
    }

    [Fact]
    public async Task A_file_beyond_the_limit_is_refused_and_the_one_that_was_there_stays()
    {
        await CallAsync("SaveText", ("path", "x"), ("content", "old"));
        (await RefusedAsync("SaveText", ("path", "x"), ("content", new string('x', 4_001)))).Code.ShouldBe(ErrorCode.TooLarge);
        (await RefusedAsync("AppendToTextFile", ("path", "x"), ("data", new string('x', 3_998)))).Message.ShouldContain("FileRepositories:MaxFileSize");
        (await CallAsync("LoadText", ("path", "x"))).ToString().ShouldBe("old");
        Directory.EnumerateFileSystemEntries(Path.Combine(Repositories, "unfinished")).ShouldBeEmpty();
        await CallAsync("SaveText", ("path", "x"), ("content", new string('x', 4_000)));
        (await RefusedAsync("LoadText", ("path", "x"))).Message.ShouldContain("Download it at /Thingworx/FileRepositories/Docs/x.");
    }

    [Fact]
    public async Task Directories_are_made_listed_and_deleted()
    {
        await CallAsync("CreateFolder", ("path", "/a/b"));
        (await RefusedAsync("CreateFolder", ("path", "a"))).Message.ShouldContain("already exists");
        (await RefusedAsync("CreateFolder", ("path", "/"))).Message.ShouldContain("already exists");
        await CallAsync("SaveText", ("path", "/a/z.txt"), ("content", "12345"));
        await CallAsync("SaveText", ("path", "/a/Q.TXT"), ("content", ""));
        await CallAsync("SaveText", ("path", "/a/x.md"), ("content", ""));

        var all = await CallAsync("BrowseDirectory", ("path", "/a"));
        all.Column("name").ShouldBe(["Q.TXT", "b", "x.md", "z.txt"]);
        all.Column("path").ShouldBe(["/a/Q.TXT", "/a/b", "/a/x.md", "/a/z.txt"]);
        all.Column("fileType").ShouldBe(["F", "D", "F", "F"]);
        all.Column("size").ShouldBe(["0", "0", "0", "5"]);
        (await CallAsync("BrowseFileSystem", ("path", "/a"))).Column("name").ShouldBe(all.Column("name"));
        foreach (var service in new[] { "ListFiles", "GetFileListing", "GetFileListingWithLinks" })
        {
            (await CallAsync(service, ("path", "a"), ("nameMask", "?.txt"))).Column("name").ShouldBe(["Q.TXT", "z.txt"]);
            (await CallAsync(service, ("path", "a"))).Column("name").ShouldBe(["Q.TXT", "x.md", "z.txt"]);
            (await CallAsync(service)).AsTable()!.RowCount.ShouldBe(0);
        }

        var directories = await CallAsync("ListDirectories");
        (directories.Column("name").Single(), directories.Column("path").Single(), directories.Column("parentPath").Single()).ShouldBe(("a", "/a", "/"));
        (await CallAsync("GetDirectoryStructure")).Column("path").ShouldBe(["/a", "/a/b"]);

        await CallAsync("DeleteFolder", ("path", "a"));
        (await CallAsync("GetDirectoryStructure")).AsTable()!.RowCount.ShouldBe(0);
        (await RefusedAsync("DeleteFolder", ("path", "a"))).Message.ShouldContain("Directory does not exist");
        (await RefusedAsync("DeleteFolder", ("path", "/"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await RefusedAsync("ListFiles", ("path", "a"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_repository_without_a_file_is_empty_and_takes_no_room()
    {
        (await CallAsync("BrowseDirectory")).AsTable()!.RowCount.ShouldBe(0);
        (await CallAsync("GetFileInfo", ("path", "/"))).Column("fileType").ShouldBe(["D"]);
        Directory.Exists(Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_listing_beyond_the_limit_says_so()
    {
        for (var i = 0; i < 6; i++)
            await CallAsync("CreateTextFile", ("path", $"{i}.txt"));
        (await RefusedAsync("ListFiles")).Code.ShouldBe(ErrorCode.TooLarge);
        (await CallAsync("ListFiles", ("nameMask", "3*"))).Column("name").ShouldBe(["3.txt"]);
    }

    [Fact]
    public async Task File_information_tells_size_and_time()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-2);
        await CallAsync("SaveText", ("path", "x"), ("content", "123"));
        var info = (await CallAsync("GetFileInfo", ("path", "x"))).AsTable()!;
        info[0, info.Shape.IndexOf("size")].AsNumber().ShouldBe(3);
        info[0, info.Shape.IndexOf("lastModifiedDate")].AsDateTime()!.Value.ShouldBeInRange(before, DateTimeOffset.UtcNow.AddSeconds(2));
        (await RefusedAsync("GetFileInfo", ("path", "y"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("MoveFile")]
    [InlineData("RenameFile")]
    public async Task A_file_is_moved_and_replaces_another_only_if_it_may(string move)
    {
        await CallAsync("SaveText", ("path", "a"), ("content", "A"));
        await CallAsync(move, ("sourcePath", "a"), ("targetPath", "sub/b"));
        (await RefusedAsync("LoadText", ("path", "a"))).Message.ShouldContain("File does not exist");
        await CallAsync("SaveText", ("path", "c"), ("content", "C"));
        (await RefusedAsync(move, ("sourcePath", "c"), ("targetPath", "sub/b"))).Code.ShouldBe(ErrorCode.Conflict);
        (await RefusedAsync(move, ("sourcePath", "c"), ("targetPath", "sub"), ("overwrite", true))).Message.ShouldContain("is a directory");
        (await RefusedAsync(move, ("sourcePath", "sub"), ("targetPath", "other"))).Message.ShouldContain("is a directory");
        (await RefusedAsync(move, ("sourcePath", "c"), ("targetPath", "sub/b/d"))).Message.ShouldContain("is a file, no directory");
        (await CallAsync("LoadText", ("path", "sub/b"))).ToString().ShouldBe("A");
        await CallAsync(move, ("sourcePath", "c"), ("targetPath", "sub/b"), ("overwrite", true));
        (await CallAsync("LoadText", ("path", "sub/b"))).ToString().ShouldBe("C");
    }

    [Fact]
    public async Task A_file_is_deleted_and_one_that_is_not_there_is_told()
    {
        await CallAsync("SaveText", ("path", "a/b"), ("content", ""));
        (await RefusedAsync("DeleteFile", ("path", "a"))).Message.ShouldContain("is a directory");
        await CallAsync("DeleteFile", ("path", "a/b"));
        (await RefusedAsync("DeleteFile", ("path", "a/b"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_link_leads_to_the_file_whatever_its_name()
    {
        await _platform.MakeThingAsync("Hall 2", "FileRepository");
        await _platform.CallAsync("Things/Hall 2", "SaveText", ("path", "a b/50% #1?.txt"), ("content", ""));
        (await _platform.CallAsync("Things/Hall 2", "GetFileListingWithLinks", ("path", "a b"))).Column("downloadLink")
            .ShouldBe(["/Thingworx/FileRepositories/Hall%202/a%20b/50%25%20%231%3F.txt"]);
    }

    [Fact]
    public async Task Files_are_data_for_whoever_may_invoke_and_closed_to_all_others()
    {
        await _platform.MakeUserAsync("bob");
        await CallAsync("SaveText", ("path", "x"), ("content", "old"));
        (await _platform.RefusedAsync("bob", Docs, "LoadText", ("path", "x"))).Code.ShouldBe(ErrorCode.NotFound);
        await CallAsync("AddVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        (await _platform.RefusedAsync("bob", Docs, "SaveText", ("path", "x"), ("content", "new"))).Code.ShouldBe(ErrorCode.Forbidden);
        await CallAsync("AddRunTimePermission", ("type", "ServiceInvoke"), ("resource", "LoadText"), ("principal", "bob"), ("principalType", "User"), ("allow", true));
        (await _platform.InvokeAsync("bob", Docs, "LoadText", ("path", "x"))).ToString().ShouldBe("old");
        (await _platform.RefusedAsync("bob", Docs, "DeleteFile", ("path", "x"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Every_server_has_a_repository_that_stays()
    {
        await _platform.CallAsync("Things/SystemRepository", "SaveText", ("path", "x"), ("content", "kept"));
        await _platform.RestartAsync();
        (await _platform.CallAsync("Things/SystemRepository", "LoadText", ("path", "x"))).ToString().ShouldBe("kept");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Resources/EntityServices", "DeleteThing", ("name", "SystemRepository"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task With_its_Thing_a_repository_goes_and_the_next_of_that_name_is_empty()
    {
        await CallAsync("SaveText", ("path", "a/x"), ("content", "old"));
        var folder = Folder;
        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Docs"));
        Directory.Exists(folder).ShouldBeFalse();
        await Until.TrueAsync(() => !Directory.EnumerateFileSystemEntries(Path.Combine(Repositories, "deleted")).Any(), "the files to be gone");
        await _platform.MakeThingAsync("Docs", "FileRepository");
        (await CallAsync("BrowseDirectory")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_last_run_left_unfinished_is_cleared_away_and_files_stay()
    {
        await CallAsync("SaveText", ("path", "x"), ("content", "kept"));
        var (half, gone) = (Path.Combine(Repositories, "unfinished", "half"), Path.Combine(Repositories, "deleted", "old"));
        Directory.CreateDirectory(gone);
        await File.WriteAllTextAsync(Path.Combine(gone, "x"), "x", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(half, "x", TestContext.Current.CancellationToken);
        await _platform.RestartAsync();
        await Until.TrueAsync(() => !File.Exists(half) && !Directory.Exists(gone), "the rest to be gone");
        (await CallAsync("LoadText", ("path", "x"))).ToString().ShouldBe("kept");
    }

    [Fact]
    public async Task A_disk_that_fails_is_told_without_its_places()
    {
        await CallAsync("SaveText", ("path", "x"), ("content", ""));
        Directory.Delete(Path.Combine(Repositories, "unfinished"), recursive: true);
        await File.WriteAllTextAsync(Path.Combine(Repositories, "unfinished"), "in the way", TestContext.Current.CancellationToken);
        var refusal = await RefusedAsync("SaveText", ("path", "x"), ("content", "y"));
        refusal.Code.ShouldBe(ErrorCode.Unavailable);
        refusal.Message.ShouldNotContain(_platform.Folder);
        _platform.Log.Lines.ShouldContain(line => line.Contains("The disk of FileRepository Docs failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Others_cannot_read_the_files_on_the_disk()
    {
        await CallAsync("SaveText", ("path", "a/x"), ("content", ""));
        await CallAsync("AppendToTextFile", ("path", "y"), ("data", ""));
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(Folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in new[] { "a/x", "y" })
            File.GetUnixFileMode(Path.Combine(Folder, file)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_script_uses_a_repository_like_any_Thing()
    {
        await _platform.MakeThingAsync("Desk");
        await _platform.CallAsync("Things/Desk", "AddScriptServiceDefinition", ("name", "Note"), ("code", """
            var docs = Things["Docs"];
            docs.SaveJSON({ path: "notes/1.json", content: { a: [1, 2] } });
            docs.AppendToTextFile({ path: "notes/log.txt", data: "one\n" });
            var result = docs.LoadJSON({ path: "notes/1.json" }).a.length + " " + docs.ListFiles({ path: "notes" }).rows.length;
            """), ("resultType", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], ["result", "STRING"])));
        (await _platform.CallAsync("Things/Desk", "Note")).ToString().ShouldBe("2 2");
    }

    // The root is filled in by the platform under test, which knows its folder.
    internal static Task<TestPlatform> StartAsync(FileRepositoryOptions limits) => TestPlatform.StartAsync(configure: services =>
    {
        var root = (FileRepositoryOptions)services.Last(service => service.ServiceType == typeof(FileRepositoryOptions)).ImplementationInstance!;
        limits.Root = root.Root;
        services.AddSingleton(limits);
    });

    private Task<Value> CallAsync(string service, params (string Name, object? Value)[] arguments) => _platform.CallAsync(Docs, service, arguments);

    private Task<PlatformException> RefusedAsync(string service, params (string Name, object? Value)[] arguments) => _platform.RefusedAsync(TestPlatform.Administrator, Docs, service, arguments);
}
