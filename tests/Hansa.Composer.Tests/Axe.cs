using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Shouldly;

namespace Hansa.Composer.Tests;

/// <summary>Looks at a page with axe.</summary>
internal static class Axe
{
    private static readonly string[] Grave = ["serious", "critical"];

    /// <summary>Fails where axe finds something serious by WCAG 2.2 AA.</summary>
    public static async Task CheckAsync(Visit visit, string page)
    {
        // Fluent UI puts marks beside dialogs that catch the focus and hand it on at once; nobody ever stands on one.
        var found = await visit.Page.RunAxe(new AxeRunContext { Exclude = [new AxeSelector("[data-tabster-dummy]")] }, new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa") });
        found.Violations.Where(violation => Grave.Contains(violation.Impact))
            .Select(violation => $"{page}: {violation.Id}, {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();
    }
}
