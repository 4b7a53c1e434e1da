using System.Text;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What a name may be: 1 to 127 bytes of UTF-8, as the wire's short strings carry it (design decisions 2).</summary>
public static class EntityNames
{
    private const int MaxBytes = 127;

    /// <summary>Refuses what is no name.</summary>
    /// <exception cref="PlatformException">BadRequest that says why.</exception>
    public static void Check(EntityKey key)
    {
        var name = key.Name;
        if (string.IsNullOrWhiteSpace(name) || name.Trim() != name)
            throw Errors.Bad($"A {key.Kind.Singular()} needs a name without spaces around it; '{name}' is none.");
        if (Encoding.UTF8.GetByteCount(name) > MaxBytes)
            throw Errors.Bad($"The name '{name[..20]}…' is longer than {MaxBytes} bytes.");
        if (name.Any(char.IsControl) || name.IndexOfAny(Banned(key.Kind)) is var at && at >= 0)
            throw Errors.Bad($"The name '{name}' holds a character that {key.Kind} must not have: control characters and any of {string.Join(' ', Banned(key.Kind))}.");
    }

    // spec platform 4.1 bans these for users; '*' begins an identifier on the wire; '/' and '?' part addresses; ':' parts an organization from its unit.
    private static char[] Banned(EntityKind kind) => kind switch
    {
        EntityKind.Users => ['&', ':', '/', '+', '?', '*', '\\'],
        EntityKind.Organizations => [':', '/', '?', '*', '\\', '#'],
        _ => ['/', '?', '*', '\\', '#'],
    };
}
