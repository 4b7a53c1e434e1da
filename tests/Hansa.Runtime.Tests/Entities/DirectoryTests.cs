using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Entities;

/// <summary>Making, changing and deleting entities.</summary>
public sealed class DirectoryTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Edits_at_the_same_time_are_all_kept()
    {
        await _platform.MakeThingAsync("Pump");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => _platform.AddPropertyAsync("Pump", $"p{i}", BaseType.NUMBER))));
        _platform.Thing("Pump").Definition.Properties.Select(p => p.Name).ShouldBe(Enumerable.Range(0, 50).Select(i => $"p{i}"), ignoreOrder: true);
        await _platform.RestartAsync();
        _platform.Thing("Pump").Definition.Properties.Length.ShouldBe(50);
    }

    [Fact]
    public async Task Of_many_who_make_the_same_name_one_succeeds()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            try
            {
                await _platform.CallAsync("Resources/EntityServices", "CreateThing", ("name", "Pump"), ("description", $"{i}"));
                return true;
            }
            catch (PlatformException e) when (e.Code == ErrorCode.Conflict)
            {
                return false;
            }
        })));
        made.Count(one => one).ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_restores_every_definition()
    {
        await _platform.MakeStreamAsync("Log", ("v", BaseType.NUMBER));
        await _platform.MakeThingAsync("Pump", "Timer");
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.INTEGER, ("persistent", true), ("defaultValue", "7"), ("description", "Turns \"each\" minute, ä"));
        await _platform.AddServiceAsync("Pump", "Say", "result = word;", ("word", BaseType.STRING));
        await _platform.EditAsync("Pump", thing => thing with
        {
            Subscriptions = [new("Watch", "DataChange", "", "speed", "me.x = 1;") { Description = "d" }],
            Events = [new("Burst", "VTQ", "Too much.")],
            Tags = "A:B", DocumentationContent = "<p>", HomeMashup = "m", ProjectName = "P",
        });
        await _platform.MakeUserAsync("ann");
        await _platform.CallAsync("Resources/EntityServices", "CreateOrganization", ("name", "Works"), ("topOUName", "Top"));
        await _platform.CallAsync("Organizations/Works", "AddMember", ("member", "ann"));
        await _platform.AllowAsync("Things/Pump", "ann", Permission.PropertyRead, "speed", allow: false);
        await _platform.CallAsync("Resources/EntityServices", "CreateApplicationKey", ("name", "Key"), ("user", "ann"));
        var before = Documents();
        before.Count.ShouldBeGreaterThan(15);

        await _platform.RestartAsync();

        Documents().ShouldBe(before);
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Pump")]
    [InlineData("Pump ")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("*Pump")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task What_is_no_name_is_refused(string name)
    {
        var refusal = await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateThing", ("name", name));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain("name", Case.Insensitive);
    }

    [Theory]
    [InlineData("a&b")]
    [InlineData("a:b")]
    [InlineData("a+b")]
    public async Task Names_of_users_are_stricter(string name)
    {
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateUser", ("name", name))).Code.ShouldBe(ErrorCode.BadRequest);
        await _platform.MakeThingAsync(name);
    }

    [Fact]
    public async Task A_name_of_127_bytes_is_one_and_case_counts()
    {
        var longest = "ä" + new string('x', 125);
        await _platform.MakeThingAsync(longest);
        await _platform.MakeThingAsync(longest.ToUpperInvariant());
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateThing", ("name", longest + "y"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateThing", ("name", longest))).Code.ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public async Task A_Thing_made_anew_has_another_id_and_an_empty_stream()
    {
        await _platform.MakeStreamAsync("Log", ("v", BaseType.NUMBER));
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 1.0))));
        var first = _platform.Thing("Log").Definition.Id;

        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Log"));
        await _platform.MakeThingAsync("Log", "Stream");
        await _platform.CallAsync("Things/Log", "SetDataShape", ("name", "Log"));

        _platform.Thing("Log").Definition.Id.ShouldNotBe(first);
        (await _platform.CallAsync("Things/Log", "GetStreamEntryCount")).AsNumber().ShouldBe(0);
    }

    [Fact]
    public async Task What_belongs_to_the_platform_cannot_be_deleted()
    {
        foreach (var (service, name) in new[] { ("DeleteUser", "Administrator"), ("DeleteUser", "System"), ("DeleteGroup", "Administrators"), ("DeleteOrganization", "Everyone") })
            (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", service, ("name", name))).Code.ShouldBe(ErrorCode.Forbidden, name);
    }

    [Fact]
    public async Task A_user_made_anew_inherits_nothing_of_the_one_who_is_gone()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.MakeUserAsync("ann");
        await _platform.CallAsync("Groups/Administrators", "AddMember", ("member", "ann"));
        await _platform.CallAsync("Organizations/Everyone", "AddMember", ("member", "ann"));
        await _platform.AllowAsync("Things/Pump", "ann", Permission.Update);
        await _platform.CallAsync("Resources/EntityServices", "CreateApplicationKey", ("name", "Key"), ("user", "ann"));
        var key = (await _platform.CallAsync("ApplicationKeys/Key", "GetKeyID")).ToString();

        await _platform.CallAsync("Resources/EntityServices", "DeleteUser", ("name", "ann"));
        await _platform.MakeUserAsync("ann");

        var principal = _platform.Get<Principals>().Find("ann");
        principal.IsAdministrator.ShouldBeFalse();
        principal.Groups.ShouldBe([Principals.UsersName]);
        _platform.Thing("Pump").Definition.Permissions.ShouldBeEmpty();
        Should.Throw<PlatformException>(() => _platform.Get<Authenticator>().SignIn(key, System.Net.IPAddress.Loopback)).Code.ShouldBe(ErrorCode.Unauthorized);
        await _platform.RestartAsync();
        _platform.Get<Principals>().Find("ann").IsAdministrator.ShouldBeFalse();
    }

    [Fact]
    public async Task With_an_organization_goes_the_visibility_that_it_gave()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Resources/EntityServices", "CreateOrganization", ("name", "Works"));
        await _platform.CallAsync("Organizations/Works", "AddOrganizationalUnit", ("name", "North"), ("parentName", "Works"));
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works"), ("principalType", "Organization"));
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works:North"), ("principalType", "OrganizationalUnit"));
        await _platform.CallAsync("Resources/EntityServices", "DeleteOrganization", ("name", "Works"));
        _platform.Thing("Pump").Definition.Permissions.ShouldBeEmpty();
    }

    private Dictionary<string, string> Documents() => EntityKinds.All.SelectMany(_platform.Entities.All)
        .ToDictionary(entity => entity.Key.ToString(), entity => EntityDocuments.Write(entity.Definition));
}
