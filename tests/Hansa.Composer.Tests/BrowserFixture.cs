using Hansa.Composer.Tests;
using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(BrowserFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Hansa.Composer.Tests;

/// <summary>One browser and two servers, not linked, for all tests; each test makes entities of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private int _number;

    public IBrowser Browser { get; private set; } = null!;

    public ServerUnderTest ServerA { get; private set; } = null!;

    public ServerUnderTest ServerB { get; private set; } = null!;

    /// <summary>A name that no other test uses.</summary>
    public string Fresh(string stem) => $"{stem}{Interlocked.Increment(ref _number)}";

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Path.GetDirectoryName(ServerUnderTest.Program)!, "composer")))
            throw new InvalidOperationException("Composer is not built beside the server: run composer/build, then build the tests again.");
        _playwright = await Playwright.CreateAsync();
        var starting = (
            Browser: _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Environment.GetEnvironmentVariable("HANSA_CHROMIUM") ?? "/usr/bin/chromium", Args = ["--no-sandbox", "--force-color-profile=srgb"] }),
            A: ServerUnderTest.StartAsync("ServerA"),
            B: ServerUnderTest.StartAsync("ServerB"));
        Browser = await starting.Browser;
        ServerA = await starting.A;
        ServerB = await starting.B;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
        await ServerA.DisposeAsync();
        await ServerB.DisposeAsync();
    }
}
