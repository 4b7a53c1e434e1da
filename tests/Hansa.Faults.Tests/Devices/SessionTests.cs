using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>AUTH of a device, and what goes before and after it (spec alwayson 3.4).</summary>
public sealed class SessionTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    [Fact]
    public async Task A_good_key_opens_a_session()
    {
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        device.Connection.SessionId.ShouldNotBeOneOf(0u, uint.MaxValue);
    }

    [Fact]
    public async Task A_bad_key_is_answered_81_and_a_good_one_on_the_same_socket_is_let_in()
    {
        await using var device = await EdgeDevice.DialAsync(fixture.Server, "no-such-key");
        (await device.TrySignInAsync("no-such-key")).ShouldBe(Status.Unauthorized);
        (await device.GetAsync("Thing", "name")).Status.ShouldBe(Status.Unauthorized);
        (await device.TrySignInAsync(fixture.Key)).ShouldBe(Status.Success);
    }

    [Fact]
    public async Task An_expired_key_is_answered_81_and_ends_the_connection_that_it_had_opened()
    {
        var name = fixture.Fresh("ExpiringKey");
        var key = await fixture.Rest.MakeKeyAsync(name, "edge");
        await using var early = await EdgeDevice.ConnectAsync(fixture.Server, key);
        await fixture.Rest.CallAsync($"ApplicationKeys/{name}", "SetExpirationDate", new() { ["expirationDate"] = DateTimeOffset.UtcNow.AddMilliseconds(700).ToUnixTimeMilliseconds() });
        await early.Connection.Ended.WaitAsync(TimeSpan.FromSeconds(10));
        await using var late = await EdgeDevice.DialAsync(fixture.Server, key);
        (await late.TrySignInAsync(key)).ShouldBe(Status.Unauthorized);
    }

    [Fact]
    public async Task Every_message_before_AUTH_is_answered_81()
    {
        await using var device = await EdgeDevice.DialAsync(fixture.Server, fixture.Key);
        (await device.GetAsync("Thing", "name")).Status.ShouldBe(Status.Unauthorized);
        (await device.CallAsync("Thing", "GetPropertyValues")).Status.ShouldBe(Status.Unauthorized);
        (await device.FireAsync("Thing", "Event")).Status.ShouldBe(Status.Unauthorized);
        (await device.Connection.BindAsync(["Thing"], null, TimeSpan.FromSeconds(5), CancellationToken.None)).Status.ShouldBe(Status.Unauthorized);
        await device.SignInAsync(fixture.Key);
    }

    [Fact]
    public async Task A_second_AUTH_on_the_socket_is_answered_like_the_first_and_keeps_what_is_bound()
    {
        var thing = await fixture.MakeAsync("Twice", "RemoteThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
        await device.SignInAsync(fixture.Key);
        (await fixture.IsConnectedAsync(thing)).ShouldBeTrue();
        await device.BindAsync(thing);
        (await device.GetAsync(thing, "isConnected")).Content![0, 0].AsBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task An_AUTH_that_fails_ends_what_the_one_before_has_given()
    {
        var thing = await fixture.MakeAsync("Ousted", "RemoteThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
        (await device.TrySignInAsync("no-such-key")).ShouldBe(Status.Unauthorized);
        await fixture.UntilConnectedAsync(thing, isConnected: false);
        (await device.GetAsync(thing, "name")).Status.ShouldBe(Status.Unauthorized);
    }

    [Fact]
    public async Task A_second_AUTH_with_another_key_binds_for_its_own()
    {
        var (first, second) = (await fixture.MakeAsync("First", "RemoteThing"), await fixture.MakeAsync("Second", "RemoteThing"));
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, first);
        await fixture.UntilConnectedAsync(first);
        await device.SignInAsync(fixture.OtherKey);
        await device.BindAsync(second);
        await fixture.UntilConnectedAsync(second);
        await fixture.UntilConnectedAsync(first, isConnected: false);
    }

    [Fact]
    public async Task A_device_sees_and_does_what_its_user_may()
    {
        var hidden = fixture.Fresh("Hidden");
        await fixture.Rest.MakeThingAsync(hidden, "GenericThing");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        (await device.GetAsync(hidden, "name")).Status.ShouldBe(Status.NotFound);
        await fixture.Rest.CallAsync($"Things/{hidden}", "AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" });
        (await device.GetAsync(hidden, "name")).Status.ShouldBe(Status.Forbidden);
        (await device.SendAsync(new(Method.Post, EntityKind.Resources, "EntityServices", Characteristic.Services, "CreateThing",
            InfoTable.Single(("name", BaseType.STRING, Value.String("ByDevice")), ("thingTemplateName", BaseType.STRING, Value.String("GenericThing")))))).Status
            .ShouldBeOneOf(Status.Forbidden, Status.NotFound);
    }
}
