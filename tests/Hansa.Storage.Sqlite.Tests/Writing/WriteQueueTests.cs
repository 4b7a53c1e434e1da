using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class WriteQueueTests
{
    private readonly FakeSession _session = new();

    [Fact]
    public async Task Writes_that_wait_share_a_commit_and_a_failed_one_fails_alone()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var gate = _session.Hold(queue);
        var good = queue.RunAsync(1, 1, s => s.Write("a"), default);
        var bad = queue.RunAsync(1, 1, s => s.Fail("b"), default);
        var last = queue.RunAsync(1, 1, s => s.Write("c"), default);
        gate.Set();

        await Task.WhenAll(good, last);
        (await Should.ThrowAsync<InvalidOperationException>(bad)).Message.ShouldBe("b");
        _session.Committed.ShouldBe(["held", "a", "c"]);
        queue.Metrics.Commits.ShouldBe(1);
        queue.Metrics.Writes.ShouldBe(3);
        queue.Metrics.Rows.ShouldBe(3);
    }

    [Fact]
    public async Task The_first_write_of_a_commit_may_fail_too()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var bad = queue.RunAsync(1, 1, s => s.Fail("b"), default);
        await Should.ThrowAsync<InvalidOperationException>(bad);

        await queue.RunAsync(1, 1, s => s.Write("c"), default);

        _session.Committed.ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_failed_commit_fails_all_its_writes_and_the_next_goes_on()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var gate = _session.Hold(queue);
        _session.FailingCommits = 1;
        var writes = new[] { queue.RunAsync(1, 1, s => s.Write("a"), default), queue.RunAsync(1, 1, s => s.Write("b"), default) };
        gate.Set();

        foreach (var write in writes)
            (await Should.ThrowAsync<InvalidOperationException>(write)).Message.ShouldBe("commit");
        await queue.RunAsync(1, 1, s => s.Write("c"), default);
        _session.Committed.ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_write_whose_failure_ends_the_transaction_fails_those_before_it_and_no_others()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var gate = _session.Hold(queue);
        var before = queue.RunAsync(1, 1, s => s.Write("a"), default);
        var worst = queue.RunAsync(1, 1, s => s.EndTransaction(), default);
        var after = queue.RunAsync(1, 1, s => s.Write("c"), default);
        gate.Set();

        await Should.ThrowAsync<InvalidOperationException>(before);
        await Should.ThrowAsync<InvalidOperationException>(worst);
        await after;
        _session.Committed.ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_full_queue_refuses_at_once_and_counts_it()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new() { MaxWrites = 2, MaxBytes = 100 }, TimeProvider.System);
        var gate = _session.Hold(queue);
        var large = queue.RunAsync(1, 5000, s => s.Write("large alone"), default);
        (await RefusedAsync(() => queue.RunAsync(1, 1, s => s.Write("x"), default))).ShouldContain("4 of 0 KiB");
        gate.Set();
        await large;

        gate = _session.Hold(queue);
        var two = new[] { queue.RunAsync(1, 1, s => s.Write("a"), default), queue.RunAsync(1, 1, s => s.Write("b"), default) };
        (await RefusedAsync(() => queue.RunAsync(1, 1, s => s.Write("c"), default))).ShouldContain("2 of 2 writes");
        queue.Metrics.QueuedWrites.ShouldBe(2);
        gate.Set();
        await Task.WhenAll(two);
        queue.Metrics.RefusedWrites.ShouldBe(2);
        queue.Metrics.QueuedWrites.ShouldBe(0);

        static async Task<string> RefusedAsync(Func<Task> write)
        {
            var error = await Should.ThrowAsync<PlatformException>(write);
            error.Code.ShouldBe(ErrorCode.Unavailable);
            return error.Message;
        }
    }

    [Fact]
    public async Task A_commit_joins_no_more_rows_or_bytes_than_it_may()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new() { MaxCommitRows = 10, MaxCommitBytes = 100 }, TimeProvider.System);
        var gate = _session.Hold(queue);
        (int Rows, long Bytes)[] writes = [(4, 1), (5, 1), (6, 1), (500, 5000), (1, 60), (1, 60)];
        var tasks = writes.Select(write => queue.RunAsync(write.Rows, write.Bytes, s => s.Write($"{write.Rows}"), default)).ToList();
        gate.Set();
        await Task.WhenAll(tasks);

        // held + 4 + 5 rows, 6 rows, 500 alone, then two of 60 bytes each.
        _session.CommitSizes.ShouldBe([3, 1, 1, 1, 1]);
    }

    [Fact]
    public async Task Giving_up_the_wait_does_not_take_the_write_back()
    {
        await using var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var gate = _session.Hold(queue);
        using var stop = new CancellationTokenSource();
        var write = queue.RunAsync(1, 1, s => s.Write("a"), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(write);
        gate.Set();
        await queue.RunAsync(1, 1, s => s.Write("b"), default);

        _session.Committed.ShouldBe(["held", "a", "b"]);
        await Should.ThrowAsync<OperationCanceledException>(async () => await queue.RunAsync(1, 1, s => s.Write("never"), stop.Token));
    }

    [Fact]
    public async Task Disposing_commits_what_waits_and_refuses_the_rest()
    {
        var queue = new WriteQueue<FakeSession>(_session, new(), TimeProvider.System);
        var gate = _session.Hold(queue);
        var writes = Enumerable.Range(0, 100).Select(i => queue.RunAsync(1, 1, s => s.Write($"{i}"), default)).ToList();
        var disposing = queue.DisposeAsync();
        (await Should.ThrowAsync<PlatformException>(() => queue.RunAsync(1, 1, s => s.Write("late"), default))).Code.ShouldBe(ErrorCode.Unavailable);
        gate.Set();
        await disposing;

        await Task.WhenAll(writes);
        _session.Committed.Count.ShouldBe(101);
    }

    [Fact]
    public void Limits_must_be_positive() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new WriteQueue<FakeSession>(_session, new() { MaxWrites = 0 }, TimeProvider.System));

    /// <summary>Keeps in a list what a database would keep in a file.</summary>
    private sealed class FakeSession : IWriteSession
    {
        private readonly List<string> _open = [];
        private int _savepoint;

        public List<string> Committed { get; } = [];

        public List<int> CommitSizes { get; } = [];

        public int FailingCommits { get; set; }

        public bool InTransaction { get; private set; }

        /// <summary>Starts a write that holds the thread until the gate is set, so that others wait behind it.</summary>
        public ManualResetEventSlim Hold(WriteQueue<FakeSession> queue)
        {
            var (started, gate) = (new ManualResetEventSlim(), new ManualResetEventSlim());
            _ = queue.RunAsync(1, 1, s =>
            {
                started.Set();
                gate.Wait();
                return s.Write("held");
            }, default).ContinueWith(task => task.Exception, TaskScheduler.Default);
            started.Wait();
            return gate;
        }

        public int Write(string text)
        {
            InTransaction.ShouldBeTrue();
            _open.Add(text);
            return _open.Count;
        }

        public int Fail(string text)
        {
            Write(text);
            throw new InvalidOperationException(text);
        }

        public int EndTransaction()
        {
            Rollback();
            throw new InvalidOperationException("ended");
        }

        public void Begin() => InTransaction = true;

        public void Savepoint() => _savepoint = _open.Count;

        public void ReleaseSavepoint()
        {
        }

        public void RollbackToSavepoint() => _open.RemoveRange(_savepoint, _open.Count - _savepoint);

        public void Commit()
        {
            if (FailingCommits-- > 0)
                throw new InvalidOperationException("commit");
            Committed.AddRange(_open);
            CommitSizes.Add(_open.Count);
            Rollback();
        }

        public void Rollback()
        {
            InTransaction = false;
            _open.Clear();
        }

        public bool Tidy(bool isIdle) => false;
    }
}
