using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

[Collection(nameof(LinkedCollection))]
public sealed class DataTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture)
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_million_rows_show_the_right_ones_on_top_in_the_middle_and_at_the_end()
    {
        const int count = 1_000_000;
        var name = Fixture.Fresh("Million");
        using var client = linked.Pair.ServerA.Client();
        await client.MakeShapeAsync($"{name}.Shape", ("n", "INTEGER"));
        await client.MakeThingAsync(name, "Stream", $"{name}.Shape");
        await LinkedFixture.FillAsync(client, name, count);
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{name}/data");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        await FirstIsAsync(grid, n => n == count - 1);
        await Assertions.Expect(grid).ToHaveAttributeAsync("aria-rowcount", $"{count + 1}");
        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await LastIsAsync(grid, n => n == 0);
        await grid.EvaluateAsync("grid => { grid.scrollTop = grid.scrollHeight / 2; }");
        await FirstIsAsync(grid, n => Math.Abs(n - (count / 2)) < 1_000);
        (await NumbersAsync(grid)).Zip((await NumbersAsync(grid)).Skip(1)).ShouldAllBe(pair => pair.First == pair.Second + 1);
        await visit.Page.WaitForURLAsync("**at=*");
        var before = (await NumbersAsync(grid))[12];
        await visit.Page.ReloadAsync();
        await FirstIsAsync(grid, n => Math.Abs(n - before) < 60);
        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await FirstIsAsync(grid, n => n == count - 1);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_cell_is_reached_edited_and_its_menu_opened_by_keys_alone()
    {
        var name = Fixture.Fresh("KeyedTable");
        using var client = linked.Pair.ServerA.Client();
        await client.MakeShapeAsync($"{name}.Shape", "part", [("part", "STRING"), ("stock", "INTEGER")]);
        await client.MakeThingAsync(name, "DataTable", $"{name}.Shape");
        foreach (var (part, stock) in new[] { ("P-1", 4), ("P-2", 9) })
            await client.CallAsync($"Things/{name}", "AddDataTableEntry", new() { ["values"] = Tables.Of([("part", "STRING"), ("stock", "INTEGER")], new JsonObject { ["part"] = part, ["stock"] = stock }) });
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{name}/data");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        await grid.GetByText("P-2").First.WaitForAsync();
        await grid.FocusAsync();
        await PressAsync(visit, "ArrowRight", "F2");
        await visit.Page.Keyboard.TypeAsync("1");
        await PressAsync(visit, "Escape", "Enter");
        var editor = grid.GetByRole(AriaRole.Textbox);
        var before = await editor.InputValueAsync();
        await editor.FillAsync("77");
        await PressAsync(visit, "Enter");
        await Assertions.Expect(grid.GetByRole(AriaRole.Gridcell, new() { Name = "77", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(grid).ToBeFocusedAsync();
        before.ShouldBeOneOf("4", "9");

        await PressAsync(visit, "Shift+F10");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await PressAsync(visit, "Enter");
        await Assertions.Expect(grid.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        var rows = (await client.CallAsync($"Things/{name}", "GetDataTableEntries"))!.AsArray();
        rows.Count(row => row!["stock"]!.GetValue<double>() is 77).ShouldBe(1);
    }

    [Fact]
    public async Task The_live_tail_adds_on_top_is_held_by_Space_and_counts_what_comes_meanwhile()
    {
        var name = Fixture.Fresh("TailStream");
        await linked.Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        await AddAsync(name, 1);
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/data");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        await FirstIsAsync(grid, n => n == 1);
        await AddAsync(name, 2);
        await FirstIsAsync(grid, n => n == 2);
        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Space");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Resume" })).ToBeVisibleAsync();
        await AddAsync(name, 3);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 new row" })).ToBeVisibleAsync();
        (await NumbersAsync(grid))[0].ShouldBe(2);
        await visit.PressAsync("1 new row");
        await FirstIsAsync(grid, n => n == 3);
    }

    [Fact]
    public async Task A_cell_filters_and_the_address_keeps_it()
    {
        var name = Fixture.Fresh("FilteredStream");
        await linked.Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        for (var n = 1; n <= 3; n++)
            await AddAsync(name, n);
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/data");
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        await FirstIsAsync(grid, n => n == 3);
        await grid.Locator("[data-column=n]").Filter(new() { HasText = "2" }).ClickAsync(new() { Button = MouseButton.Right });
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Below" }).ClickAsync();
        await FirstIsAsync(grid, n => n == 1);
        await visit.Page.ReloadAsync();
        await FirstIsAsync(grid, n => n == 1);
        await visit.PressAsync("Take away the filter n below 2");
        await FirstIsAsync(grid, n => n == 3);
    }

    [Fact]
    public async Task A_remote_data_table_is_edited_in_place_and_takes_and_gives_up_entries()
    {
        var name = Fixture.Fresh("PartsTable");
        await linked.Pair.MakeKindAsync("DataTable", name, "part", ("part", "STRING"), ("stock", "NUMBER"));
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/data");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "New entry", Exact = true }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("part").FillAsync("P-1");
        await dialog.GetByLabel("stock").FillAsync("2");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();
        var grid = visit.Page.GetByRole(AriaRole.Grid);
        var stock = grid.Locator("[data-key='P-1'] [data-column=stock]");
        await Assertions.Expect(stock).ToHaveTextAsync("2");
        await stock.DblClickAsync();
        await visit.Page.GetByLabel("stock, row 1").FillAsync("9");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(stock).ToHaveTextAsync("9");
        (await StockAsync(name)).ShouldBe(["9"]);

        await grid.GetByRole(AriaRole.Checkbox, new() { Name = "P-1" }).ClickAsync();
        await visit.PressAsync("Delete");
        await visit.PressAsync("Delete 1 entry");
        await Assertions.Expect(visit.Page.GetByText("No rows yet")).ToBeVisibleAsync();
        (await StockAsync(name)).ShouldBeEmpty();
    }

    private Task AddAsync(string stream, int n) => linked.Pair.A.CallAsync($"Things/Remote{stream}", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "INTEGER")], new JsonObject { ["n"] = n }) });

    private async Task<IReadOnlyList<string>> StockAsync(string table) =>
        [.. (await linked.Pair.B.CallAsync($"Things/{table}", "GetDataTableEntries"))!.AsArray().Select(row => row!["stock"]!.ToString())];

    private static async Task<IReadOnlyList<int>> NumbersAsync(ILocator grid) =>
        [.. (await grid.Locator("[data-key] [data-column=n]").AllInnerTextsAsync()).Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];

    private static Task FirstIsAsync(ILocator grid, Func<int, bool> isRight) =>
        Tables.UntilAsync(async () => await NumbersAsync(grid) is { Count: > 0 } numbers && isRight(numbers[0]), "the first row");

    private static Task LastIsAsync(ILocator grid, Func<int, bool> isRight) =>
        Tables.UntilAsync(async () => await NumbersAsync(grid) is { Count: > 0 } numbers && isRight(numbers[^1]), "the last row");

    private static async Task PressAsync(Visit visit, params string[] keys)
    {
        foreach (var key in keys)
            await visit.Page.Keyboard.PressAsync(key);
    }
}
