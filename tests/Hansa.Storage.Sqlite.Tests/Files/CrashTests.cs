using System.Diagnostics;
using Hansa.Model;
using Hansa.Storage.Sqlite.Child;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

/// <summary>A process that is killed while it writes: every acknowledged write is there afterwards, exactly once.</summary>
public sealed class CrashTests
{
    private const int Rounds = 4;
    private const int Callers = 12;
    private static readonly DataShape Shape = DataShape.Of(("n", BaseType.LONG), ("text", BaseType.STRING));

    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_exactly_once()
    {
        await using var folder = new TempFolder();
        var acknowledged = new Dictionary<string, long>();
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            await RunAndKillAsync(folder, Callers, TimeSpan.FromMilliseconds(150 + random.Next(400)), acknowledged);
            await using var storage = await folder.OpenAsync();
            await CheckAsync(storage, acknowledged);
        }

        acknowledged.Values.ShouldAllBe(last => last > 0, "every caller had its turn");
    }

    [Fact]
    public async Task A_second_process_is_kept_out_and_told_who_has_the_folder()
    {
        await using var folder = new TempFolder();
        using var child = await StartAsync(folder, 1);
        try
        {
            var error = await Should.ThrowAsync<PlatformException>(folder.OpenAsync());

            error.Code.ShouldBe(ErrorCode.Unavailable);
            error.Message.ShouldContain(folder.Path);
            error.Message.ShouldContain($"process {child.Id}.");
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        await using var storage = await folder.OpenAsync();
    }

    private static async Task CheckAsync(IStorage storage, Dictionary<string, long> acknowledged)
    {
        for (var caller = 0; caller < Callers; caller++)
        {
            var query = new StreamQuery(Shape, StreamColumns.EntriesWithData, int.MaxValue) { OldestFirst = true, Sources = [$"caller{caller}"] };
            var table = await storage.Streams.QueryAsync(ChildStream.Id(caller % 3), query, CancellationToken.None);
            var last = acknowledged.GetValueOrDefault(caller.ToString());
            // At most one write of a caller was under way: it may be there or not.
            ((long)table.RowCount).ShouldBeInRange(last, last + 1, $"caller {caller}");
            // The next child goes on behind what it finds.
            acknowledged[$"{caller}"] = table.RowCount;
            for (var i = 0; i < table.RowCount; i++)
            {
                table[i, "n"].AsLong().ShouldBe(i + 1);
                table[i, "text"].AsText()!.Length.ShouldBe((i + 1) % 2000);
            }
        }

        var value = (await storage.Model.LoadPropertiesAsync(CancellationToken.None)).Single().Value.Value.AsLong();
        value.ShouldBeInRange(acknowledged.GetValueOrDefault("p"), acknowledged.GetValueOrDefault("p") + 1);
        acknowledged["p"] = value;
    }

    private static async Task RunAndKillAsync(TempFolder folder, int callers, TimeSpan after, Dictionary<string, long> acknowledged)
    {
        using var child = await StartAsync(folder, callers);
        var reading = ReadAsync(child, acknowledged);
        await Task.Delay(after);
        child.Kill();
        await reading;
        await child.WaitForExitAsync();
    }

    private static async Task ReadAsync(Process child, Dictionary<string, long> acknowledged)
    {
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            // The last line may be cut.
            if (line.Split(' ') is [var caller, var number] && long.TryParse(number, out var n) && n == acknowledged.GetValueOrDefault(caller) + 1)
                acknowledged[caller] = n;
            else
                throw new InvalidDataException($"'{line}' does not follow what was acknowledged before.");
        }
    }

    private static async Task<Process> StartAsync(TempFolder folder, int callers)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Hansa.Storage.Sqlite.Child.dll");
        var child = Process.Start(new ProcessStartInfo("dotnet", [program, folder.Path, callers.ToString()]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        (await child.StandardOutput.ReadLineAsync()).ShouldBe("ready");
        return child;
    }
}
