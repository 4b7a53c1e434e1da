using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Connections;

public class SendQueueTests
{
    private static readonly MessageHeader Header = new((byte)Method.Post, 1, 0, 0);

    [Fact]
    public void The_most_urgent_goes_first_but_each_class_gets_its_tenth()
    {
        var queue = new SendQueue(maxMessages: 2000, maxBytes: 1000, maxCalls: 10_000);
        foreach (var traffic in new[] { TrafficClass.History, TrafficClass.Queued, TrafficClass.Call })
        {
            for (var i = 0; i < 500; i++)
                queue.Add(Answer(traffic));
        }

        queue.Add(Answer(TrafficClass.Probe));
        Take(queue).Traffic.ShouldBe(TrafficClass.Probe);
        var first = Enumerable.Range(0, 300).Select(_ => Take(queue).Traffic).ToList();
        first.Count(traffic => traffic == TrafficClass.Call).ShouldBeGreaterThan(200);
        first.Count(traffic => traffic == TrafficClass.Queued).ShouldBeInRange(25, 45);
        first.Count(traffic => traffic == TrafficClass.History).ShouldBeInRange(25, 45);
    }

    [Fact]
    public void Calls_above_the_window_wait_and_answers_pass_them()
    {
        var queue = new SendQueue(maxMessages: 2000, maxBytes: 1000, maxCalls: 2);
        var calls = Enumerable.Range(0, 3).Select(_ => Call()).ToList();
        calls.ForEach(queue.Add);
        Take(queue).ShouldBe(calls[0]);
        Take(queue).ShouldBe(calls[1]);
        queue.Take().ShouldBeNull();
        var answer = Answer(TrafficClass.Call);
        queue.Add(answer);
        Take(queue).ShouldBe(answer);
        queue.EndCall(calls[0]);
        Take(queue).ShouldBe(calls[2]);
    }

    [Fact]
    public void A_call_that_is_over_is_not_sent_and_takes_no_place_in_the_window()
    {
        var queue = new SendQueue(maxMessages: 2000, maxBytes: 1000, maxCalls: 1);
        var pending = new PendingCall(7, isAuth: false);
        var over = new OutgoingMessage(Header, Requests.Echo("x"), TrafficClass.Call, pending);
        queue.Add(over);
        pending.Fail(new TimeoutException());
        queue.EndCall(over);
        var next = Call();
        queue.Add(next);
        Take(queue).ShouldBe(next);
        queue.Take().ShouldBeNull();
    }

    [Fact]
    public void What_is_added_after_the_end_is_thrown_away()
    {
        var queue = new SendQueue(maxMessages: 2000, maxBytes: 1000, maxCalls: 1);
        var before = Answer(TrafficClass.Push);
        queue.Add(before);
        queue.Close();
        before.Written.IsCompleted.ShouldBeFalse(); // asked for too late
        var slot = new SemaphoreSlim(0);
        var after = new OutgoingMessage(Header, ResponseMessage.Success, TrafficClass.Call, slot: slot);
        var written = after.Written;
        queue.Add(after);
        written.IsCompleted.ShouldBeTrue();
        slot.CurrentCount.ShouldBe(1);
        queue.Count.ShouldBe(0);
    }

    [Fact]
    public void One_request_too_many_is_refused_and_answers_are_not()
    {
        var queue = new SendQueue(maxMessages: 2, maxBytes: 1000, maxCalls: 1);
        queue.Add(Call());
        queue.Add(Call());
        Should.Throw<PlatformException>(() => queue.Add(Call())).Code.ShouldBe(ErrorCode.Unavailable);
        queue.Add(Answer(TrafficClass.Call));
        queue.Count.ShouldBe(3);
    }

    [Fact]
    public void The_next_of_a_lane_goes_when_the_one_before_is_written_or_given_up()
    {
        var queue = new SendQueue(maxMessages: 100, maxBytes: 1000, maxCalls: 100);
        var pending = new PendingCall(1, isAuth: false);
        var messages = new[] { pending, new(2, isAuth: false), new(3, isAuth: false) }
            .Select(call => new OutgoingMessage(Header, Requests.Echo("x") with { Lane = "L" }, TrafficClass.Call, call)).ToList();
        messages.ForEach(queue.Add);
        pending.Fail(new TimeoutException());
        queue.Take().ShouldBe(messages[1]);
        queue.Take().ShouldBeNull();
        queue.LeaveLane(messages[1]);
        queue.Take().ShouldBe(messages[2]);
        queue.Finish(messages[1]);
        queue.Finish(messages[2]);
        queue.Count.ShouldBe(0);
    }

    private static OutgoingMessage Take(SendQueue queue)
    {
        var message = queue.Take().ShouldNotBeNull();
        queue.Finish(message);
        return message;
    }

    private static OutgoingMessage Answer(TrafficClass traffic) => new(Header, ResponseMessage.Success, traffic);

    private static OutgoingMessage Call() => new(Header, Requests.Echo("x"), TrafficClass.Call, new PendingCall(1, isAuth: false));
}
