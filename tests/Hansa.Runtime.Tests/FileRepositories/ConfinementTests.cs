using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.FileRepositories;

/// <summary>No path leads out of a repository, on a real disk.</summary>
public sealed class ConfinementTests : IDisposable
{
    private const string Secret = "what nobody outside may read";

    private readonly string _base = Directory.CreateTempSubdirectory("hansa-confinement-test-").FullName;
    private readonly string _root;
    private readonly RepositoryFolder _folder;

    public ConfinementTests()
    {
        _root = Path.Combine(_base, "disk", "repository");
        _folder = new("Docs", _root, Path.Combine(_base, "disk", "unfinished"), new());
        Write("inside/known.txt", "known");
        Directory.CreateDirectory(Path.Combine(_base, "outside"));
        File.WriteAllText(Path.Combine(_base, "outside", "hidden.txt"), Secret);
        File.WriteAllText(Path.Combine(_base, "disk", "secret.txt"), Secret);
        // What somebody with a hand on the disk may have put there.
        File.CreateSymbolicLink(Path.Combine(_root, "link"), Path.Combine(_base, "outside"));
        File.CreateSymbolicLink(Path.Combine(_root, "inside", "link.txt"), Path.Combine(_base, "outside", "hidden.txt"));
    }

    public void Dispose() => Directory.Delete(_base, recursive: true);

    [Fact]
    public void Whatever_a_path_says_nothing_outside_is_read_written_moved_or_deleted()
    {
        string[] parts = ["..", ".", "", "...", ".. ", "\0", "C:", "inside", "link", "link.txt", "secret.txt", "outside", "disk", "known.txt", "%2e%2e", "~", "a\nb", "ü", "x", "\ud800", "..\0", "unfinished"];
        var paths = Gen.Elements(parts).ListOf().SelectMany(names => Gen.Elements("/", "\\", "//", "/./").SelectMany(separator => Gen.Elements("", "/", "\\", "//").Select(start => start + string.Join(separator, names))));
        Prop.ForAll(paths.SelectMany(path => paths.Select(other => (path, other))).ToArbitrary(), given =>
        {
            var (path, other) = given;
            Quiet(() => Encoding.UTF8.GetString(_folder.Load(RepositoryPath.Parse(path))).ShouldNotContain(Secret));
            Quiet(() => Write(path, "written"));
            Quiet(() => _folder.Append(RepositoryPath.Parse(path), "more"u8));
            Quiet(() => _folder.Pack(RepositoryPath.Parse(other), RepositoryPath.Top, [path], CancellationToken.None));
            Quiet(() => _folder.CreateDirectory(RepositoryPath.Parse(other)));
            Quiet(() => _folder.Move(RepositoryPath.Parse(path), RepositoryPath.Parse(other), overwrite: true));
            Quiet(() => Names(_folder.Browse(RepositoryPath.Parse(path))).ShouldNotContain("hidden.txt", "a link was followed"));
            Quiet(() => _folder.DeleteFile(RepositoryPath.Parse(other)));
            Quiet(() => _folder.DeleteDirectory(RepositoryPath.Parse(other)));
            Directory.EnumerateFileSystemEntries(_base).Select(Path.GetFileName).ShouldBe(["disk", "outside"], ignoreOrder: true);
            Directory.EnumerateFileSystemEntries(Path.Combine(_base, "disk")).Select(Path.GetFileName).ShouldBe(["repository", "secret.txt", "unfinished"], ignoreOrder: true);
            Directory.EnumerateFileSystemEntries(Path.Combine(_base, "disk", "unfinished")).ShouldBeEmpty();
            File.ReadAllText(Path.Combine(_base, "disk", "secret.txt")).ShouldBe(Secret);
            Directory.EnumerateFileSystemEntries(Path.Combine(_base, "outside")).Select(Path.GetFileName).ShouldBe(["hidden.txt"]);
            File.ReadAllText(Path.Combine(_base, "outside", "hidden.txt")).ShouldBe(Secret);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

        // Only what may be said in the answer: a refusal. Anything else is a fault.
        static void Quiet(Action action)
        {
            try
            {
                action();
            }
            catch (PlatformException)
            {
            }
        }
    }

    [Theory]
    [InlineData("../x", "'..' leads out")]
    [InlineData("a/../../x", "'..' leads out")]
    [InlineData("a\\..\\x", "'..' leads out")]
    [InlineData("C:\\Windows", "names a drive")]
    [InlineData("a\0b", "control character")]
    [InlineData("a/.. /x", "must not end with a dot or a blank")]
    public void A_path_that_could_lead_out_is_refused_with_the_reason(string path, string reason)
    {
        var refusal = Should.Throw<PlatformException>(() => RepositoryPath.Parse(path));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain(reason);
        refusal.Message.ShouldNotContain("\0");
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("a/b", "/a/b")]
    [InlineData("\\a\\\\b\\", "/a/b")]
    [InlineData("//server/share", "/server/share")]
    [InlineData("./a/./b.txt", "/a/b.txt")]
    [InlineData("..a/b..c", "/..a/b..c")]
    public void A_path_begins_at_the_top_however_it_is_written(string path, string meant) => RepositoryPath.Parse(path).ToString().ShouldBe(meant);

    [Fact]
    public void Half_a_character_is_no_name() => Should.Throw<PlatformException>(() => RepositoryPath.Parse("a\ud800")).Message.ShouldContain("no valid Unicode");

    [Fact]
    public void Names_and_paths_longer_than_a_disk_takes_are_refused()
    {
        RepositoryPath.Parse(new string('x', 255)).Names.Length.ShouldBe(1);
        Should.Throw<PlatformException>(() => RepositoryPath.Parse(new string('ü', 128))).Message.ShouldContain("255 bytes");
        Should.Throw<PlatformException>(() => RepositoryPath.Parse(string.Join('/', Enumerable.Repeat(new string('x', 200), 11)))).Message.ShouldContain("2048 bytes");
    }

    [Theory]
    [InlineData("link/hidden.txt")]
    [InlineData("inside/link.txt")]
    [InlineData("link")]
    public void A_link_is_named_where_it_is_refused(string path)
    {
        var at = RepositoryPath.Parse(path);
        Should.Throw<PlatformException>(() => _folder.Load(at)).Message.ShouldContain("is a link");
        Should.Throw<PlatformException>(() => Write(path, "x")).Message.ShouldContain("is a link");
        Should.Throw<PlatformException>(() => _folder.DeleteFile(at)).Message.ShouldContain("is a link");
        Names(_folder.Browse(RepositoryPath.Top)).ShouldBe(["inside"]);
    }

    [Fact]
    public void Deleting_a_directory_leaves_alone_what_links_in_it_lead_to()
    {
        _folder.DeleteDirectory(RepositoryPath.Parse("inside"));
        File.ReadAllText(Path.Combine(_base, "outside", "hidden.txt")).ShouldBe(Secret);
    }

    private static IEnumerable<string> Names(InfoTable table) => Enumerable.Range(0, table.RowCount).Select(row => table[row, 0].ToString());

    private void Write(string path, string text) => _folder.Write(RepositoryPath.Parse(path), new MemoryStream(Encoding.UTF8.GetBytes(text)), overwrite: true, CancellationToken.None);
}
