using System.Threading.Channels;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>How long rows of a journal are kept.</summary>
/// <param name="MaxAge">Rows that are older go.</param>
/// <param name="MaxEntries">Of a journal at most so many stay.</param>
public sealed record JournalRetention(TimeSpan MaxAge, long MaxEntries);

/// <summary>
/// Writes rows behind those who make them, many in a commit. The queue is bounded: what finds no room, or cannot be written, is
/// counted as dropped. Old rows go when new ones come, so that an idle server has nothing to do.
/// </summary>
internal sealed class JournalWriter
{
    private const int Batch = 1_000;
    private static readonly TimeSpan TrimInterval = TimeSpan.FromMinutes(1);

    private readonly Channel<(IJournal? Journal, Value[] Row, TaskCompletionSource? Reached)> _queue;
    private readonly TimeProvider _time;
    private readonly Dictionary<IJournal, long> _trimmed = [];
    private long _written;
    private long _dropped;

    public JournalWriter(int queueLimit, JournalRetention retention, TimeProvider time)
    {
        (QueueLimit, Retention, _time) = (queueLimit, retention, time);
        _queue = Channel.CreateBounded<(IJournal?, Value[], TaskCompletionSource?)>(new BoundedChannelOptions(queueLimit) { SingleReader = true });
    }

    /// <summary>Rows that may wait.</summary>
    public int QueueLimit { get; }

    /// <summary>Rows that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Rows written since start.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Rows that were lost since start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>These figures as those of a subsystem.</summary>
    public IEnumerable<Metric> Metrics =>
    [
        new("queueSize", "Entries that wait to be written.", Waiting),
        new("maximumQueueSize", "Entries that may wait; more are dropped.", QueueLimit),
        new("writtenEntries", "Entries written since start.", Written, IsCount: true),
        new("droppedEntries", "Entries lost since start: the queue was full, or the disk refused them.", Dropped, IsCount: true),
    ];

    /// <summary>How long rows are kept.</summary>
    public JournalRetention Retention { get; set; }

    /// <summary>Told how many rows were lost since it was told last, as soon as rows are written again.</summary>
    public Action<long>? Lost { get; set; }

    /// <summary>Takes a row; never waits, never throws.</summary>
    public void Add(IJournal journal, Value[] row)
    {
        if (!_queue.Writer.TryWrite((journal, row, null)))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes until <see cref="Complete"/> was called and all that was taken is written.</summary>
    public async Task RunAsync()
    {
        var told = 0L;
        var rows = new List<(IJournal Journal, Value[] Row)>(Batch);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            TaskCompletionSource? reached = null;
            while (rows.Count < Batch && reached is null && _queue.Reader.TryRead(out var next))
            {
                reached = next.Reached;
                if (next.Journal is { } journal)
                    rows.Add((journal, next.Row));
            }

            await WriteAsync(rows);
            rows.Clear();
            reached?.SetResult();
            if (Dropped is var dropped && dropped > told)
            {
                Lost?.Invoke(dropped - told);
                told = dropped;
            }
        }
    }

    /// <summary>Waits until all that was taken before is written, or lost.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (await _queue.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (!_queue.Writer.TryWrite((null, [], reached)))
                continue;
            await reached.Task.WaitAsync(cancellationToken);
            return;
        }
    }

    /// <summary>Takes no more rows.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    private async Task WriteAsync(List<(IJournal Journal, Value[] Row)> rows)
    {
        foreach (var group in rows.GroupBy(row => row.Journal, row => row.Row))
        {
            var count = group.Count();
            try
            {
                await group.Key.AppendAsync([.. group], CancellationToken.None);
                Interlocked.Add(ref _written, count);
                await TrimAsync(group.Key);
            }
            catch (Exception)
            {
                // There is no other place to tell of it: it is counted, and told of when rows can be written again.
                Interlocked.Add(ref _dropped, count);
            }
        }
    }

    private async Task TrimAsync(IJournal journal)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_trimmed.TryGetValue(journal, out var last) && now - last < TrimInterval.TotalMilliseconds)
            return;
        _trimmed[journal] = now;
        await journal.PurgeAsync(null, now - (long)Retention.MaxAge.TotalMilliseconds - 1, CancellationToken.None);
        await journal.TrimAsync(Retention.MaxEntries, CancellationToken.None);
    }
}
