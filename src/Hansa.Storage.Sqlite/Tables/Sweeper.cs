using System.Threading.Channels;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Frees rows that are gone for everybody behind everybody's back: in slices between other writes, taken up again after a restart.</summary>
/// <param name="queue">Where a slice is one write.</param>
/// <param name="sweepSlice">Frees at most so many rows; false where nothing is left.</param>
/// <param name="options">The size of a slice.</param>
/// <param name="time">For the pause after a failure.</param>
internal sealed class Sweeper(WriteQueue<SqliteWriter> queue, Func<Database, int, bool> sweepSlice, SqliteOptions options, TimeProvider time)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // Awake or not: what there is to do the file says.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be something to sweep.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Runs until stopped; whoever made the token awaits this task.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(stopping))
            {
                _wake.Reader.TryRead(out _);
                await SweepAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left is found in the file at the next start.
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        var slice = options.Queue.MaxCommitRows;
        while (true)
        {
            try
            {
                if (!await queue.RunAsync(slice, bytes: 0, writer => sweepSlice(writer.Database, slice), stopping))
                    return;
            }
            catch (PlatformException)
            {
                // A full queue or disk: it can wait, nobody asks for these rows.
                await Task.Delay(AfterFailure, time, stopping);
            }
        }
    }
}
