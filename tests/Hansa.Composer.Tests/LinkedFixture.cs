using System.Text.Json.Nodes;
using Hansa.Testing;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>A pair of linked servers for the tests of pages whose data live on the other one; each test makes entities of its own.</summary>
public sealed class LinkedFixture : IAsyncLifetime
{
    public FederatedPair Pair { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pair = await FederatedPair.StartAsync();

    public ValueTask DisposeAsync() => Pair.DisposeAsync();

    /// <summary>Fills a stream with so many rows of <c>n</c>, one each 50 ms, the newest with the highest number.</summary>
    public static async Task FillAsync(RestClient client, string stream, int rows)
    {
        const int batch = 10_000;
        const long start = 1_700_000_000_000;
        for (var done = 0; done < rows; done += batch)
        {
            await client.CallAsync($"Things/{stream}", "AddStreamEntries", new()
            {
                ["values"] = Tables.Of(
                    [("timestamp", "DATETIME"), ("source", "STRING"), ("values", "INFOTABLE")],
                    [.. Enumerable.Range(done, Math.Min(batch, rows - done)).Select(n => new JsonObject
                    {
                        ["timestamp"] = start + (n * 50L), ["source"] = $"Press-{n % 3}", ["values"] = Tables.Of([("n", "INTEGER")], new JsonObject { ["n"] = n }),
                    })]),
            });
        }
    }
}

/// <summary>Tests that share the linked pair.</summary>
[CollectionDefinition(nameof(LinkedCollection))]
public sealed class LinkedCollection : ICollectionFixture<LinkedFixture>;
