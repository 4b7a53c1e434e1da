using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Server.Demo;

/// <summary>A client of the public REST interface, as any integrator would write it.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;

    public RestClient(Uri server, string user, string password)
    {
        _http = new() { BaseAddress = new(server, "/Thingworx/"), Timeout = TimeSpan.FromSeconds(70) };
        _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
    }

    /// <summary>Runs a service; a scalar comes back bare, a table as its rows, nothing as null.</summary>
    public async Task<JsonNode?> CallAsync(string entity, string service, JsonObject? parameters, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, $"{entity}/Services/{service}", Json(parameters ?? []), cancellationToken);
        if (answer is not JsonObject table || table["rows"] is not JsonArray rows)
            return answer;
        return rows.Count == 1 && rows[0] is JsonObject { Count: 1 } row && row["result"] is { } result ? result.DeepClone() : rows.DeepClone();
    }

    /// <summary>Reads a property.</summary>
    public async Task<JsonNode?> ReadAsync(string thing, string property, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, $"Things/{thing}/Properties/{property}", null, cancellationToken);
        return answer?["rows"]?[0]?[property];
    }

    /// <summary>Writes several properties of a Thing at once.</summary>
    public Task WriteAsync(string thing, JsonObject values, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, $"Things/{thing}/Properties/*", Json(values), cancellationToken);

    /// <summary>Imports an entity file.</summary>
    public Task ImportAsync(string xml, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "Importer?purpose=import", new StringContent(xml, Encoding.UTF8, "text/xml"), cancellationToken);

    /// <summary>Whether the server serves.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new PlatformException(ErrorCode.BadGateway, $"{method} {path} answered {(int)response.StatusCode}: {text}");
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}
