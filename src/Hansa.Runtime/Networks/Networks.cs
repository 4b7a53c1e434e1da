using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Trees of Things (spec platform 3.6).</summary>
internal static class Networks
{
    /// <summary>Whether a Thing is in a network.</summary>
    public static bool Has(NetworkDefinition network, string thing) => network.Connections.Any(edge => edge.To == thing || edge.From == thing);

    /// <summary>The connections below a Thing, "" for all, the nearest first.</summary>
    public static IEnumerable<NetworkConnection> Below(NetworkDefinition network, string start, int maxDepth = int.MaxValue)
    {
        var edges = network.Connections.ToLookup(edge => edge.From, StringComparer.Ordinal);
        var level = start.Length > 0 ? [start] : network.Connections.Select(edge => edge.From).Where(from => network.Connections.All(edge => edge.To != from)).Distinct().ToList();
        for (var depth = 0; depth < maxDepth && level.Count > 0; depth++)
        {
            var next = level.SelectMany(node => edges[node]).ToList();
            foreach (var edge in next)
                yield return edge;
            level = [.. next.Select(edge => edge.To)];
        }
    }

    /// <summary>Refuses what is no tree: one root, each Thing reached once.</summary>
    public static void Check(NetworkDefinition network)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var edge in network.Connections)
        {
            if (edge.To.Length == 0)
                throw Errors.Bad($"Network [{network.Name}]: a connection from [{edge.From}] leads to no Thing.");
            if (!parents.TryAdd(edge.To, edge.From))
                throw Errors.Bad($"Network [{network.Name}]: [{edge.To}] is reached from [{parents[edge.To]}] and from [{edge.From}]; in a tree each has one above it.");
        }

        // The root is said by a connection from nowhere, or is the one that no connection leads to.
        var roots = parents.Where(pair => pair.Value.Length == 0).Select(pair => pair.Key).Union(parents.Values.Where(parent => parent.Length > 0 && !parents.ContainsKey(parent))).ToList();
        if (roots.Count > 1)
            throw Errors.Bad($"Network [{network.Name}] has several roots: {string.Join(", ", roots.Select(root => $"[{root}]"))}.");

        // Each has one above it, so what is not under the root goes in a circle.
        var children = network.Connections.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>(roots);
        while (next.TryPop(out var node))
        {
            if (reached.Add(node))
            {
                foreach (var child in children[node])
                    next.Push(child);
            }
        }

        if (parents.Keys.FirstOrDefault(node => !reached.Contains(node)) is { } lost)
            throw Errors.Bad($"Network [{network.Name}]: [{lost}] is not under the root: its connections go in a circle.");
    }
}
