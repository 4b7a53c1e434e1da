using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>A write of another server has its effect once and in its place, whatever comes twice, late or out of order (design federation 5, I1 and I2).</summary>
public abstract class LedgerContract : StorageContract
{
    private const string Sender = "a1";
    private static readonly DataShape Shape = DataShape.Of(("n", BaseType.LONG));
    private Guid _stream;

    [Fact]
    public async Task A_copy_has_no_second_effect_and_is_known_after_a_restart()
    {
        _stream = await NewStreamAsync(Shape);
        await AddAsync(5, previous: 0);
        (await Should.ThrowAsync<LaneException>(() => AddAsync(5, previous: 0))).Outcome.ShouldBe(LaneOutcome.Done);

        await RestartAsync();

        (await Should.ThrowAsync<LaneException>(() => AddAsync(5, previous: 0))).Outcome.ShouldBe(LaneOutcome.Done);
        (await Streams.CountAsync(_stream, Token)).ShouldBe(1);
        (await Storage.Ledger.FindAsync(Sender, _stream, 5, Token)).ShouldBe(LaneOutcome.Done);
        (await Storage.Ledger.FindAsync(Sender, _stream, 6, Token)).ShouldBeNull();
        (await Storage.Ledger.HighestAsync(Sender, Token)).ShouldBe(5);
    }

    [Fact]
    public async Task What_comes_before_its_turn_is_refused_until_the_one_before_is_there()
    {
        _stream = await NewStreamAsync(Shape);
        await AddAsync(1, previous: 0);
        var gap = await Should.ThrowAsync<LaneException>(() => AddAsync(3, previous: 2));
        (gap.Outcome, gap.Applied).ShouldBe((null, 1));
        await AddAsync(2, previous: 1);
        await AddAsync(3, previous: 2);
        (await Streams.CountAsync(_stream, Token)).ShouldBe(3);
    }

    [Fact]
    public async Task What_the_sender_has_given_up_is_passed_over_and_does_nothing_when_it_comes_late()
    {
        _stream = await NewStreamAsync(Shape);
        await AddAsync(1, previous: 0);
        await AddAsync(3, previous: 1);
        await Should.ThrowAsync<LaneException>(() => AddAsync(2, previous: 1));
        (await Streams.CountAsync(_stream, Token)).ShouldBe(2);
    }

    [Fact]
    public async Task A_failure_keeps_its_place_and_its_outcome_until_it_is_settled()
    {
        _stream = await NewStreamAsync(Shape);
        var refused = new LaneOutcome(0x80, "no such field");
        await Storage.Ledger.NoteAsync(Mark(1, 0), refused, Token);
        (await Should.ThrowAsync<LaneException>(() => AddAsync(1, previous: 0))).Outcome.ShouldBe(refused);
        await AddAsync(2, previous: 1);
        (await Storage.Ledger.FindAsync(Sender, _stream, 1, Token)).ShouldBe(refused);
        await AddAsync(3, previous: 2, settled: 1);
        (await Storage.Ledger.FindAsync(Sender, _stream, 1, Token)).ShouldBe(LaneOutcome.Done);
    }

    [Fact]
    public async Task A_result_is_given_to_who_asks_again()
    {
        _stream = await NewStreamAsync(Shape);
        await AddAsync(1, previous: 0);
        var result = LaneOutcome.Done with { Result = InfoTable.Result(Value.String("key-7"), BaseType.STRING) };
        await Storage.Ledger.KeepAsync(Mark(1, 0), result, Token);
        (await Storage.Ledger.FindAsync(Sender, _stream, 1, Token))!.Result![0, "result"].ShouldBe(Value.String("key-7"));
    }

    [Fact]
    public async Task A_write_that_fails_in_its_commit_leaves_its_place_free()
    {
        _stream = await NewStreamAsync(Shape);
        var table = Guid.NewGuid();
        var keyed = new DataShape([new FieldDefinition("k", BaseType.STRING) { Aspects = Aspects.Of(("isPrimaryKey", Value.Boolean(true))) }]);
        await DataTables.EnsureAsync(table, "T", keyed, Token);
        TableEntry[] entries = [new("x", 1, "s", "User", null, null, new[] { Value.String("x") })];
        await DataTables.WriteAsync(table, keyed, entries, TableWrite.Add, Token);
        var mark = new LaneMark(Sender, table, 1, 0, 0);
        await Should.ThrowAsync<PlatformException>(() => Attached(mark, () => DataTables.WriteAsync(table, keyed, entries, TableWrite.Add, Token)));
        (await Storage.Ledger.FindAsync(Sender, table, 1, Token)).ShouldBeNull();
        await Storage.Ledger.NoteAsync(mark, new(0x8c, "exists"), Token);
        (await Storage.Ledger.FindAsync(Sender, table, 1, Token))!.Text.ShouldBe("exists");
    }

    [Fact]
    public async Task Only_the_first_write_of_a_call_takes_its_mark_and_no_write_of_others_does()
    {
        _stream = await NewStreamAsync(Shape);
        var other = Guid.NewGuid();
        await Streams.EnsureAsync(other, "O", Shape, Token);
        var mark = Mark(1, 0);
        await Attached(mark, async () =>
        {
            await Streams.EnsureAsync(Guid.NewGuid(), "new", Shape, Token);
            mark.IsTaken.ShouldBeFalse();
            await Streams.AppendAsync(_stream, Shape, [Given(1, "s", Value.Long(1))], Token);
            mark.IsTaken.ShouldBeTrue();
            return await Streams.AppendAsync(other, Shape, [Given(1, "s", Value.Long(1))], Token);
        });
        await Streams.AppendAsync(_stream, Shape, [Given(2, "s", Value.Long(2))], Token);
        (await Storage.Ledger.HighestAsync(Sender, Token)).ShouldBe(1);
    }

    private LaneMark Mark(long number, long previous, long settled = 0) => new(Sender, _stream, number, previous, settled);

    private Task<int> AddAsync(long number, long previous, long settled = 0) =>
        Attached(Mark(number, previous, settled), () => Streams.AppendAsync(_stream, Shape, [Given(number, "s", Value.Long(number))], Token));

    private static async Task<T> Attached<T>(LaneMark mark, Func<Task<T>> write)
    {
        mark.Attach();
        return await write();
    }
}
