using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests.Federation;

/// <summary>A test of the Federation page of two linked servers; the line between them is whole before and after it.</summary>
[Collection(nameof(FaultyCollection))]
public abstract class FederationTest(BrowserFixture fixture, FaultyFixture faulty) : BrowserTest(fixture)
{
    /// <summary>How A and B call their link.</summary>
    protected const string LinkOnA = "Publisher.ServerB";
    protected const string LinkOnB = "Subscriber.ServerA";

    protected FaultyFixture Faulty { get; } = faulty;

    protected FederatedPair Pair => Faulty.Pair;

    /// <summary>Whatever the test before did to the line is mended.</summary>
    public override ValueTask InitializeAsync() => new(Faulty.MendAsync());

    /// <summary>Opens the page of a server, on the view and link that the address says.</summary>
    protected async Task<Visit> OpenFederationAsync(ServerUnderTest server, string address = "", VisitOptions? options = null)
    {
        var visit = await SignInAsync(server, options);
        await GoAsync(visit, address);
        return visit;
    }

    /// <summary>Goes to a view of the page.</summary>
    protected static async Task GoAsync(Visit visit, string address)
    {
        await visit.Page.GotoAsync($"/Thingworx/Composer/federation{address}");
        await visit.ShowsAsync("Federation");
    }

    /// <summary>The link's row of the table.</summary>
    protected static ILocator Row(Visit visit, string link) => visit.Page.Locator($"[role=row][data-key='{link}']");

    /// <summary>A cell of it.</summary>
    protected static ILocator Cell(Visit visit, string link, string column) => Row(visit, link).Locator($"[data-column={column}]");

    /// <summary>The panel of a link.</summary>
    protected static ILocator Panel(Visit visit) => visit.Page.GetByRole(AriaRole.Complementary, new() { NameRegex = new("^Link ") });
}
