using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>BIND and UNBIND of a device: what is connected, since when, and who is told (spec alwayson 3.3, 6.2).</summary>
public sealed class BindingTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    private const string Notify = "NotifyPropertyUpdate";

    [Fact]
    public async Task BIND_connects_a_Thing_and_the_device_is_told_to_ask_for_its_subscriptions()
    {
        var thing = await fixture.MakeAsync("Bound", "RemoteThing");
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using (var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing))
        {
            await fixture.UntilConnectedAsync(thing);
            await device.UntilAskedAsync(thing, Notify);
            (await fixture.Rest.ReadAsync(thing, "lastConnection"))!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(before);
            var answer = await device.CallAsync(thing, "GetPropertySubscriptions", InfoTable.Single(("options", BaseType.JSON, Value.Text("""{"hasDeadband":true}""", BaseType.JSON))));
            answer.Status.ShouldBe(Status.Success);
            answer.Content!.Shape.Fields.Select(field => field.Name).ShouldBe(["edgeName", "pushType", "pushThreshold"]);
        }

        // The power of the device is cut.
        await fixture.UntilConnectedAsync(thing, isConnected: false);
    }

    [Fact]
    public async Task BIND_of_names_that_nobody_knows_succeeds_and_so_does_UNBIND_of_names_never_bound()
    {
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        await device.BindAsync("NobodyKnowsThis", "*NorThis");
        await device.BindAsync("NobodyKnowsThis");
        (await device.Connection.UnbindAsync(["NeverBound", "NobodyKnowsThis"], null, TimeSpan.FromSeconds(5), CancellationToken.None)).Status.ShouldBe(Status.Success);
        await device.BindAsync();
    }

    [Fact]
    public async Task UNBIND_disconnects()
    {
        var thing = await fixture.MakeAsync("Unbound", "RemoteThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
        await device.Connection.UnbindAsync([thing], null, TimeSpan.FromSeconds(5), CancellationToken.None);
        await fixture.UntilConnectedAsync(thing, isConnected: false);
    }

    [Fact]
    public async Task A_Thing_made_after_its_name_was_bound_is_bound_at_once_and_the_device_is_told()
    {
        var name = fixture.Fresh("Later");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, name);
        await fixture.Rest.MakeThingAsync(name, "RemoteThing");
        (await fixture.IsConnectedAsync(name)).ShouldBeTrue();
        await device.UntilAskedAsync(name, Notify);
        (await device.CallAsync(name, "GetPropertySubscriptions")).Status.ShouldBe(Status.Success);
    }

    [Fact]
    public async Task A_Thing_that_gets_an_identifier_which_was_bound_before_is_bound_at_once_and_the_device_is_told()
    {
        var (name, identifier) = (fixture.Fresh("Identified"), fixture.Fresh("SN-"));
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, $"*{identifier}");
        await fixture.Rest.MakeThingAsync(name, "RemoteThing", identifier: identifier);
        (await fixture.IsConnectedAsync(name)).ShouldBeTrue();
        await device.UntilAskedAsync($"*{identifier}", Notify);
        (await device.CallAsync($"*{identifier}", "GetPropertySubscriptions")).Status.ShouldBe(Status.Success);
        (await device.CallAsync(identifier, "GetPropertySubscriptions")).Status.ShouldBe(Status.Success, "the bare identifier");
        (await device.CallAsync(name, "GetPropertySubscriptions")).Status.ShouldBe(Status.Success, "the Thing's own name");
        var other = fixture.Fresh("SN-");
        await fixture.Rest.CallAsync($"Things/{name}", "SetIdentifier", new() { ["identifier"] = other });
        await fixture.UntilConnectedAsync(name, isConnected: false);
    }

    [Fact]
    public async Task A_restart_an_edit_and_an_import_of_a_bound_Thing_keep_it_bound_and_tell_the_device_again()
    {
        var thing = await fixture.MakeAsync("Again", "RemoteThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await device.UntilAskedAsync(thing, Notify);

        var told = device.Count(thing, Notify);
        await fixture.Rest.CallAsync($"Things/{thing}", "RestartThing");
        await device.UntilAskedAsync(thing, Notify, ++told);

        await fixture.Rest.CallAsync($"Things/{thing}", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER" });
        await device.UntilAskedAsync(thing, Notify, ++told);

        (await fixture.Rest.ImportAsync($"""<Entities><Things><Thing name="{thing}" thingTemplate="RemoteThing" enabled="true"/></Things></Entities>""")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        await device.UntilAskedAsync(thing, Notify, ++told);
        (await fixture.IsConnectedAsync(thing)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_late_end_of_an_old_connection_does_not_unbind_what_a_newer_one_has_bound()
    {
        var thing = await fixture.MakeAsync("Renewed", "RemoteThing");
        await fixture.MakeRemoteServiceAsync(thing, "Who", "", "STRING");
        var old = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
        await using var renewed = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        old.Answer = (_, _) => new(ResponseMessage.Of(InfoTable.Result(Value.String("old"), BaseType.STRING)));
        renewed.Answer = (_, _) => new(ResponseMessage.Of(InfoTable.Result(Value.String("new"), BaseType.STRING)));
        (await fixture.Rest.CallAsync($"Things/{thing}", "Who"))!.GetValue<string>().ShouldBe("new", "the newest connection of a device counts");
        await old.DisposeAsync();
        // The server has seen the end when it has told a device that binds after it.
        var witness = await fixture.MakeAsync("Witness", "RemoteThing");
        await using (await EdgeDevice.ConnectAsync(fixture.Server, fixture.OtherKey, witness))
            await fixture.UntilConnectedAsync(witness);
        await fixture.UntilConnectedAsync(witness, isConnected: false);
        (await fixture.IsConnectedAsync(thing)).ShouldBeTrue();
        (await fixture.Rest.CallAsync($"Things/{thing}", "Who"))!.GetValue<string>().ShouldBe("new");
    }

    [Fact]
    public async Task Of_two_devices_that_bind_a_name_the_first_counts_until_it_is_gone()
    {
        var thing = await fixture.MakeAsync("Contested", "RemoteThing");
        await fixture.MakeRemoteServiceAsync(thing, "Who", "", "STRING");
        var first = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        first.Answer = (_, _) => new(ResponseMessage.Of(InfoTable.Result(Value.String("first"), BaseType.STRING)));
        await using var second = await EdgeDevice.ConnectAsync(fixture.Server, fixture.OtherKey, thing);
        second.Answer = (_, _) => new(ResponseMessage.Of(InfoTable.Result(Value.String("second"), BaseType.STRING)));
        (await fixture.Rest.CallAsync($"Things/{thing}", "Who"))!.GetValue<string>().ShouldBe("first");
        second.Count(thing, Notify).ShouldBe(0, "it does not count yet");
        await first.DisposeAsync();
        await second.UntilAskedAsync(thing, Notify);
        await fixture.UntilConnectedAsync(thing);
        (await fixture.Rest.CallAsync($"Things/{thing}", "Who"))!.GetValue<string>().ShouldBe("second");
    }

    [Fact]
    public async Task A_Thing_that_is_deleted_and_made_again_is_bound_again()
    {
        var name = fixture.Fresh("Phoenix");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, name);
        for (var life = 1; life <= 3; life++)
        {
            await fixture.Rest.MakeThingAsync(name, "RemoteThing");
            (await fixture.IsConnectedAsync(name)).ShouldBeTrue();
            await device.UntilAskedAsync(name, Notify, life);
            await fixture.Rest.CallAsync("Resources/EntityServices", "DeleteThing", new() { ["name"] = name });
        }
    }
}
