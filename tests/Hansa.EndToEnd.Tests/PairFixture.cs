using Hansa.EndToEnd.Tests;
using Hansa.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PairFixture))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Hansa.EndToEnd.Tests;

/// <summary>One linked pair of servers for the tests that do not break it; each test makes entities of its own.</summary>
public sealed class PairFixture : IAsyncLifetime
{
    private int _number;

    public FederatedPair Pair { get; private set; } = null!;

    /// <summary>A name that no other test uses.</summary>
    public string Fresh(string stem) => $"{stem}{Interlocked.Increment(ref _number)}";

    public async ValueTask InitializeAsync() => Pair = await FederatedPair.StartAsync(environmentOfB: new Dictionary<string, string>
    {
        // Scripts on B may ask A, as the examples in docs/ do.
        ["HANSA_ContentLoader__Allow__0"] = "127.0.0.1",
    });

    public ValueTask DisposeAsync() => Pair.DisposeAsync();
}
