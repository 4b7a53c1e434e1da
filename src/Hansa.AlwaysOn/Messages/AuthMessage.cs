using System.Collections.Immutable;

namespace Hansa.AlwaysOn;

/// <summary>Who the peer says it is (spec alwayson 3.4). It holds secrets: never log it.</summary>
/// <param name="Claims">Names and values: <c>appKey</c>, or <c>username</c> and <c>password</c>.</param>
public sealed record AuthMessage(ImmutableArray<KeyValuePair<string, string>> Claims)
{
    /// <summary>A device and a server prove themselves with an application key.</summary>
    public static AuthMessage ApplicationKey(string key) => new([new("appKey", key)]);

    /// <summary>The claim of that name in any case, null where there is none.</summary>
    public string? Claim(string name)
    {
        foreach (var (key, value) in Claims)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }

    /// <summary>The names of the claims only.</summary>
    public override string ToString() => $"AUTH with {string.Join(", ", Claims.Select(claim => claim.Key))}";
}
