using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// Resource ContentLoaderFunctions: asks web servers elsewhere (spec platform 3.7). What a script can reach by it is the operator's to say,
/// <see cref="ContentLoaderOptions"/>; by default the public internet.
/// </summary>
/// <remarks>
/// A status of 400 or above is an error, but for services that answer JSON: there <c>responseStatus</c> tells it, and the content is that
/// of the server's answer. Only <c>Load…</c> and <c>Get…</c> are reads.
/// </remarks>
public sealed class ContentLoaderFunctionsResource(ContentClient client) : Resource
{
    private const string Json = "application/json";
    private const string Xml = "application/xml";
    private const string Binary = "application/octet-stream";
    private const string Any = "*/*";

    /// <inheritdoc/>
    public override string Name => "ContentLoaderFunctions";

    /// <inheritdoc/>
    public override string Description => "Asks web servers elsewhere.";

    [Service("Gets JSON. An array is the member array of the result; headers and responseStatus are added.", Category = "JSON", Kind = CallKind.Read, Result = BaseType.JSON)]
    public Task<string> GetJSON(ServiceContext call, RequestParameters request, [Parameter(Description = CookiesToo)] bool withCookies, CancellationToken cancellationToken) =>
        JsonAsync(request, HttpMethod.Get, null, withCookies, cancellationToken);

    [Service("Does what GetJSON does.", Category = "JSON", Kind = CallKind.Read, Result = BaseType.JSON)]
    public Task<string> LoadJSON(ServiceContext call, RequestParameters request, [Parameter(Description = CookiesToo)] bool withCookies, CancellationToken cancellationToken) =>
        JsonAsync(request, HttpMethod.Get, null, withCookies, cancellationToken);

    [Service("Posts JSON and gives the answer as GetJSON does.", Category = "JSON", Result = BaseType.JSON)]
    public Task<string> PostJSON(
        ServiceContext call, RequestParameters request, [Parameter(BaseType.JSON)] string? content, [Parameter(Description = CookiesToo)] bool withCookies, CancellationToken cancellationToken) =>
        JsonAsync(request, HttpMethod.Post, ContentBody.OfText(content, Json), withCookies, cancellationToken);

    [Service("Puts JSON and gives the answer as GetJSON does.", Category = "JSON", Result = BaseType.JSON)]
    public Task<string> PutJSON(
        ServiceContext call, RequestParameters request, [Parameter(BaseType.JSON)] string? content, [Parameter(Description = CookiesToo)] bool withCookies, CancellationToken cancellationToken) =>
        JsonAsync(request, HttpMethod.Put, ContentBody.OfText(content, Json), withCookies, cancellationToken);

    [Service("Posts a form of several parts, one for each field of the row: bytes as a file of the field's name, anything else as text. Gives the answer as GetJSON does.",
        Category = "JSON", Result = BaseType.JSON)]
    public async Task<string> PostMultipart(
        ServiceContext call, RequestParameters request, [Parameter(IsRequired = true)] InfoTable partsToSend,
        [Parameter(Description = "Refused: files of a repository are not sent.")] string? repository,
        [Parameter(Description = "Refused: files of a repository are not sent.")] string? pathOnRepository, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(repository) || !string.IsNullOrEmpty(pathOnRepository))
            throw new PlatformException(ErrorCode.NotSupported, "Files of a repository are not sent; give their bytes as a field of partsToSend.");
        if (partsToSend.RowCount != 1)
            throw Errors.Bad($"Parameter 'partsToSend' has one row with a field for each part, not {partsToSend.RowCount} rows.");
        return await JsonAsync(request, HttpMethod.Post, await MultipartBody.OfAsync(partsToSend, cancellationToken), withCookies: false, cancellationToken);
    }

    [Service("Gets a text.", Category = "Text", Kind = CallKind.Read)]
    public Task<string> GetText(
        ServiceContext call, RequestParameters request, [Parameter(Description = NoCookies)] bool withCookies, [Parameter(Description = NoHeader)] bool appendHeader, CancellationToken cancellationToken) =>
        TextAsync(request, HttpMethod.Get, null, withCookies, appendHeader, cancellationToken);

    [Service("Does what GetText does.", Category = "Text", Kind = CallKind.Read)]
    public Task<string> LoadText(
        ServiceContext call, RequestParameters request, [Parameter(Description = NoCookies)] bool withCookies, [Parameter(Description = NoHeader)] bool appendHeader, CancellationToken cancellationToken) =>
        TextAsync(request, HttpMethod.Get, null, withCookies, appendHeader, cancellationToken);

    [Service("Posts a text and gives the answer as a text.", Category = "Text")]
    public Task<string> PostText(
        ServiceContext call, RequestParameters request, string? content, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken, string contentType = "text/plain") =>
        TextAsync(request, HttpMethod.Post, ContentBody.OfText(content, contentType), withCookies, appendHeader: false, cancellationToken);

    [Service("Puts a text and gives the answer as a text.", Category = "Text")]
    public Task<string> PutText(
        ServiceContext call, RequestParameters request, string? content, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken, string contentType = "text/plain") =>
        TextAsync(request, HttpMethod.Put, ContentBody.OfText(content, contentType), withCookies, appendHeader: false, cancellationToken);

    [Service("Gets XML, as a text.", Category = "XML", Kind = CallKind.Read, Result = BaseType.XML)]
    public Task<string> GetXML(ServiceContext call, RequestParameters request, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken) =>
        XmlAsync(request, HttpMethod.Get, null, withCookies, cancellationToken);

    [Service("Does what GetXML does.", Category = "XML", Kind = CallKind.Read, Result = BaseType.XML)]
    public Task<string> LoadXML(ServiceContext call, RequestParameters request, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken) =>
        XmlAsync(request, HttpMethod.Get, null, withCookies, cancellationToken);

    [Service("Posts XML and gives the answer, which is XML, as a text.", Category = "XML", Result = BaseType.XML)]
    public Task<string> PostXML(
        ServiceContext call, RequestParameters request, [Parameter(BaseType.XML)] string? content, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken) =>
        XmlAsync(request, HttpMethod.Post, ContentBody.OfText(content, Xml), withCookies, cancellationToken);

    [Service("Puts XML and gives the answer, which is XML, as a text.", Category = "XML", Result = BaseType.XML)]
    public Task<string> PutXML(
        ServiceContext call, RequestParameters request, [Parameter(BaseType.XML)] string? content, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken) =>
        XmlAsync(request, HttpMethod.Put, ContentBody.OfText(content, Xml), withCookies, cancellationToken);

    [Service("Gets bytes.", Category = "Binary", Kind = CallKind.Read)]
    public Task<byte[]> LoadBinary(ServiceContext call, RequestParameters request, CancellationToken cancellationToken) => BytesAsync(request, HttpMethod.Get, null, cancellationToken);

    [Service("Gets an image.", Category = "Binary", Kind = CallKind.Read, Result = BaseType.IMAGE)]
    public async Task<byte[]> LoadImage(ServiceContext call, RequestParameters request, CancellationToken cancellationToken) =>
        (await SendAsync(request, HttpMethod.Get, null, "image/*", cancellationToken)).Success().ToImage();

    [Service("Posts bytes and gives the answer's.", Category = "Binary")]
    public Task<byte[]> PostBinary(ServiceContext call, RequestParameters request, byte[]? content, CancellationToken cancellationToken) =>
        BytesAsync(request, HttpMethod.Post, new(content ?? [], Binary), cancellationToken);

    [Service("Puts bytes and gives the answer's.", Category = "Binary")]
    public Task<byte[]> PutBinary(ServiceContext call, RequestParameters request, byte[]? content, CancellationToken cancellationToken) =>
        BytesAsync(request, HttpMethod.Put, new(content ?? [], Binary), cancellationToken);

    [Service("Posts an image and gives the answer's bytes.", Category = "Binary")]
    public Task<byte[]> PostImage(
        ServiceContext call, RequestParameters request, [Parameter(BaseType.IMAGE)] byte[]? content, CancellationToken cancellationToken, string mimeType = "image/png") =>
        BytesAsync(request, HttpMethod.Post, new(content ?? [], mimeType), cancellationToken);

    [Service("Asks a server to delete what the address stands for.", Category = "Requests")]
    public async Task Delete(ServiceContext call, RequestParameters request, [Parameter(Description = NoCookies)] bool withCookies, CancellationToken cancellationToken)
    {
        RefuseCookies(withCookies);
        (await SendAsync(request, HttpMethod.Delete, null, Any, cancellationToken)).Success();
    }

    [Service("Gets an address and gives the cookies that were set, as the header Cookie takes them.", Category = "Requests", Kind = CallKind.Read)]
    public async Task<string> GetCookies(ServiceContext call, RequestParameters request, CancellationToken cancellationToken) =>
        (await SendAsync(request, HttpMethod.Get, null, Any, cancellationToken)).Success().Cookies;

    [Service("Answers that it is not carried: there are no media entities here that hold an image.", Category = "Binary", Requires = Permission.Update, Result = BaseType.IMAGELINK)]
    public string LoadMediaEntity(ServiceContext call, RequestParameters request, string? name, string? description, [Parameter(BaseType.TAGS)] string? tags) =>
        throw new PlatformException(ErrorCode.NotSupported, "Media entities are not carried here; LoadImage gives the image itself.");

    private const string CookiesToo = "Adds cookies, as GetCookies gives them, to the result.";
    private const string NoCookies = "Refused: the result has no place for them; GetCookies gives them.";
    private const string NoHeader = "Refused: the result is the text alone.";

    private async Task<string> JsonAsync(RequestParameters request, HttpMethod method, ContentBody? body, bool withCookies, CancellationToken cancellationToken) =>
        (await SendAsync(request, method, body, Json, cancellationToken)).ToJson(withCookies);

    private async Task<string> TextAsync(RequestParameters request, HttpMethod method, ContentBody? body, bool withCookies, bool appendHeader, CancellationToken cancellationToken)
    {
        RefuseCookies(withCookies);
        if (appendHeader)
            throw new PlatformException(ErrorCode.NotSupported, "Parameter 'appendHeader': headers are not put into a text; GetJSON gives them apart.");
        return (await SendAsync(request, method, body, Any, cancellationToken)).Success().ToText();
    }

    private async Task<string> XmlAsync(RequestParameters request, HttpMethod method, ContentBody? body, bool withCookies, CancellationToken cancellationToken)
    {
        RefuseCookies(withCookies);
        return (await SendAsync(request, method, body, $"{Xml}, text/xml", cancellationToken)).Success().ToXml();
    }

    private async Task<byte[]> BytesAsync(RequestParameters request, HttpMethod method, ContentBody? body, CancellationToken cancellationToken) =>
        (await SendAsync(request, method, body, Any, cancellationToken)).Success().Bytes;

    private Task<ContentAnswer> SendAsync(RequestParameters request, HttpMethod method, ContentBody? body, string accept, CancellationToken cancellationToken) =>
        client.SendAsync(request.Read(), method, body, accept, cancellationToken);

    private static void RefuseCookies(bool withCookies)
    {
        if (withCookies)
            throw new PlatformException(ErrorCode.NotSupported, "Parameter 'withCookies': this result has no place for cookies; GetCookies gives them.");
    }
}
