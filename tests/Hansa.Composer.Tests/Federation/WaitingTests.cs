using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Federation;

/// <summary>Writes that wait, and writes that were refused.</summary>
[Trait("Category", "Slow")]
public sealed class WaitingTests(BrowserFixture fixture, FaultyFixture faulty) : FederationTest(fixture, faulty)
{
    [Fact]
    public async Task Writes_to_a_server_that_is_away_show_as_waiting_and_drain_to_none()
    {
        var name = Fixture.Fresh("Waiting");
        await Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        var visit = await OpenFederationAsync(Pair.ServerA, $"?link={LinkOnA}");
        await Assertions.Expect(Cell(visit, LinkOnA, "state")).ToHaveTextAsync("LIVE");
        Faulty.Break();
        await Assertions.Expect(Cell(visit, LinkOnA, "state")).ToContainTextAsync("DOWN");
        await Faulty.WriteAsync($"Remote{name}", 20);
        await Assertions.Expect(Cell(visit, LinkOnA, "waiting")).ToHaveTextAsync("20");
        await Assertions.Expect(visit.Page.Locator($"[data-link-tag='{LinkOnA}']")).ToContainTextAsync("20 waiting");
        await Assertions.Expect(Panel(visit).GetByRole(AriaRole.Region, new() { Name = "Things here that stand for Things there" })).ToContainTextAsync($"Remote{name}20 waiting");
        await Faulty.MendAsync();
        await Assertions.Expect(Cell(visit, LinkOnA, "waiting")).ToHaveTextAsync("0");
        (await Pair.B.CallAsync($"Things/{name}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(20);
    }

    [Fact]
    public async Task A_refused_write_is_parked_with_its_reason_and_is_delivered_again_or_dropped()
    {
        var name = Fixture.Fresh("Parked");
        await Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        // B wants a number where A writes a text: A may not know of the field while it is bound, else the contract would not fit.
        await Pair.B.CallAsync($"DataShapes/{name}.Shape", "AddFieldDefinition", new() { ["name"] = "level", ["type"] = "INTEGER" });
        Faulty.Break();
        await Pair.UntilBoundAsync($"Remote{name}", isBound: false);
        await Pair.A.CallAsync($"DataShapes/{name}.Shape", "AddFieldDefinition", new() { ["name"] = "level", ["type"] = "STRING" });
        for (var n = 1; n <= 2; n++)
        {
            await Pair.A.CallAsync($"Things/Remote{name}", "AddStreamEntry", new()
            {
                ["values"] = Tables.Of([("n", "INTEGER"), ("level", "STRING")], new JsonObject { ["n"] = n, ["level"] = "high" }), ["source"] = $"Press-{n}",
            });
        }

        await Pair.A.CallAsync($"DataShapes/{name}.Shape", "DeleteFieldDefinition", new() { ["name"] = "level" });
        await Faulty.MendAsync();

        var visit = await OpenFederationAsync(Pair.ServerA, $"?link={LinkOnA}");
        var parked = Panel(visit).GetByRole(AriaRole.Region, new() { Name = "Parked writes" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = $"Remote{name}" });
        await Assertions.Expect(parked).ToHaveCountAsync(2);
        await Assertions.Expect(Cell(visit, LinkOnA, "parked")).ToHaveTextAsync("2");
        await Assertions.Expect(parked.First).ToContainTextAsync("the STRING 'high' is not an INTEGER");
        await parked.First.GetByText("Parameters").ClickAsync();
        await Assertions.Expect(parked.First).ToContainTextAsync("Press-1");

        // Delivered again unchanged it is refused again; once B takes it, it arrives.
        await parked.First.GetByRole(AriaRole.Button, new() { Name = "Deliver" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Contentinfo)).ToContainTextAsync("goes out again");
        await Assertions.Expect(parked).ToHaveCountAsync(2);
        await Pair.B.CallAsync($"DataShapes/{name}.Shape", "DeleteFieldDefinition", new() { ["name"] = "level" });
        await parked.Filter(new() { HasText = "Press-1" }).GetByRole(AriaRole.Button, new() { Name = "Deliver" }).ClickAsync();
        await Assertions.Expect(parked).ToHaveCountAsync(1);
        await Tables.UntilAsync(async () => (await Pair.B.CallAsync($"Things/{name}", "GetStreamEntryCount"))!.GetValue<double>() == 1, "the entry that was delivered again");

        await parked.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await visit.PressAsync("Cancel");
        await Assertions.Expect(parked).ToHaveCountAsync(1);
        await parked.GetByRole(AriaRole.Button, new() { Name = "Drop" }).ClickAsync();
        await visit.PressAsync("Drop 1 write");
        await Assertions.Expect(parked).ToHaveCountAsync(0);
        await Assertions.Expect(Cell(visit, LinkOnA, "parked")).ToHaveTextAsync("0");
        (await Pair.B.CallAsync($"Things/{name}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(1);
    }
}
