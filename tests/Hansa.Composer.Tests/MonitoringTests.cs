using System.Text.RegularExpressions;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>Monitoring: what is logged shows as it comes, and what can be started, ended and acknowledged is.</summary>
[Collection(nameof(LinkedCollection))]
[Trait("Category", "Slow")]
public sealed class MonitoringTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture)
{
    private const string Monitoring = "/Thingworx/Composer/monitoring";

    [Fact]
    public async Task A_line_of_a_script_shows_as_it_comes_is_held_by_Space_and_is_filtered()
    {
        var name = Fixture.Fresh("Talker");
        using var client = Fixture.ServerA.Client();
        await ImportAsync(client, $$"""
            <Entities><Things><Thing name="{{name}}" enabled="true"><ThingShape>
             <ServiceDefinitions><ServiceDefinition name="Say"><ResultType name="result" baseType="NOTHING"/><ParameterDefinitions><FieldDefinition name="text" baseType="STRING"/></ParameterDefinitions></ServiceDefinition></ServiceDefinitions>
             <ServiceImplementations><ServiceImplementation name="Say" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code>logger.warn(text + "\nand its second line");</code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
            </ThingShape></Thing></Things></Entities>
            """);
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.OpenAreaAsync("Monitoring");
        await visit.ShowsAsync("Monitoring");
        var grid = visit.Page.GetByRole(AriaRole.Grid, new() { Name = "Log lines" });
        await grid.WaitForAsync();
        await SayAsync("first");
        await Assertions.Expect(Line(visit, $"{name} first")).ToBeVisibleAsync();

        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await SayAsync("second");
        var came = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^[0-9]+ new lines?: show$") });
        await came.WaitForAsync();
        await Assertions.Expect(Line(visit, $"{name} second")).ToHaveCountAsync(0);
        await came.ClickAsync();
        await Assertions.Expect(Line(visit, $"{name} second")).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Find in the content").FillAsync($"{name} fir?t");
        await Assertions.Expect(Line(visit, $"{name} second")).ToHaveCountAsync(0);
        await Assertions.Expect(Line(visit, $"{name} first")).ToHaveCountAsync(1);
        await SayAsync("third");
        await SayAsync("first");
        await Assertions.Expect(Line(visit, $"{name} first")).ToHaveCountAsync(2);
        await Assertions.Expect(Line(visit, $"{name} third")).ToHaveCountAsync(0);
        visit.Page.Url.ShouldContain("q=");

        await Line(visit, $"{name} first").First.ClickAsync();
        var panel = visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Log line" });
        await Assertions.Expect(panel).ToContainTextAsync("and its second line");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Only this origin" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Origin: {name}.Say" })).ToBeVisibleAsync();

        Task SayAsync(string text) => client.CallAsync($"Things/{name}", "Say", new() { ["text"] = $"{name} {text}" });
    }

    [Fact]
    public async Task A_log_keeps_the_level_that_is_chosen()
    {
        using var client = Fixture.ServerB.Client();
        var visit = await SignInAsync(Fixture.ServerB);
        await visit.Page.GotoAsync($"{Monitoring}/logs");
        await visit.PressAsync("Levels");
        var level = visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "DatabaseLog" });
        await Assertions.Expect(level).ToHaveTextAsync("INFO");
        await level.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { Name = "DEBUG" }).ClickAsync();
        await Assertions.Expect(level).ToHaveTextAsync("DEBUG");
        (await client.CallAsync("Logs/DatabaseLog", "GetLogLevel"))!.GetValue<string>().ShouldBe("DEBUG");
    }

    [Fact]
    public async Task A_subsystem_is_stopped_and_started_and_one_that_cannot_be_says_why()
    {
        var visit = await SignInAsync(Fixture.ServerB);
        await visit.Page.GotoAsync($"{Monitoring}/subsystems");
        await visit.PressAsync("FederationSubsystem");
        var panel = visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Subsystem FederationSubsystem" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Img, new() { NameRegex = new("^publishedThings since the page was opened") })).ToBeVisibleAsync();
        await panel.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await visit.PressAsync("Stop FederationSubsystem");
        await Assertions.Expect(State(visit, "FederationSubsystem")).ToContainTextAsync("Stopped");
        await panel.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Assertions.Expect(State(visit, "FederationSubsystem")).ToContainTextAsync("Running");

        await visit.PressAsync("LoggingSubsystem");
        panel = visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Subsystem LoggingSubsystem" });
        await Assertions.Expect(panel.GetByRole(AriaRole.Button, new() { Name = "Stop" })).ToBeDisabledAsync();
        await Assertions.Expect(panel).ToContainTextAsync("it cannot be stopped");
    }

    [Fact]
    public async Task Alerts_are_acknowledged_and_that_stands_in_their_history()
    {
        var name = Fixture.Fresh("Alarming");
        using var client = Fixture.ServerA.Client();
        await ImportAsync(client, $$"""
            <Entities><Things><Thing name="{{name}}" enabled="true"><ThingShape><PropertyDefinitions><PropertyDefinition name="heat" baseType="NUMBER"/></PropertyDefinitions></ThingShape>
            <AlertConfigurations><AlertDefinitions name="heat"><AlertDefinition name="TooHot" alertType="Above" priority="1" enabled="true"><AlertAttributes>
             <DataShape><FieldDefinitions><FieldDefinition name="limit" baseType="NUMBER"/></FieldDefinitions></DataShape><Rows><Row><limit>90</limit></Row></Rows></AlertAttributes></AlertDefinition></AlertDefinitions></AlertConfigurations></Thing></Things></Entities>
            """);
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"{Monitoring}/alerts?q={name}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })).ToBeDisabledAsync();
        await client.WriteAsync(name, "heat", 95);
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
        await Assertions.Expect(row).ToContainTextAsync("Active");
        await visit.PressAsync("Acknowledge all 1");
        await visit.Page.GetByLabel("Note").FillAsync("seen from here");
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Active, acknowledged");
        await Assertions.Expect(row).ToContainTextAsync("Administrator");

        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "History" }).ClickAsync();
        await visit.Page.GetByLabel("Filter by Thing").FillAsync(name);
        await Assertions.Expect(row).ToHaveCountAsync(2);
        await Assertions.Expect(row.First).ToContainTextAsync("seen from here");
    }

    [Fact]
    public async Task Remote_Things_tell_what_they_are_bound_to()
    {
        var name = Fixture.Fresh("MonitoredStream");
        await linked.Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"{Monitoring}/remote?q={name}");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"{name}@ServerB" });
        await Assertions.Expect(row).ToContainTextAsync("Bound");
        await linked.Pair.A.CallAsync("Resources/EntityServices", "DeleteThing", new() { ["name"] = $"Remote{name}" });
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Bound without a Thing" }).ClickAsync();
        await visit.Page.GetByLabel("Filter by name").FillAsync(name);
        await Assertions.Expect(row).ToContainTextAsync("Identifier");
        await visit.Page.GotoAsync($"{Monitoring}/sessions?show=servers");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "publishes to this server" })).ToContainTextAsync("LIVE");
    }

    [Fact]
    public async Task A_session_is_ended_and_who_did_what_stands_in_the_audit()
    {
        var name = Fixture.Fresh("guest");
        using var client = Fixture.ServerA.Client();
        await client.MakeUserAsync(name);
        var guest = await OpenAsync(Fixture.ServerA);
        await guest.SignInAsync(name, "User-Password-1");
        guest.Announce("403");
        guest.Announce("/Live");
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"{Monitoring}/sessions");
        await visit.PressAsync($"End the session of {name}");
        await visit.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = $"End the session of {name}" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name })).ToHaveCountAsync(0);
        await Assertions.Expect(guest.Page.GetByText("Your session ended")).ToBeVisibleAsync(new() { Timeout = 20_000 });

        await visit.Page.GotoAsync($"{Monitoring}/audit?q={name}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"User [{name}] was created." })).ToHaveCountAsync(1);
        await visit.PressAsync("Category: any");
        await visit.Page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Sign-ins" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"User [{name}] was created." })).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = $"User [{name}] signed in" })).ToHaveCountAsync(1);
    }

    private static ILocator Line(Visit visit, string content) => visit.Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Button, new() { NameRegex = new($"^{Regex.Escape(content)}") });

    private static ILocator State(Visit visit, string subsystem) => visit.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { Name = subsystem, Exact = true }) });

    private static async Task ImportAsync(RestClient client, string xml)
    {
        var (status, text) = await client.ImportAsync(xml);
        status.ShouldBe(System.Net.HttpStatusCode.OK, text);
    }
}
