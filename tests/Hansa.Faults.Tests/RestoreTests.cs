using System.Text.Json.Nodes;
using Hansa.Faults.Tests.Load;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>Folders are brought back from copies, and copies are started: nothing is taken for what it is not, and what is lost is named.</summary>
[Trait("Category", "Slow")]
public sealed class RestoreTests
{
    private const string Federation = "Subsystems/FederationSubsystem";

    [Fact]
    public async Task What_A_writes_after_it_was_brought_back_from_a_copy_is_not_taken_for_what_it_wrote_before()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("Kept", StreamLoad.Fields);
        await WriteAsync(pair, 0, 5);
        await pair.ServerA.StopAsync();
        using var copy = FolderCopy.Of(pair.ServerA.Folder);
        await pair.ServerA.StartAsync();
        await pair.UntilBoundAsync("RemoteKept");
        await WriteAsync(pair, 5, 5);
        await pair.ServerA.StopAsync();
        copy.Restore();
        await pair.ServerA.StartAsync();
        await WriteAsync(pair, 10, 5);
        await pair.UntilDrainedAsync();
        (await NumbersAsync(pair)).ShouldBe(Enumerable.Range(0, 15));
    }

    [Fact]
    public async Task That_B_was_brought_back_from_a_copy_is_named_on_A()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("Kept", StreamLoad.Fields);
        await WriteAsync(pair, 0, 2);
        await pair.ServerB.StopAsync();
        using var copy = FolderCopy.Of(pair.ServerB.Folder);
        await pair.ServerB.StartAsync();
        await pair.UntilBoundAsync("RemoteKept");
        (await LinkAsync(pair.A))["loss"]!.GetValue<string>().ShouldBe("");
        await WriteAsync(pair, 2, 3);
        await pair.ServerB.StopAsync();
        copy.Restore();
        await pair.ServerB.StartAsync();
        await Tables.UntilAsync(async () => (await LinkAsync(pair.A))["loss"]!.GetValue<string>().Contains("brought back", StringComparison.Ordinal), "the loss to be named", 15);
        // What comes now is taken all the same.
        await WriteAsync(pair, 5, 2);
        await pair.UntilDrainedAsync();
        (await NumbersAsync(pair)).ShouldBe([0, 1, 5, 6]);
    }

    [Fact]
    public async Task A_copy_of_B_that_runs_beside_it_is_refused()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.ServerB.StopAsync();
        using var copy = FolderCopy.Of(pair.ServerB.Folder);
        await using var twin = await ServerUnderTest.StartAsync("ServerB", folder: copy.Path);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await pair.ServerB.StartAsync();
        await pair.UntilConnectedAsync();
        using var client = twin.Client();
        await Tables.UntilAsync(async () => (await client.CallAsync(Federation, "GetLinks"))![0]!["state"]!.GetValue<string>() == "REFUSED", "the copy to be refused", 20);
        (await client.CallAsync(Federation, "GetLinks"))![0]!["reason"]!.GetValue<string>().ShouldContain("a data folder was copied");
    }

    private static async Task WriteAsync(FederatedPair pair, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            await pair.A.CallAsync("Things/RemoteKept", "AddStreamEntry", new()
            {
                ["values"] = Tables.Of(StreamLoad.Fields, new JsonObject { ["n"] = i, ["text"] = "x" }), ["source"] = "test", ["timestamp"] = StreamLoad.FirstTime + i,
            });
        }
    }

    private static async Task<IEnumerable<int>> NumbersAsync(FederatedPair pair) =>
        (await pair.B.CallAsync("Things/Kept", "GetStreamData", new() { ["maxItems"] = 1000, ["oldestFirst"] = true }))!.AsArray().Select(row => row!["n"]!.GetValue<int>());

    private static async Task<JsonNode> LinkAsync(RestClient server) => (await server.CallAsync(Federation, "GetLinks"))!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>A copy of a data folder.</summary>
    private sealed class FolderCopy : IDisposable
    {
        private readonly string _original;

        private FolderCopy(string original) => _original = original;

        public string Path { get; } = Directory.CreateTempSubdirectory("hansa-copy-").FullName;

        public static FolderCopy Of(string folder)
        {
            var copy = new FolderCopy(folder);
            Copy(folder, copy.Path);
            return copy;
        }

        public void Restore()
        {
            Directory.Delete(_original, recursive: true);
            Copy(Path, _original);
        }

        public void Dispose()
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
        }

        private static void Copy(string from, string to)
        {
            Directory.CreateDirectory(to);
            foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
                Directory.CreateDirectory(System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, folder)));
            foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
                File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file)), overwrite: true);
        }
    }
}
