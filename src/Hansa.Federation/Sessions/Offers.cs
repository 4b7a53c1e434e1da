using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>What other servers offer to this one: the names that they have bound here, with what they promise.</summary>
internal sealed class Offers(BindTable binds, ContractKeeper contracts, Presence presence)
{
    /// <summary>Asks every publisher, side by side.</summary>
    /// <exception cref="PlatformException">BadGateway: one of them does not answer.</exception>
    public async Task<IReadOnlyList<Offer>> ListAsync(CancellationToken cancellationToken)
    {
        var owners = binds.Names.Select(binds.Find).OfType<Binding>().Where(binding => binding.Owner.IsLink).GroupBy(binding => binding.Owner, binding => binding.Name);
        var offers = await Task.WhenAll(owners.Select(group => ListAsync(group.Key, [.. group], cancellationToken)));
        return [.. offers.SelectMany(some => some).OrderBy(offer => offer.Name, StringComparer.Ordinal).ThenBy(offer => offer.Server, StringComparer.Ordinal)];
    }

    private async Task<IEnumerable<Offer>> ListAsync(Owner owner, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var told = await contracts.ReadAsync(owner, names, cancellationToken);
        // A Thing is bound under the name of its server and under the name that its server has for this one.
        return names.Where(told.ContainsKey).GroupBy(name => told[name].ThingId).Select(group =>
        {
            var name = group.OrderByDescending(one => one.EndsWith($"@{owner.Name}", StringComparison.Ordinal)).ThenBy(one => one, StringComparer.Ordinal).First();
            var identifier = name.TrimStart('*');
            var at = identifier.LastIndexOf('@');
            return new Offer(
                at < 0 ? identifier : identifier[..at], at < 0 ? owner.Name : identifier[(at + 1)..], identifier, told[name], group.Select(presence.ThingOf).FirstOrDefault(thing => thing is not null));
        });
    }
}

/// <summary>A Thing of another server.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Server">The server, as identifiers name it.</param>
/// <param name="Identifier">What a Thing here needs as its Identifier to stand for it.</param>
/// <param name="Contract">What it promises.</param>
/// <param name="UsedBy">The Thing here that stands for it; null where there is none.</param>
internal sealed record Offer(string Name, string Server, string Identifier, Contract Contract, Thing? UsedBy);
