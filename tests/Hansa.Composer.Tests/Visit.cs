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
    private Effort _effort = new(0, 0);

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
        // Timers run; what the page says of dates is the same each time.
        if (Procedure.PictureFolder is not null)
            await context.Clock.SetFixedTimeAsync(new DateTime(2026, 5, 12, 8, 42, 18, DateTimeKind.Utc));
        await context.Tracing.StartAsync(new() { Screenshots = true, Snapshots = true });
        var visit = new Visit(context, await context.NewPageAsync(), server);
        await Effort.WatchAsync(context, more => visit._effort += more);
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

    /// <summary>What was clicked and typed in the window until now.</summary>
    public async Task<Effort> EffortAsync()
    {
        // What the page has told before has arrived when it answers.
        await Page.EvaluateAsync("() => noteEffort(0, 0)");
        return _effort;
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
    public ILocator Field(string label) => Page.GetByLabel(new Regex($@"^{Regex.Escape(label)}\s*\*?(changed)?$")).And(Page.Locator("input, textarea, select"));

    /// <summary>Chooses an entity in a picker: types its name and clicks what is offered.</summary>
    public async Task PickAsync(string label, string name)
    {
        await TypeAndPickAsync(label, name);
        await Assertions.Expect(Field(label)).ToHaveValueAsync(name);
    }

    /// <summary>The same for a picker that is empty again once something is chosen.</summary>
    public async Task TypeAndPickAsync(string label, string name)
    {
        await Field(label).FillAsync("");
        await Field(label).PressSequentiallyAsync(name);
        await Page.GetByRole(AriaRole.Option).Filter(new() { Has = Page.GetByText(name, new() { Exact = true }) }).First.ClickAsync();
    }

    /// <summary>Chooses a template in the dialog that New opens.</summary>
    public Task ChooseTemplateAsync(string template) =>
        Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Option).Filter(new() { Has = Page.GetByText(template, new() { Exact = true }) }).ClickAsync();

    /// <summary>Works in a panel, until it closes.</summary>
    public async Task InPanelAsync(string name, Func<ILocator, Task> work)
    {
        var panel = Page.GetByRole(AriaRole.Dialog, new() { Name = name });
        await work(panel);
        await Assertions.Expect(panel).ToBeHiddenAsync();
    }

    /// <summary>Opens an entity of the list that shows.</summary>
    public Task OpenRowAsync(string name) => Page.GetByRole(AriaRole.Row).GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Saves an entity that is there, and waits until it is saved.</summary>
    public async Task SaveAsync(string name)
    {
        await PressAsync("Save");
        await Assertions.Expect(Page.GetByRole(AriaRole.Contentinfo)).ToContainTextAsync($"{name} saved");
    }

    /// <summary>Waits for the page of that title.</summary>
    public Task ShowsAsync(string title) => Assertions.Expect(Page.GetByRole(AriaRole.Heading, new() { Name = title, Level = 1 })).ToBeVisibleAsync();

    /// <summary>Takes the picture of a step of the procedure, where pictures are wanted.</summary>
    public async Task PictureAsync(string step)
    {
        if (!Procedure.Steps.Contains(step))
            throw new ArgumentException($"'{step}' is no step of the procedure.", nameof(step));
        if (Procedure.PictureFolder is not { } folder)
            return;
        Directory.CreateDirectory(folder);
        await Page.EvaluateAsync("() => document.fonts.ready.then(() => undefined)");
        // The server's clock is left out: a picture shall change only when the page does.
        await Page.ScreenshotAsync(new() { Path = Procedure.PictureOf(step, folder), Caret = ScreenshotCaret.Hide, Style = "[data-region=status] .num { visibility: hidden }" });
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
