using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>A test at a browser: it fails on whatever goes wrong in its windows, and then leaves a screenshot and a trace of each.</summary>
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncLifetime
{
    private readonly List<Visit> _visits = [];

    protected BrowserFixture Fixture { get; } = fixture;

    public virtual ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var faults = _visits.SelectMany(visit => visit.Faults.Select(fault => $"{visit.Server.Name}: {fault}")).ToList();
        if (faults.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed)
            await KeepAsync();
        foreach (var visit in _visits)
            await visit.DisposeAsync();
        faults.ShouldBeEmpty("faults in the windows of the test");
    }

    /// <summary>A window on a server, nobody signed in.</summary>
    protected async Task<Visit> OpenAsync(ServerUnderTest server, VisitOptions? options = null)
    {
        var visit = await Visit.OpenAsync(Fixture.Browser, server, options);
        _visits.Add(visit);
        return visit;
    }

    /// <summary>A window on a server, the Administrator signed in.</summary>
    protected async Task<Visit> SignInAsync(ServerUnderTest server, VisitOptions? options = null)
    {
        var visit = await OpenAsync(server, options);
        await visit.SignInAsync();
        return visit;
    }

    private async Task KeepAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "TestResults");
        var name = TestContext.Current.TestMethod?.MethodName ?? "test";
        foreach (var visit in _visits)
        {
            foreach (var path in await visit.KeepAsync(folder, $"{name}.{visit.Server.Name}"))
                TestContext.Current.TestOutputHelper?.WriteLine(path);
        }
    }
}
