using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Hansa.Testing;

/// <summary>A client of the REST interface that looks at statuses and texts as they come.</summary>
public sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;

    private RestClient(Uri server, X509Certificate2? authority = null) => _http = new(Handler(authority))
    {
        BaseAddress = new(server, "/Thingworx/"),
        Timeout = TimeSpan.FromSeconds(90),
        DefaultRequestHeaders = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
    };

    /// <summary>Signs in with name and password.</summary>
    public static RestClient Basic(Uri server, string user, string password, X509Certificate2? authority = null)
    {
        var client = new RestClient(server, authority);
        client._http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return client;
    }

    /// <summary>Connections to this machine's servers, past any proxy, that trust an authority of the test's own.</summary>
    public static SocketsHttpHandler Handler(X509Certificate2? authority)
    {
        var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 };
        if (authority is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new()
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck,
            };
        }

        return handler;
    }

    /// <summary>Signs in with an application key.</summary>
    public static RestClient Key(Uri server, string key)
    {
        var client = new RestClient(server);
        client._http.DefaultRequestHeaders.Add("appKey", key);
        return client;
    }

    /// <summary>Runs a service; fails the test on anything but 200. A scalar comes back bare, a table as its rows.</summary>
    public async Task<JsonNode?> CallAsync(string entity, string service, JsonObject? parameters = null)
    {
        var (status, text) = await TryAsync(HttpMethod.Post, $"{entity}/Services/{service}", parameters ?? []);
        if (status != HttpStatusCode.OK)
            throw new HttpRequestException($"{entity}/{service} answered {(int)status}: {text}", null, status);
        if (text.Length == 0)
            return null;
        if (JsonNode.Parse(text) is not JsonObject { } table || table["rows"] is not JsonArray rows)
            return JsonNode.Parse(text);
        return rows.Count == 1 && rows[0] is JsonObject { Count: 1 } row && row["result"] is { } result ? result.DeepClone() : rows.DeepClone();
    }

    /// <summary>Sends any request with a JSON body and gives status and text.</summary>
    public async Task<(HttpStatusCode Status, string Text)> TryAsync(HttpMethod method, string path, JsonNode? body = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Sends a body of any type.</summary>
    public async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpMethod method, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads a property; null where it has no value.</summary>
    public async Task<JsonNode?> ReadAsync(string thing, string property)
    {
        var (status, text) = await TryAsync(HttpMethod.Get, $"Things/{thing}/Properties/{property}");
        return status == HttpStatusCode.OK
            ? JsonNode.Parse(text)!["rows"]![0]![property]?.DeepClone()
            : throw new HttpRequestException($"{thing}.{property} answered {(int)status}: {text}", null, status);
    }

    /// <summary>Writes a property.</summary>
    public async Task WriteAsync(string thing, string property, JsonNode? value)
    {
        var (status, text) = await TryAsync(HttpMethod.Put, $"Things/{thing}/Properties/{property}", new JsonObject { [property] = value });
        if (status != HttpStatusCode.OK)
            throw new HttpRequestException($"{thing}.{property} answered {(int)status}: {text}", null, status);
    }

    /// <summary>Imports an entity file.</summary>
    public Task<(HttpStatusCode Status, string Text)> ImportAsync(string xml) =>
        SendAsync(HttpMethod.Post, "Importer?purpose=import", new StringContent(xml, Encoding.UTF8, "text/xml"));

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
