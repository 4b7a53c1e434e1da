using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

[Collection(nameof(LinkedCollection))]
public sealed class ArticleTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_page_of_a_remote_wiki_is_written_read_without_its_scripts_commented_and_deleted()
    {
        var name = Fixture.Fresh("Handbook");
        await linked.Pair.MakeKindAsync("Wiki", name);
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/wiki/new");
        await visit.FillAsync("Title", "Cranes");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "HTML" }).ClickAsync();
        await visit.FillAsync("HTML", "<p onclick=\"window.hacked=1\">How <b>cranes</b> lift.</p><img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script><a href=\"javascript:window.hacked=1\">more</a>");
        await SaveAsync(visit);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Cranes", Level = 2 })).ToBeVisibleAsync();
        await visit.Page.GetByText("How cranes lift.").ClickAsync();
        (await visit.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
        (await visit.Page.GetByRole(AriaRole.Article).InnerHTMLAsync()).ShouldNotContain("javascript:");

        await visit.FillAsync("Comment", "Well written.");
        await visit.PressAsync("Add comment");
        await Assertions.Expect(visit.Page.GetByText("Well written.")).ToBeVisibleAsync();
        await visit.PressAsync("New page below");
        await visit.FillAsync("Title", "Berths");
        await SaveAsync(visit);
        var tree = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of the wiki" });
        await Assertions.Expect(tree.Locator("ul ul").GetByRole(AriaRole.Link, new() { Name = "Berths" })).ToBeVisibleAsync();
        await visit.PressAsync("Edit");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Content" }).FillAsync("Where ships lie.");
        await SaveAsync(visit);
        await Assertions.Expect(visit.Page.GetByText("Where ships lie.")).ToBeVisibleAsync();
        await visit.PressAsync("History");
        await Assertions.Expect(visit.Page.GetByText("Changed", new() { Exact = true })).ToBeVisibleAsync();

        await tree.GetByRole(AriaRole.Link, new() { Name = "Cranes" }).ClickAsync();
        await visit.PressAsync("Delete");
        await visit.PressAsync("Delete Cranes");
        await Assertions.Expect(tree.GetByRole(AriaRole.Link, new() { Name = "Cranes" })).ToHaveCountAsync(0);
        await Assertions.Expect(tree.GetByRole(AriaRole.Link, new() { Name = "Berths" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_entry_of_a_remote_blog_is_written_kept_on_top_and_deleted()
    {
        var name = Fixture.Fresh("ShiftNews");
        await linked.Pair.MakeKindAsync("Blog", name);
        foreach (var title in new[] { "Night shift", "Day shift" })
            await linked.Pair.B.CallAsync($"Things/{name}", "AddBlogEntry", new() { ["title"] = title, ["content"] = "<p>Quiet.</p>" });
        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/blog");
        var entries = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Entries" });
        await visit.PressAsync("New entry");
        await visit.FillAsync("Title", "Late shift");
        await visit.Page.GetByRole(AriaRole.Textbox, new() { Name = "Content" }).FillAsync("Pump 7 leaked.");
        await SaveAsync(visit);
        await Assertions.Expect(visit.Page.GetByText("Pump 7 leaked.")).ToBeVisibleAsync();
        await entries.GetByRole(AriaRole.Link, new() { NameRegex = new("^Night shift") }).ClickAsync();
        await visit.PressAsync("Keep at the top");
        await Assertions.Expect(entries.GetByRole(AriaRole.Link).First).ToContainTextAsync("Night shift");
        await visit.PressAsync("Delete");
        await visit.PressAsync("Delete Night shift");
        await Assertions.Expect(entries.GetByRole(AriaRole.Link)).ToHaveCountAsync(2);
    }

    private static Task SaveAsync(Visit visit) => visit.Page.GetByRole(AriaRole.Main).Locator("form").GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
}
