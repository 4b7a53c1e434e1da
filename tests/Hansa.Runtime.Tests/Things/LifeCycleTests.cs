using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Things;

/// <summary>Enabling, publishing, identifying: what every Thing can be told.</summary>
public sealed class LifeCycleTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_new_Thing_does_not_run_until_it_is_enabled()
    {
        await _platform.CallAsync("Resources/EntityServices", "CreateThing", ("name", "Pump"));
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "GetPropertyValues")).Message.ShouldBe("Thing [Pump] is not running.");
        (await _platform.CallAsync("Things/Pump", "IsEnabled")).AsBoolean().ShouldBeFalse();
        await _platform.CallAsync("Things/Pump", "RestartThing");
        _platform.Thing("Pump").IsRunning.ShouldBeFalse();
        await _platform.CallAsync("Things/Pump", "EnableThing");
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
        await _platform.RestartAsync();
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_Thing_that_is_enabled_and_disabled_by_many_at_once_ends_as_its_definition_says()
    {
        await _platform.MakeThingAsync("Pump");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => _platform.CallAsync("Things/Pump", i % 2 == 0 ? "DisableThing" : "EnableThing"))));
        _platform.Thing("Pump").IsRunning.ShouldBe(_platform.Thing("Pump").Definition.IsEnabled);
    }

    [Fact]
    public async Task Of_many_Things_that_want_one_identifier_one_gets_it()
    {
        for (var i = 0; i < 8; i++)
            await _platform.MakeThingAsync($"T{i}", "RemoteThing");
        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await _platform.CallAsync($"Things/T{i}", "SetIdentifier", ("identifier", "pump-1"));
                return 0;
            }
            catch (PlatformException e) when (e.Code == ErrorCode.Conflict)
            {
                return 1;
            }
        })));
        refusals.Sum().ShouldBe(7);
        var owner = _platform.Entities.Things.Single(thing => thing.Definition.Identifier == "pump-1").Name;
        (await _platform.CallAsync("Resources/EntityServices", "GetThingNameForIdentifier", ("identifier", "pump-1"))).ToString().ShouldBe(owner);
        await _platform.CallAsync($"Things/{owner}", "SetIdentifier", ("identifier", "pump-1"));
        await _platform.CallAsync($"Things/{owner}", "SetIdentifier", ("identifier", ""));
        (await _platform.CallAsync("Resources/EntityServices", "GetThingNameForIdentifier", ("identifier", "pump-1"))).IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task Publication_is_told_and_kept()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Things/Pump", "SetPublished", ("publish", true));
        await _platform.RestartAsync();
        (await _platform.CallAsync("Things/Pump", "GetPublished")).AsBoolean().ShouldBeTrue();
    }
}
