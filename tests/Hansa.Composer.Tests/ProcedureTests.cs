using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>Both procedures of "Configuring a Federation", by clicking alone.</summary>
public sealed class ProcedureTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly string[] TestedBeforeSaving = ["Name found", "Port", "Who answers", "Clock"];

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Both_procedures_link_two_servers_and_rows_written_on_A_arrive_on_B()
    {
        var b = await SignInAsync(Fixture.ServerB);
        var a = await SignInAsync(Fixture.ServerA);
        var efforts = new Dictionary<string, Effort>
        {
            ["Server B: Stream with its Data Shape"] = await EffortOfAsync(b, () => MakeStreamAsync(b)),
        };
        var key = "";
        efforts["Server A: user and Application Key"] = await EffortOfAsync(a, async () => key = await MakeKeyAsync(a));
        efforts["Server B: subscriber, tested and saved"] = await EffortOfAsync(b, () => SubscribeAsync(b, a.Server.ServerUri, key));
        efforts["Server A: RemoteStream, chosen from what is offered"] = await EffortOfAsync(a, () => MakeRemoteStreamAsync(a));

        using var onA = Fixture.ServerA.Client();
        using var onB = Fixture.ServerB.Client();
        await Tables.UntilAsync(async () => (await onA.ReadAsync("RemoteMachineStream", "isConnected"))!.GetValue<bool>(), "RemoteMachineStream bound");
        await onA.CallAsync("Things/RemoteMachineStream", "AddStreamEntry", new()
        {
            ["values"] = Tables.Of([("temperature", "NUMBER"), ("running", "BOOLEAN")], new JsonObject { ["temperature"] = 81.5, ["running"] = true }),
            ["source"] = "MachineThing", ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["tags"] = "", ["location"] = null,
        });
        var rows = (await onB.CallAsync("Things/MachineStream", "QueryStreamEntriesWithData", new() { ["maxItems"] = 10 }))!.AsArray();
        rows.ShouldHaveSingleItem()!["temperature"]!.GetValue<double>().ShouldBe(81.5);

        await ExecuteAsync(a);
        await EditSubscriberAsync(b);
        await Tables.UntilAsync(async () => (await onA.ReadAsync("RemoteMachineStream", "isConnected"))!.GetValue<bool>(), "RemoteMachineStream bound again with the stored key");
        AreTold(efforts);
    }

    // The page of decisions tells what was counted.
    private static void AreTold(IReadOnlyDictionary<string, Effort> efforts)
    {
        var page = File.ReadAllText(Path.Combine(Repository(), "docs", "decisions", "composer.md"));
        page.ShouldContain(string.Join('\n', efforts.Select(one => $"| {one.Key} | {one.Value.Clicks} | {one.Value.Keys} |")));
    }

    private static async Task<Effort> EffortOfAsync(Visit visit, Func<Task> work)
    {
        var before = await visit.EffortAsync();
        await work();
        return await visit.EffortAsync() - before;
    }

    [Fact]
    public void Every_step_has_its_picture_and_every_picture_its_step_and_the_page_shows_them()
    {
        var docs = Path.Combine(Repository(), "docs");
        var folder = Path.Combine(docs, "pictures");
        var page = File.ReadAllText(Path.Combine(docs, "configuring-a-federation.md"));
        Procedure.Steps.Where(step => !page.Contains($"(pictures/federation-{step}.png)", StringComparison.Ordinal)).ShouldBeEmpty();
        var missing = Procedure.Steps.Where(step => !File.Exists(Procedure.PictureOf(step, folder)));
        missing.ShouldBeEmpty("./test --pictures takes them");
        Directory.GetFiles(folder, "federation-*.png").Except(Procedure.Steps.Select(step => Procedure.PictureOf(step, folder))).ShouldBeEmpty("pictures of no step");
    }

    // Configuring Server B, 1 a to c: a stream with a Data Shape, published.
    private static async Task MakeStreamAsync(Visit b)
    {
        await b.BrowseAsync("Streams");
        await b.PictureAsync("b-1-streams");
        await b.PressAsync("New");
        await b.ChooseTemplateAsync("Stream");
        await b.PictureAsync("b-1a-template");
        await b.PressAsync("OK");
        await b.FillAsync("Name", "MachineStream");
        await b.FillAsync("Description", "What the machine measures");

        // The Data Shape is not there yet: + makes it, and comes back with it.
        await b.PressAsync("New Data Shape");
        await b.InPanelAsync("New Data Shape", async panel =>
        {
            await panel.GetByLabel("Name", new() { Exact = false }).First.FillAsync("MachineReading");
            await panel.GetByRole(AriaRole.Button, new() { Name = "Add field" }).ClickAsync();
            await panel.GetByLabel("Name of 1").FillAsync("temperature");
            await panel.GetByLabel("Base Type of temperature").ClickAsync();
            await b.Page.GetByRole(AriaRole.Option, new() { Name = "NUMBER", Exact = true }).ClickAsync();
            await panel.GetByRole(AriaRole.Button, new() { Name = "Add field" }).ClickAsync();
            await panel.GetByLabel("Name of 2").FillAsync("running");
            await panel.GetByLabel("Base Type of running").ClickAsync();
            await b.Page.GetByRole(AriaRole.Option, new() { Name = "BOOLEAN", Exact = true }).ClickAsync();
            await b.PictureAsync("b-1b-data-shape");
            await panel.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        });
        await Assertions.Expect(b.Field("Data Shape")).ToHaveValueAsync("MachineReading");
        await b.Field("Published").CheckAsync();
        await b.PictureAsync("b-1b-general-information");
        await b.PressAsync("Save");
        await b.ShowsAsync("MachineStream");
    }

    // Configuring Server B, 5, its first half: a user and a key on Server A.
    private static async Task<string> MakeKeyAsync(Visit a)
    {
        await a.BrowseAsync("Users");
        await a.PressAsync("New");
        await a.FillAsync("Name", "serverB");
        await a.FillAsync("Password", "Publisher-Password-1");
        await a.FillAsync("Password again", "Publisher-Password-1");
        await a.PressAsync("Save");
        await a.ShowsAsync("serverB");

        await a.BrowseAsync("Application Keys");
        await a.PressAsync("New");
        await a.FillAsync("Name", "KeyForServerB");
        await a.PickAsync("User Name Reference", "serverB");
        await a.PictureAsync("a-0-application-key");
        await a.PressAsync("Save");
        var shown = a.Page.GetByRole(AriaRole.Alertdialog);
        var field = shown.GetByRole(AriaRole.Textbox);
        await Assertions.Expect(field).Not.ToHaveValueAsync("");
        var key = await field.InputValueAsync();
        await field.EvaluateAsync("input => input.setAttribute('type', 'password')");
        await a.PictureAsync("a-0-key-shown-once");
        await Assertions.Expect(shown.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeDisabledAsync();
        await shown.GetByLabel("I have stored it").CheckAsync();
        await shown.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await a.ShowsAsync("KeyForServerB");
        return key;
    }

    // Configuring Server B, 1 c to 7: the subscriber.
    private static async Task SubscribeAsync(Visit b, string uri, string key)
    {
        await b.BrowseAsync("Subsystems");
        await b.PictureAsync("b-1c-subsystems");
        await b.OpenRowAsync("FederationSubsystem");
        await b.ShowsAsync("FederationSubsystem");
        await b.Page.GetByRole(AriaRole.Tab, new() { Name = "Configuration" }).ClickAsync();
        await b.FillAsync("My Server Name", "ServerB");
        await b.FillAsync("My Server Description", "Keeps the rows");
        await b.PictureAsync("b-2-configuration");
        await b.PressAsync("Add");
        var window = b.Page.GetByRole(AriaRole.Complementary, new() { Name = "Add subscriber" });
        await Assertions.Expect(window).ToBeVisibleAsync();
        await b.PictureAsync("b-2-subscribers-window");

        await b.FillAsync("Logical Server Name", "ServerA");
        await Assertions.Expect(b.Field("Enable Publishing")).ToBeCheckedAsync();
        await b.FillAsync("Server URI", uri);
        await b.FillAsync("Application Key", key);
        await b.FillAsync("Confirm Application Key", key);
        await b.PickAsync("Publish As User", "Administrator");
        foreach (var step in TestedBeforeSaving)
            await Assertions.Expect(window.GetByRole(AriaRole.Listitem).Filter(new() { HasText = step }).GetByLabel("Passed")).ToBeVisibleAsync();
        await Assertions.Expect(window.GetByText("Streams", new() { Exact = true })).ToBeVisibleAsync();
        await b.PressAsync("Test connection");
        await Assertions.Expect(window.GetByRole(AriaRole.Status)).ToContainTextAsync("accepted by ServerA");
        await b.PictureAsync("b-3-6-subscriber");
        await window.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(b.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ServerA" })).ToContainTextAsync("New, being added");
        await b.PictureAsync("b-6-added");
        await b.SaveAsync("FederationSubsystem");
        await Assertions.Expect(b.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ServerA" })).ToContainTextAsync("LIVE");
        await b.PictureAsync("b-7-saved");
        (await b.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })")).ShouldNotContain(key);
    }

    // Configuring Server A, 5: the services of the remote stream are served by the stream on Server B.
    private static async Task ExecuteAsync(Visit a)
    {
        await a.Page.GetByRole(AriaRole.Tab, new() { Name = "Services" }).ClickAsync();
        await a.Page.GetByLabel("Filter services").FillAsync("GetStreamEntryCount");
        await a.Page.GetByRole(AriaRole.Button, new() { Name = "Execute GetStreamEntryCount" }).ClickAsync();
        await a.Page.WaitForURLAsync("**/services/GetStreamEntryCount/run**");
        await a.Page.Locator("[data-region=panel], [role=dialog]").GetByRole(AriaRole.Button, new() { Name = "Execute", Exact = true }).ClickAsync();
        await Assertions.Expect(a.Page.GetByText(new System.Text.RegularExpressions.Regex("^(Done|1 row) in "))).ToBeVisibleAsync();
        await a.PictureAsync("a-5-execute");
    }

    // A subscriber that is edited keeps its key, which is not asked for again.
    private static async Task EditSubscriberAsync(Visit b)
    {
        await b.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ServerA" }).DblClickAsync();
        await b.Page.WaitForURLAsync("**/Subsystems/FederationSubsystem/configuration/subscribers/ServerA");
        await Assertions.Expect(b.Field("Application Key")).ToHaveValueAsync("");
        await b.Page.GetByText("Pipes, intervals and proxy").ClickAsync();
        await b.FillAsync("Pipe Count", "2");
        await b.PressAsync("Take over");
        await b.SaveAsync("FederationSubsystem");
        using var client = b.Server.Client();
        var row = (await client.CallAsync("Subsystems/FederationSubsystem", "GetConfigurationTable", new() { ["tableName"] = "FederationSubscribers" }))![0]!;
        row["pipeCount"]!.GetValue<int>().ShouldBe(2);
    }

    // Configuring Server A, 1 to 4: the remote stream, chosen from what Server B offers; its Data Shape is copied.
    private static async Task MakeRemoteStreamAsync(Visit a)
    {
        await a.BrowseAsync("Streams");
        await a.PictureAsync("a-1-streams");
        await a.PressAsync("New");
        await a.ChooseTemplateAsync("RemoteStream");
        await a.PressAsync("Copy it here");
        await Assertions.Expect(a.Page.GetByText("Same on both servers")).ToBeVisibleAsync();
        await a.PictureAsync("a-2-template");
        await a.PressAsync("OK");
        await Assertions.Expect(a.Field("Identifier")).ToHaveValueAsync("MachineStream@ServerB");
        await Assertions.Expect(a.Field("Data Shape")).ToHaveValueAsync("MachineReading");
        await Assertions.Expect(a.Page.GetByText("ServerB offers MachineStream.")).ToBeVisibleAsync();
        await a.FillAsync("Name", "RemoteMachineStream");
        await a.FillAsync("Description", "The stream on Server B");
        await a.PictureAsync("a-3-4-general-information");
        await a.PressAsync("Save");
        await a.ShowsAsync("RemoteMachineStream");
        await a.PictureAsync("a-4-saved");
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hansa.slnx")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("Hansa.slnx is in no folder above the tests.");
    }
}
