using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>One server that this one publishes to: a row of table FederationSubscribers (spec platform 1.3, design decisions 2).</summary>
internal sealed record SubscriberRow
{
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public bool IsEnabled { get; init; }

    public string ServerUri { get; init; } = "";

    /// <summary>The key as it is stored, protected; compared to see whether it has changed.</summary>
    public Value StoredKey { get; init; }

    public string PublishAsUser { get; init; } = "";

    public int PipeCount { get; init; }

    public TimeSpan ReconnectInterval { get; init; }

    public TimeSpan RequestTimeout { get; init; }

    public string ProxyHost { get; init; } = "";

    public int ProxyPort { get; init; }

    public string ProxyUserName { get; init; } = "";

    public Value StoredProxyPassword { get; init; }

    public string TrustedCertificate { get; init; } = "";

    /// <summary>The table, with the documented defaults.</summary>
    public static ConfigurationTableDefinition Table { get; } = new(
        FederationSubsystem.SubscribersTable, "Federation subscribers this server publishes to", new(
        [
            Field("name", BaseType.STRING, "Logical Server Name"),
            Field("description", BaseType.STRING, "Logical Server Description"),
            Field("enabled", BaseType.BOOLEAN, "Enable Publishing", Value.Boolean(true)),
            Field("serverURI", BaseType.STRING, "Server URI", Value.String("wss://127.0.0.1:443/Thingworx/WS")),
            Field("applicationKey", BaseType.PASSWORD, "Application Key"),
            Field("publishAsUser", BaseType.USERNAME, "Publish As User"),
            Field("pipeCount", BaseType.INTEGER, "Pipe Count", Value.Integer(10)),
            Field("reconnectInterval", BaseType.INTEGER, "Reconnection Interval (seconds)", Value.Integer(60)),
            Field("requestTimeout", BaseType.NUMBER, "Request Timeout (milliseconds)", Value.Number(60_000)),
            Field("proxyHost", BaseType.STRING, "Proxy Host"),
            Field("proxyPort", BaseType.INTEGER, "Proxy Port"),
            Field("proxyUserName", BaseType.STRING, "Proxy User Name"),
            Field("proxyPassword", BaseType.PASSWORD, "Proxy Password"),
            Field("trustedCertificate", BaseType.TEXT, "Trusted Certificate (PEM, or a SHA-256 pin)"),
        ]), IsMultiRow: true, Key: "name", Check);

    /// <summary>Reads the rows of the table.</summary>
    public static IEnumerable<SubscriberRow> Read(InfoTable table) => Enumerable.Range(0, table.RowCount).Select(i => Read(table, i));

    private static SubscriberRow Read(InfoTable table, int row) => new()
    {
        Name = table[row, "name"].ToString(),
        Description = table[row, "description"].ToString(),
        IsEnabled = table[row, "enabled"].AsBoolean(),
        ServerUri = table[row, "serverURI"].ToString(),
        StoredKey = table[row, "applicationKey"],
        PublishAsUser = table[row, "publishAsUser"].ToString(),
        PipeCount = (int)table[row, "pipeCount"].AsLong(),
        ReconnectInterval = TimeSpan.FromSeconds(table[row, "reconnectInterval"].AsLong()),
        RequestTimeout = TimeSpan.FromMilliseconds(table[row, "requestTimeout"].AsNumber()),
        ProxyHost = table[row, "proxyHost"].ToString(),
        ProxyPort = (int)table[row, "proxyPort"].AsLong(),
        ProxyUserName = table[row, "proxyUserName"].ToString(),
        StoredProxyPassword = table[row, "proxyPassword"],
        TrustedCertificate = table[row, "trustedCertificate"].ToString(),
    };

    private static FieldDefinition Field(string name, BaseType type, string friendlyName, Value otherwise = default) => new(name, type, friendlyName)
    {
        Aspects = Aspects.Of(("friendlyName", Value.String(friendlyName)), ("defaultValue", otherwise)),
    };

    // Every fault of the table is told at once, by row and column.
    private static void Check(InfoTable table)
    {
        var faults = new List<string>();
        foreach (var row in Read(table))
        {
            if (row.Name.Any(char.IsWhiteSpace))
                faults.Add($"[{row.Name}]: the Logical Server Name must not hold spaces");
            if (!IsServerUri(row.ServerUri))
                faults.Add($"[{row.Name}]: serverURI '{row.ServerUri}' is not ws(s)://host:port/Thingworx/WS");
            if (row.PipeCount is < 1 or > 64)
                faults.Add($"[{row.Name}]: pipeCount must be 1 to 64, not {row.PipeCount}");
            if (row.ReconnectInterval < TimeSpan.FromSeconds(1) || row.ReconnectInterval > TimeSpan.FromDays(1))
                faults.Add($"[{row.Name}]: reconnectInterval must be 1 to 86400 seconds");
            if (!(row.RequestTimeout >= TimeSpan.FromMilliseconds(100) && row.RequestTimeout <= TimeSpan.FromHours(1)))
                faults.Add($"[{row.Name}]: requestTimeout must be 100 to 3600000 milliseconds");
            if (row.IsEnabled && row.PublishAsUser.Length == 0)
                faults.Add($"[{row.Name}]: publishAsUser is missing; what this user can see is published");
            if (row.IsEnabled && row.StoredKey.IsNull)
                faults.Add($"[{row.Name}]: applicationKey is missing; make one on the other server");
            if (CertificateFault(row.TrustedCertificate) is { } certificate)
                faults.Add($"[{row.Name}]: trustedCertificate {certificate}");
            if (row.ProxyHost.Length > 0 && row.ProxyPort is < 1 or > 65535)
                faults.Add($"[{row.Name}]: proxyPort must be 1 to 65535 where a proxyHost is set");
        }

        if (faults.Count > 0)
            throw new PlatformException(ErrorCode.BadRequest, $"The subscribers cannot be saved; nothing was changed.\n{string.Join('\n', faults)}");
    }

    private static string? CertificateFault(string text)
    {
        try
        {
            if (text.Length > 0)
                AlwaysOn.Dialing.TrustedCertificate.Parse(text);
            return null;
        }
        catch (PlatformException e)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    private static bool IsServerUri(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "ws" or "wss" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;
}
