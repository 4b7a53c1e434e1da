using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.AlwaysOn;

/// <summary>GET, PUT, POST or DELETE of a property, service or event of an entity (spec alwayson 3.1).</summary>
/// <param name="Method">Get, Put, Post or Delete.</param>
/// <param name="Kind">The entity's kind; a number that is no kind is kept as it came.</param>
/// <param name="Entity">The entity's name; between Hansa servers the name as it was bound.</param>
/// <param name="Characteristic">Property, service or event.</param>
/// <param name="Target">Its name.</param>
/// <param name="Parameters">One row whose fields are the parameters; null for none.</param>
public sealed record RequestMessage(
    Method Method, EntityKind Kind, string Entity, Characteristic Characteristic, string Target, InfoTable? Parameters = null)
{
    /// <summary>
    /// Names and values beside the parameters. Sent only to a peer that reads them
    /// (<see cref="Wire.PeerProfile.ReadsHeaders"/>); at most 255.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// Requests of one lane arrive in the order they were sent, also those of many chunks; null for none. It does not
    /// travel.
    /// </summary>
    public string? Lane { get; init; }

    /// <summary>The header of that name, null where there is none; case counts.</summary>
    public string? Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (key == name)
                return value;
        }

        return null;
    }
}
