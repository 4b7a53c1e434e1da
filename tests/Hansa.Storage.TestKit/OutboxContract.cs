using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What was taken for another server is there after a restart, in its order, until it is settled.</summary>
public abstract class OutboxContract : StorageContract
{
    private static readonly LaneKey Lane = new("b1", Guid.NewGuid());
    private static readonly LaneKey Other = new("b1", Guid.NewGuid());
    private static readonly Guid Proxy = Guid.NewGuid();

    private IOutbox Outbox => Storage.Outbox;

    [Fact]
    public async Task A_server_keeps_its_id_and_counts_its_starts()
    {
        var (id, boot) = (Outbox.ServerId, Outbox.Boot);
        await Outbox.ProveAsync("b1", 41, Token);
        await Outbox.ProveAsync("b1", 42, Token);
        await RestartAsync();
        Outbox.ServerId.ShouldBe(id);
        Outbox.Boot.ShouldBeGreaterThan(boot);
        Outbox.Proved.ShouldBe(new Dictionary<string, long> { ["b1"] = 42 });
    }

    [Fact]
    public async Task Entries_are_read_in_the_order_of_their_numbers_also_after_a_restart()
    {
        foreach (var number in (long[])[3, 1, 2])
            await Outbox.AppendAsync(Lane, Entry(number), Token);
        await Outbox.AppendAsync(Other, Entry(9), Token);
        await Outbox.PinAsync(new(Proxy, Lane, "ServerB"), Token);

        await RestartAsync();

        var entries = await Outbox.ReadAsync(Lane, 1, 10, Token);
        entries.Select(entry => (entry.Number, entry.Proxy, entry.Accepted, entry.IsDamaged, Bytes: entry.Call.ToArray()[0])).ShouldBe([(2, Proxy, 20, false, (byte)2), (3, Proxy, 30, false, (byte)3)]);
        Outbox.Lanes.Single(lane => lane.Lane == Lane).ShouldBe(new(Lane, Waiting: 3, Bytes: 6, Oldest: 10, Parked: 0));
        Outbox.Pins.ShouldBe([new(Proxy, Lane, "ServerB")]);
    }

    [Fact]
    public async Task What_is_settled_is_gone_and_what_is_refused_is_parked_with_its_reason()
    {
        foreach (var number in (long[])[1, 2, 3, 4])
            await Outbox.AppendAsync(Lane, Entry(number), Token);
        await Outbox.SettleAsync(Lane, [1, 3], [(2, "no such field")], Token);

        (await Outbox.ReadAsync(Lane, 0, 10, Token)).Select(entry => entry.Number).ShouldBe([4]);
        var parked = (await Outbox.ReadParkedAsync(Proxy, 10, Token)).ShouldHaveSingleItem();
        (parked.Lane, parked.Entry.Number, parked.Entry.Reason).ShouldBe((Lane, 2, "no such field"));
        (await Outbox.ReadParkedAsync(Guid.NewGuid(), 10, Token)).ShouldBeEmpty();
        (await Outbox.TakeParkedAsync(Proxy, 2, Token)).ShouldNotBeNull().Number.ShouldBe(2);
        (await Outbox.TakeParkedAsync(Proxy, 2, Token)).ShouldBeNull();
        (await Outbox.ReadParkedAsync(null, 10, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_dropped_is_that_lane_alone()
    {
        for (var number = 1; number <= 2_500; number++)
            _ = Outbox.AppendAsync(Lane, Entry(number), Token);
        await Outbox.AppendAsync(Other, Entry(1), Token);
        (await Outbox.DropAsync(Lane, Token)).ShouldBe(2_500);
        (await Outbox.ReadAsync(Lane, 0, 10, Token)).ShouldBeEmpty();
        (await Outbox.ReadAsync(Other, 0, 10, Token)).Count.ShouldBe(1);
    }

    private static OutboxEntry Entry(long number) => new(number, Proxy, new byte[] { (byte)number, 0 }, number * 10);
}
