namespace Hansa.Runtime;

/// <summary>Whose doing it is what happens here and in all that this calls: for the audit only, never for rights.</summary>
internal static class Actor
{
    private static readonly AsyncLocal<string?> Name = new();

    /// <summary>The user; the platform's own where nobody was named.</summary>
    public static string Current => Name.Value ?? Principals.SystemName;

    /// <summary>Names the user until the asynchronous method that calls this is over.</summary>
    public static void Is(string userName) => Name.Value = userName;
}
