using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Hansa.Testing;
using Microsoft.Playwright;

namespace Hansa.Composer.Tests;

/// <summary>How a visitor's browser is set up.</summary>
public sealed record VisitOptions
{
    public int Width { get; init; } = 1440;

    public int Height { get; init; } = 900;

    public ColorScheme Theme { get; init; } = ColorScheme.Light;
}

/// <summary>A person at a browser window of its own, who clicks and types. Everything that goes wrong in the window is kept.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentBag<string> _announced = [];

    private Visit(IBrowserContext context, IPage page, ServerUnderTest server) => (_context, Page, Server) = (context, page, server);

    public IPage Page { get; }

    public ServerUnderTest Server { get; }

    /// <summary>What nobody announced: console errors, faults of scripts, requests without an answer, statuses from 400 on.</summary>
    public IReadOnlyList<string> Faults => [.. _faults.Where(fault => !_announced.Any(part => fault.Contains(part, StringComparison.Ordinal)))];

    private ILocator Rail => Page.GetByRole(AriaRole.Navigation, new() { Name = "Areas" });

    /// <summary>Opens a window on a server.</summary>
    public static async Task<Visit> OpenAsync(IBrowser browser, ServerUnderTest server, VisitOptions? options = null)
    {
        options ??= new();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Address.OriginalString, ViewportSize = new() { Width = options.Width, Height = options.Height }, ColorScheme = options.Theme,
            Locale = "en-GB", TimezoneId = "UTC", ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(10_000);
        await context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        var visit = new Visit(context, await context.NewPageAsync(), server);
        visit.Watch();
        return visit;
    }

    /// <summary>The test means this to go wrong: faults that hold the text do not fail it.</summary>
    public void Announce(string fault) => _announced.Add(fault);

    /// <summary>Signs in by the login page.</summary>
    public async Task SignInAsync(string user = "Administrator", string password = ServerUnderTest.Password)
    {
        // That nobody is signed in yet is what the first question to the server is for.
        Announce("401");
        await Page.GotoAsync("/Thingworx/Composer/");
        await Page.GetByLabel("User name").FillAsync(user);
        await Page.GetByLabel("Password").FillAsync(password);
        await PressAsync("Log in");
        await Rail.WaitForAsync();
    }

    /// <summary>Presses a button.</summary>
    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Follows a link of the rail.</summary>
    public Task OpenAreaAsync(string name) => Rail.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Picks a list in the Browse tree.</summary>
    public async Task BrowseAsync(string list)
    {
        await OpenAreaAsync("Browse");
        // The count stands in the link, too.
        await Page.GetByRole(AriaRole.Navigation, new() { Name = "Browse" }).GetByRole(AriaRole.Link, new() { NameRegex = new($"^{Regex.Escape(list)}[0-9\\u2009\\s+]*$") }).ClickAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = list, Level = 1 }).WaitForAsync();
    }

    /// <summary>Fills a field by its label.</summary>
    public Task FillAsync(string label, string value) => Field(label).FillAsync(value);

    /// <summary>A field by its label, without the star of a required one.</summary>
    public ILocator Field(string label) => Page.GetByLabel(new Regex($@"^{Regex.Escape(label)}\s*\*?(changed)?$"));

    /// <summary>Chooses an entity in a picker, by typing its name and pressing Enter on what is offered.</summary>
    public async Task PickAsync(string label, string name)
    {
        // What it offers has the same label while it is open.
        var box = Field(label).And(Page.Locator("input"));
        await box.ClickAsync();
        await box.FillAsync(name);
        await Page.GetByRole(AriaRole.Option).Filter(new() { HasText = name }).First.ClickAsync();
    }

    /// <summary>Writes what the window looks like, and its trace, to a folder, and gives the paths.</summary>
    public async Task<IReadOnlyList<string>> KeepAsync(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        string[] paths = [Path.Combine(folder, $"{name}.png"), Path.Combine(folder, $"{name}.trace.zip")];
        await Page.ScreenshotAsync(new() { Path = paths[0] });
        await _context.Tracing.StopAsync(new() { Path = paths[1] });
        return paths;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Watch()
    {
        Page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _faults.Enqueue($"console: {message.Text} ({message.Location})");
        };
        Page.PageError += (_, error) => _faults.Enqueue($"script: {error}");
        Page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                _faults.Enqueue($"{response.Request.Method} {response.Url} answered {response.Status}");
        };
        Page.RequestFailed += (_, request) =>
        {
            // The page gives up what it no longer needs, a search for what is typed over: no fault.
            if (request.Failure != "net::ERR_ABORTED")
                _faults.Enqueue($"{request.Method} {request.Url} failed: {request.Failure}");
        };
    }
}
