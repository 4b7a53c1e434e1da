using System.Text;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>Entities from a file and into one.</summary>
[Trait("Category", "Slow")]
public sealed class TransferTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Transfer = "/Thingworx/Composer/transfer";

    [Fact]
    public async Task A_file_with_a_failing_entity_is_shown_by_line_and_changes_nothing_until_it_is_mended()
    {
        var name = Fixture.Fresh("Imported");
        using var client = Fixture.ServerA.Client();
        await client.MakeThingAsync($"{name}Old", "GenericThing");
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.OpenAreaAsync("Import/ Export");
        await ChooseAsync(visit, $"""
            <Entities><Things>
            <Thing name="{name}Old" description="from the file"/>
            <Thing name="{name}New"/>
            <Thing name="{name}Bad" thingTemplate="GenericThing"><PropertyBindings><PropertyBinding name="none" sourceThingName="{name}Old" sourceName="x"/></PropertyBindings></Thing>
            </Things><Mashups><Mashup name="Front"/></Mashups></Entities>
            """);
        await Assertions.Expect(Row(visit, $"{name}Bad")).ToContainTextAsync("Cannot be imported");
        await Assertions.Expect(Row(visit, $"{name}Bad")).ToContainTextAsync("Property [none] is bound and not defined.");
        await Assertions.Expect(Row(visit, $"{name}Bad").GetByRole(AriaRole.Gridcell, new() { Name = "4", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(Row(visit, $"{name}Old")).ToContainTextAsync("Will be replaced");
        await Assertions.Expect(Row(visit, $"{name}New")).ToContainTextAsync("Will be made");
        await Assertions.Expect(Row(visit, "Front")).ToContainTextAsync("Passed over");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import 2 entities" })).ToBeDisabledAsync();
        (await client.TryAsync(HttpMethod.Get, $"Things/{name}New")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);

        await ChooseAsync(visit, $"""<Entities><Things><Thing name="{name}Old" description="from the file"/><Thing name="{name}New"/></Things></Entities>""");
        await visit.PressAsync("Import 2 entities");
        await Assertions.Expect(Row(visit, $"{name}New")).ToContainTextAsync("Made");
        await Assertions.Expect(Row(visit, $"{name}Old")).ToContainTextAsync("Replaced");
        (await client.ReadAsync($"{name}Old", "description"))!.GetValue<string>().ShouldBe("from the file");
        await visit.OpenRowAsync($"{name}New");
        await visit.ShowsAsync($"{name}New");
    }

    [Fact]
    public async Task A_file_that_is_no_XML_says_so()
    {
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"{Transfer}/import");
        await ChooseAsync(visit, "no XML at all");
        await Assertions.Expect(visit.Page.GetByText("The file is not XML")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task What_is_exported_from_one_server_is_imported_to_another()
    {
        var name = Fixture.Fresh("Travelling");
        using var a = Fixture.ServerA.Client();
        using var b = Fixture.ServerB.Client();
        await a.CallAsync("Resources/EntityServices", "CreateProject", new() { ["name"] = $"{name}.Project" });
        await a.MakeShapeAsync($"{name}.Shape", ("n", "INTEGER"));
        await a.MakeThingAsync($"{name}.Stream", "Stream", $"{name}.Shape");
        foreach (var entity in new[] { $"DataShapes/{name}.Shape", $"Things/{name}.Stream" })
            await a.CallAsync(entity, "SetProjectName", new() { ["projectName"] = $"{name}.Project" });
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"{Transfer}/export?project={name}.Project");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.PressAsync("Export all 3"));
        download.SuggestedFilename.ShouldStartWith($"ServerA_{name}.Project_");
        using var file = new StreamReader(await download.CreateReadStreamAsync());
        var xml = await file.ReadToEndAsync(TestContext.Current.CancellationToken);

        var other = await SignInAsync(Fixture.ServerB);
        await other.Page.GotoAsync($"{Transfer}/import");
        await ChooseAsync(other, xml);
        await other.PressAsync("Import 3 entities");
        await Assertions.Expect(Row(other, $"{name}.Stream")).ToContainTextAsync("Made");
        await b.CallAsync($"Things/{name}.Stream", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "INTEGER")], new System.Text.Json.Nodes.JsonObject { ["n"] = 7 }) });
        (await b.CallAsync($"Things/{name}.Stream", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(1);
    }

    private static ILocator Row(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });

    private static Task ChooseAsync(Visit visit, string xml) =>
        visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plant.xml", MimeType = "text/xml", Buffer = Encoding.UTF8.GetBytes(xml) });
}
