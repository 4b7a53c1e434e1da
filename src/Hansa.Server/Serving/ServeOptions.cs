namespace Hansa.Server;

/// <summary>What <c>hansa serve</c> was told: command line over environment over default.</summary>
/// <param name="DataFolder">Where everything is kept.</param>
/// <param name="Urls">Where it listens.</param>
/// <param name="ServerName">My Server Name for a server that has none yet; null for none.</param>
/// <param name="AdministratorPassword">For a new data folder; null to have one made and printed once.</param>
internal sealed record ServeOptions(string DataFolder, IReadOnlyList<Uri> Urls, string? ServerName, string? AdministratorPassword)
{
    /// <summary>The certificate of <c>https:</c> addresses, PEM with the chain behind it; null for none.</summary>
    public string? Certificate { get; init; }

    /// <summary>Its private key, PEM; null where it stands in the same file.</summary>
    public string? CertificateKey { get; init; }

    public const string DefaultUrl = "http://127.0.0.1:8080";

    public const string DefaultDataFolder = "data";

    public static string? Environment(string name) => System.Environment.GetEnvironmentVariable($"HANSA_{name}") is { Length: > 0 } text ? text : null;
}
