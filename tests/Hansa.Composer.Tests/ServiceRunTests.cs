using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

[Collection(nameof(LinkedCollection))]
public sealed class ServiceRunTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture)
{
    [Fact]
    public async Task An_entry_written_through_a_RemoteStream_is_found_again_and_the_way_is_drawn()
    {
        var name = Fixture.Fresh("RunStream");
        await linked.Pair.MakeStreamAsync(name, ("cpu", "NUMBER"), ("host", "STRING"));
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/services?q=StreamEntr");
        await visit.PressAsync("Execute AddStreamEntry");
        await visit.Page.GetByLabel("cpu, row 1").FillAsync("42.5");
        await visit.Page.GetByLabel("host, row 1").FillAsync("press");
        await visit.PressAsync("Execute");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Done in ") })).ToBeVisibleAsync();

        await visit.PressAsync("Close");
        await visit.PressAsync("Execute QueryStreamEntriesWithData");
        await visit.Page.GetByLabel("maxItems").FillAsync("10");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Heading, new() { NameRegex = new("^1 row in ") })).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Gridcell, new() { Name = "42.5", Exact = true })).ToBeVisibleAsync();
        var way = dialog.GetByRole(AriaRole.Group, new() { Name = "The way of the call" });
        await Assertions.Expect(way).ToContainTextAsync("ServerA");
        await Assertions.Expect(way).ToContainTextAsync("ServerB");
        await Assertions.Expect(way.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Link, both ways" })).ToContainTextAsync("ms");
        visit.Page.Url.ShouldContain("in=");

        // The address brings the inputs back.
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Page.GetByLabel("maxItems")).ToHaveValueAsync("10");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_first_input_has_the_focus_and_numbers_over_time_are_drawn()
    {
        var name = Fixture.Fresh("DrawnStream");
        await linked.Pair.MakeStreamAsync(name, ("cpu", "NUMBER"));
        using var client = linked.Pair.ServerB.Client();
        foreach (var cpu in new[] { 10, 20, 30 })
            await client.CallAsync($"Things/{name}", "AddStreamEntry", new() { ["values"] = Tables.Of([("cpu", "NUMBER")], new JsonObject { ["cpu"] = cpu }), ["source"] = "t" });
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/services/QueryStreamEntriesWithData/run");
        await Assertions.Expect(visit.Page.GetByLabel("source", new() { Exact = true })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Chart" }).ClickAsync();
        await visit.Page.GetByText("Numbers of this chart").Or(visit.Page.Locator("details > summary")).First.ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Row, new() { NameRegex = new("^cpu 3 10 20 30") })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_refusal_of_the_other_server_is_marked_there_and_a_missing_input_at_its_field()
    {
        var name = Fixture.Fresh("RefusedStream");
        await linked.Pair.MakeStreamAsync(name, ("cpu", "NUMBER"));
        var visit = await SignInAsync(linked.Pair.ServerA);
        visit.Announce("400");
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/services/GetStreamEntry/run");
        await visit.PressAsync("Execute");
        await Assertions.Expect(visit.Page.GetByText("streamEntryId is needed.")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("streamEntryId").FillAsync("none");
        await visit.PressAsync("Execute");
        await Assertions.Expect(visit.Page.GetByText("is no id of a stream entry").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("[data-failed][data-at=there]")).ToContainTextAsync("ServerB");
    }

    [Fact]
    public async Task A_table_is_edited_in_a_grid_and_pasted_from_a_spreadsheet()
    {
        var name = Fixture.Fresh("EditedTable");
        using var client = linked.Pair.ServerA.Client();
        await client.MakeShapeAsync($"{name}.Shape", "part", [("part", "STRING"), ("stock", "NUMBER")]);
        await client.MakeThingAsync(name, "DataTable", $"{name}.Shape");
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{name}/services/AddDataTableEntries/run");
        await visit.Page.GetByLabel("part, row 1").FocusAsync();
        await visit.Page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.setData('text/plain', 'P-1\t2\nP-2\t7\nP-3\t40');
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await Assertions.Expect(visit.Page.GetByLabel("stock, row 3")).ToHaveValueAsync("40");
        await visit.Page.GetByLabel("stock, row 2").FillAsync("many");
        await Assertions.Expect(visit.Page.GetByText("“many” is no NUMBER")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("stock, row 2").FillAsync("8");
        await visit.PressAsync("Delete row 1");
        await visit.PressAsync("Execute");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Done in ") })).ToBeVisibleAsync();
        var rows = (await client.CallAsync($"Things/{name}", "GetDataTableEntries"))!.AsArray();
        rows.Select(row => $"{row!["part"]} {row["stock"]}").ShouldBe(["P-2 8", "P-3 40"]);
    }
}
