using Hansa.Model;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Hansa.Storage.Sqlite.Child;

// A server in miniature, to be killed: writes from many callers and says each acknowledged write on its standard output.
//   child FOLDER CALLERS
// "ready", then lines "CALLER N": entry N of that caller is acknowledged; "p N": property value N is.
var (folder, callers) = (args[0], int.Parse(args[1]));
await using var storage = await SqliteStorage.OpenAsync(folder, new(), TimeProvider.System, CancellationToken.None);
var shape = DataShape.Of(("n", BaseType.LONG), ("text", BaseType.STRING));
var output = Console.OpenStandardOutput();
Say("ready");
await Task.WhenAll([.. Enumerable.Range(0, callers).Select(WriteEntriesAsync), WritePropertyAsync()]);
return;

async Task WriteEntriesAsync(int caller)
{
    var stream = ChildStream.Id(caller % 3);
    await storage.Streams.EnsureAsync(stream, "Killed", shape, CancellationToken.None);
    var table = await storage.Streams.QueryAsync(stream, new(shape, StreamColumns.Data, 1)
    {
        Sources = [$"caller{caller}"],
    }, CancellationToken.None);
    for (var n = table.RowCount == 0 ? 1 : table[0, "n"].AsLong() + 1; ; n++)
    {
        var entry = new StreamEntry(n, caller % 2 == 0, $"caller{caller}", "Thing", null, null, new[] { Value.Long(n), Value.String(new string('x', (int)(n % 2000))) });
        await storage.Streams.AppendAsync(stream, shape, [entry], CancellationToken.None);
        Say($"{caller} {n}");
    }
}

async Task WritePropertyAsync()
{
    var known = await storage.Model.LoadPropertiesAsync(CancellationToken.None);
    for (var n = known.Count == 0 ? 1 : known[0].Value.Value.AsLong() + 1; ; n++)
    {
        await storage.Model.PutPropertiesAsync([new(ChildStream.Id(9), "p", new(Value.Long(n), n, Vtq.Good))], CancellationToken.None);
        Say($"p {n}");
    }
}

void Say(string line)
{
    lock (output)
        output.Write(System.Text.Encoding.ASCII.GetBytes(line + "\n"));
}
