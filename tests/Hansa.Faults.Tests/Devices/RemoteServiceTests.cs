using Hansa.AlwaysOn;
using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>Services that a device answers, called through the server (spec alwayson 5.1, 5.2, 5.5).</summary>
public sealed class RemoteServiceTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    [Fact]
    public async Task A_call_goes_to_the_device_by_its_own_name_and_the_result_comes_back()
    {
        var thing = await AddingAsync();
        await using var device = await AdderAsync(thing);
        (await fixture.Rest.CallAsync($"Things/{thing}", "Add", new() { ["a"] = 1, ["b"] = 2.5 }))!.GetValue<double>().ShouldBe(3.5);
        var request = device.Received.Single(request => request.Target == "edgeAdd");
        request.Entity.ShouldBe(thing);
        request.Headers.ShouldBeEmpty("the C SDK cannot read them");
        request.Parameters!.Shape.Fields.Select(field => (field.Name, field.BaseType)).ShouldBe([("a", BaseType.NUMBER), ("b", BaseType.NUMBER)]);
    }

    [Fact]
    public async Task A_Thing_that_was_bound_by_identifier_is_called_by_it()
    {
        var identifier = fixture.Fresh("SN-");
        var thing = await AddingAsync(identifier);
        await using var device = await AdderAsync($"*{identifier}");
        await fixture.UntilConnectedAsync(thing);
        (await fixture.Rest.CallAsync($"Things/{thing}", "Add", new() { ["a"] = 1, ["b"] = 2 }))!.GetValue<double>().ShouldBe(3);
        device.Received.Single(request => request.Target == "edgeAdd").Entity.ShouldBe($"*{identifier}");
    }

    [Fact]
    public async Task What_the_device_says_of_a_failure_is_told_to_the_caller()
    {
        var thing = await AddingAsync();
        await using var device = await AdderAsync(thing);
        device.Answer = (_, _) => new(ResponseMessage.Failure(Status.InternalServerError, "the adder is on fire"));
        var (status, text) = await fixture.Rest.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/Add", new System.Text.Json.Nodes.JsonObject { ["a"] = 1, ["b"] = 2 });
        ((int)status).ShouldBe(500);
        text.ShouldContain("the adder is on fire");
        device.Answer = (_, _) => new(new ResponseMessage(Status.NotFound));
        (status, text) = await fixture.Rest.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/Add", new System.Text.Json.Nodes.JsonObject { ["a"] = 1, ["b"] = 2 });
        ((int)status).ShouldBe(404, text);
    }

    [Fact]
    public async Task Calls_of_many_callers_are_answered_in_any_order()
    {
        var thing = await AddingAsync();
        await using var device = await AdderAsync(thing);
        device.Answer = async (request, token) =>
        {
            // The later a call is, the sooner it is answered.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 100 - request.Parameters![0, "a"].AsNumber())), token);
            return Sum(request);
        };
        var sums = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
            (await fixture.Rest.CallAsync($"Things/{thing}", "Add", new() { ["a"] = i, ["b"] = 1000 }))!.GetValue<double>()));
        sums.ShouldBe(Enumerable.Range(0, 100).Select(i => i + 1000.0));
    }

    [Fact]
    public async Task A_device_may_call_its_own_service_through_the_server()
    {
        var thing = await AddingAsync();
        await using var device = await AdderAsync(thing);
        var answer = await device.CallAsync(thing, "Add", InfoTable.Single(("a", BaseType.NUMBER, Value.Number(20)), ("b", BaseType.NUMBER, Value.Number(22))));
        answer.ShouldBeSuccess();
        answer.Content![0, "result"].ShouldBe(Value.Number(42));
        // As many as the server lets a connection have under way.
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i =>
            device.CallAsync(thing, "Add", InfoTable.Single(("a", BaseType.NUMBER, Value.Number(i)), ("b", BaseType.NUMBER, Value.Number(0))))));
        answers.Select(each => each.Content![0, "result"].AsNumber()).ShouldBe(Enumerable.Range(0, 200).Select(i => (double)i));
    }

    [Fact]
    public async Task A_call_of_a_Thing_whose_device_is_gone_is_refused_and_one_under_way_ends_as_unknown()
    {
        var thing = await AddingAsync();
        var (status, text) = await AddAsync();
        status.ShouldBe(503);
        text.ShouldContain("not bound");
        var device = await AdderAsync(thing);
        var asked = new TaskCompletionSource();
        device.Answer = async (_, token) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return ResponseMessage.Success;
        };
        var call = AddAsync();
        await asked.Task;
        await device.DisposeAsync();
        (status, text) = await call;
        status.ShouldBe(504);
        text.ShouldContain("not known");

        async Task<(int Status, string Text)> AddAsync()
        {
            var (answered, told) = await fixture.Rest.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/Add", new System.Text.Json.Nodes.JsonObject { ["a"] = 1, ["b"] = 2 });
            return ((int)answered, told);
        }
    }

    [Fact]
    public async Task The_metadata_of_a_device_are_those_that_it_tells()
    {
        var thing = await fixture.MakeAsync("Described", "RemoteThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        device.Answer = (request, _) => new(request.Target == "GetMetadata"
            ? ResponseMessage.Of(InfoTable.Result(Value.Text("""{"name":"Edge","propertyDefinitions":{}}""", BaseType.JSON), BaseType.JSON))
            : new(Status.NotFound));
        await fixture.UntilConnectedAsync(thing);
        var (status, text) = await fixture.Rest.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/GetRemoteMetadata", new System.Text.Json.Nodes.JsonObject());
        ((int)status).ShouldBe(200, text);
        text.ShouldContain("propertyDefinitions");
    }

    private async Task<string> AddingAsync(string? identifier = null)
    {
        var thing = await fixture.MakeAsync("Adder", "RemoteThing", identifier);
        await fixture.MakeRemoteServiceAsync(thing, "Add", "edgeAdd", "NUMBER", ("a", "NUMBER"), ("b", "NUMBER"));
        return thing;
    }

    private async Task<EdgeDevice> AdderAsync(string name)
    {
        var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, name);
        device.Answer = (request, _) => new(Sum(request));
        return device;
    }

    private static ResponseMessage Sum(RequestMessage request) =>
        ResponseMessage.Of(InfoTable.Result(Value.Number(request.Parameters![0, "a"].AsNumber() + request.Parameters[0, "b"].AsNumber()), BaseType.NUMBER));
}
