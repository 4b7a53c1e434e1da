using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What a server answered, read to its end, and what it is as a text, JSON or XML.</summary>
internal sealed partial class ContentAnswer
{
    private const int Chunk = 16 << 10;
    private const int MaxDepth = 64;

    private readonly string _origin;
    private readonly HttpStatusCode _status;
    private readonly string _reason;
    private readonly string? _mediaType;
    private readonly string? _charset;
    private readonly List<KeyValuePair<string, string>> _headers;

    private ContentAnswer(Uri url, HttpResponseMessage response, CookieContainer cookies, byte[] bytes)
    {
        _origin = ContentRequest.Origin(url);
        (_status, _reason) = (response.StatusCode, response.ReasonPhrase ?? "");
        _mediaType = response.Content.Headers.ContentType?.MediaType;
        _charset = response.Content.Headers.ContentType?.CharSet?.Trim('"');
        _headers = [.. response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))];
        Cookies = string.Join("; ", cookies.GetAllCookies().Select(cookie => $"{cookie.Name}={cookie.Value}"));
        Bytes = bytes;
    }

    /// <summary>The content as it came, unpacked.</summary>
    public byte[] Bytes { get; }

    /// <summary>The cookies that were set, as a header Cookie takes them.</summary>
    public string Cookies { get; }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="PlatformException">TooLarge.</exception>
    public static async Task<ContentAnswer> ReadAsync(Uri url, HttpResponseMessage response, CookieContainer cookies, int maxBytes, CancellationToken cancellationToken)
    {
        var expected = response.Content.Headers.ContentLength ?? 0;
        if (expected > maxBytes)
            throw TooLarge();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream((int)expected);
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (int read; (read = await stream.ReadAsync(chunk, cancellationToken)) > 0;)
            {
                if (content.Length + read > maxBytes)
                    throw TooLarge();
                await content.WriteAsync(chunk.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return new(url, response, cookies, content.ToArray());

        PlatformException TooLarge() => new(ErrorCode.TooLarge, $"The answer of [{ContentRequest.Origin(url)}] has more than {maxBytes} bytes.");
    }

    /// <summary>This, where the server did what it was asked for.</summary>
    /// <exception cref="PlatformException">BadGateway with the status, 400 or above.</exception>
    public ContentAnswer Success() => (int)_status < 400 ? this
        : throw new PlatformException(ErrorCode.BadGateway, $"[{_origin}] answered {(int)_status} {_reason}".TrimEnd() + ".");

    /// <summary>The content as text: in the character set that the answer names, else UTF-8.</summary>
    public string ToText() => Decode(_charset);

    /// <summary>The content as XML.</summary>
    /// <exception cref="PlatformException">BadGateway: it is none.</exception>
    public string ToXml()
    {
        var declared = XmlDeclaration().Match(Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 256))));
        var text = Decode(_charset ?? (declared.Success ? declared.Groups["name"].Value : null));
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            while (reader.Read())
            {
            }
        }
        catch (XmlException e)
        {
            throw IsNo("XML", e);
        }

        return text;
    }

    /// <summary>The content, where it is an image.</summary>
    /// <exception cref="PlatformException">BadGateway: it is said to be something else.</exception>
    public byte[] ToImage() =>
        _mediaType is null or "application/octet-stream" || _mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? Bytes : throw IsNo("image", null);

    /// <summary>
    /// The content as a JSON object: an array is its member <c>array</c>, anything else <c>value</c>; <c>headers</c> and
    /// <c>responseStatus</c> are added (and <c>cookies</c>), where the content has no such members of its own.
    /// </summary>
    /// <exception cref="PlatformException">BadGateway: a server that did what it was asked for answered something else than JSON.</exception>
    public string ToJson(bool withCookies)
    {
        var text = Decode(_charset);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        var own = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartObject();
        WriteContent(writer, text, own);
        if (own.Add("headers"))
        {
            writer.WriteStartObject("headers");
            foreach (var (name, value) in _headers)
                writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        if (own.Add("responseStatus"))
        {
            writer.WriteStartObject("responseStatus");
            writer.WriteNumber("statusCode", (int)_status);
            writer.WriteString("reasonPhrase", _reason);
            writer.WriteEndObject();
        }

        if (withCookies && own.Add("cookies"))
            writer.WriteString("cookies", Cookies);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteContent(Utf8JsonWriter writer, string text, HashSet<string> own)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        try
        {
            using var content = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth - 1 });
            var root = content.RootElement;
            // Before a part of it is written: half a character, "\ud800", is found only now.
            using (var trial = new Utf8JsonWriter(Stream.Null))
                root.WriteTo(trial);
            if (root.ValueKind != JsonValueKind.Object)
            {
                writer.WritePropertyName(Name(root.ValueKind == JsonValueKind.Array ? "array" : "value"));
                root.WriteTo(writer);
                return;
            }

            foreach (var member in root.EnumerateObject())
            {
                own.Add(member.Name);
                member.WriteTo(writer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            if ((int)_status < 400)
                throw IsNo("JSON", e);
            // Servers tell their failures as they like; the status says what it was.
            writer.WriteString(Name("text"), text);
        }

        string Name(string name)
        {
            own.Add(name);
            return name;
        }
    }

    private PlatformException IsNo(string what, Exception? reason) => new(ErrorCode.BadGateway, string.Create(
        CultureInfo.InvariantCulture, $"[{_origin}] answered {(int)_status} with {_mediaType ?? "content of no type"}, {Bytes.Length} bytes, which is no {what}."), reason);

    private string Decode(string? charset)
    {
        Encoding encoding;
        try
        {
            encoding = charset is null ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException e)
        {
            throw new PlatformException(ErrorCode.BadGateway, $"[{_origin}] answered in the character set '{charset}', which is not known here.", e);
        }

        // A mark at the beginning says it better than the header.
        using var reader = new StreamReader(new MemoryStream(Bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("""^\s*<\?xml[^>]*\sencoding\s*=\s*["'](?<name>[A-Za-z0-9._-]+)["']""")]
    private static partial Regex XmlDeclaration();
}
