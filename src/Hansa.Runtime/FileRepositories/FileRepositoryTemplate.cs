using System.Text;
using System.Text.Json;
using System.Xml;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A Thing over a folder of files (spec platform 3.1, 5.6). Who may see it and invoke its services may use them; its files are data.</summary>
public sealed partial class FileRepositoryTemplate(FileRepositories repositories) : BuiltInTemplate
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public override string Name => "FileRepository";

    /// <inheritdoc/>
    public override string Description => "Files in directories.";

    /// <inheritdoc/>
    public override Task StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        repositories.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task DeletedAsync(Thing thing, CancellationToken cancellationToken) => repositories.DropAsync(thing, cancellationToken);

    [Service("Writes a text as a file (UTF-8), with the directories that it needs; a file that is there is replaced.", Category = "Files")]
    public Task SaveText(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(BaseType.TEXT, IsRequired = true)] string content, CancellationToken cancellationToken) =>
        WriteAsync(call, path, Bytes(content), overwrite: true, cancellationToken);

    [Service("Gives a file's content as text; it must be UTF-8.", Category = "Files", Kind = CallKind.Read, Result = BaseType.TEXT)]
    public async Task<string> LoadText(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken) =>
        Text(path, await LoadAsync(call, path, cancellationToken));

    [Service("Writes JSON as a file, with the directories that it needs; a file that is there is replaced.", Category = "Files")]
    public Task SaveJSON(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(BaseType.JSON, IsRequired = true)] string content, CancellationToken cancellationToken) =>
        WriteAsync(call, path, Bytes(content), overwrite: true, cancellationToken);

    [Service("Gives a file's content as JSON.", Category = "Files", Kind = CallKind.Read, Result = BaseType.JSON)]
    public async Task<string> LoadJSON(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken)
    {
        var text = Text(path, await LoadAsync(call, path, cancellationToken));
        try
        {
            using var document = JsonDocument.Parse(text, ValueJson.DocumentOptions);
            return text;
        }
        catch (JsonException e)
        {
            throw Errors.Bad($"File '{path}' is not JSON: {e.Message} LoadText gives it as it is.");
        }
    }

    [Service("Writes XML as a file, with the directories that it needs; a file that is there is replaced.", Category = "Files")]
    public Task SaveXML(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(BaseType.XML, IsRequired = true)] string content, CancellationToken cancellationToken) =>
        WriteAsync(call, path, Bytes(CheckXml("Parameter 'content'", content)), overwrite: true, cancellationToken);

    [Service("Gives a file's content as XML.", Category = "Files", Kind = CallKind.Read, Result = BaseType.XML)]
    public async Task<string> LoadXML(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken) =>
        CheckXml($"File '{path}'", Text(path, await LoadAsync(call, path, cancellationToken)));

    [Service("Writes bytes as a file, with the directories that it needs; a file that is there is replaced.", Category = "Files")]
    public Task SaveBinary(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(IsRequired = true)] byte[] content, CancellationToken cancellationToken) =>
        WriteAsync(call, path, content, overwrite: true, cancellationToken);

    [Service("Gives a file's bytes.", Category = "Files", Kind = CallKind.Read)]
    public Task<byte[]> LoadBinary(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken) => LoadAsync(call, path, cancellationToken);

    [Service("Writes a picture as a file, with the directories that it needs; a file that is there is replaced.", Category = "Files")]
    public Task SaveImage(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(BaseType.IMAGE, IsRequired = true)] byte[] content, CancellationToken cancellationToken) =>
        WriteAsync(call, path, content, overwrite: true, cancellationToken);

    [Service("Gives a file's bytes as a picture.", Category = "Files", Kind = CallKind.Read, Result = BaseType.IMAGE)]
    public Task<byte[]> LoadImage(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken) => LoadAsync(call, path, cancellationToken);

    [Service("Makes a text file (UTF-8); one that is there is replaced if overwrite says so, else the call is refused.", Category = "Files")]
    public Task CreateTextFile(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(Description = "The text; none makes an empty file.")] string? data,
        [Parameter(Description = "Another name of data, as some clients have it.")] string? content, CancellationToken cancellationToken, bool overwrite = false) =>
        WriteAsync(call, path, Bytes(data ?? content ?? ""), overwrite, cancellationToken);

    [Service("Adds text (UTF-8) at a file's end; makes the file where there is none.", Category = "Files")]
    public Task AppendToTextFile(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(IsRequired = true)] string data, CancellationToken cancellationToken) =>
        AppendAsync(call, path, Bytes(data), cancellationToken);

    [Service("Makes a file of bytes; one that is there is replaced if overwrite says so, else the call is refused.", Category = "Files")]
    public Task CreateBinaryFile(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(Description = "The bytes; none makes an empty file.")] byte[]? data,
        CancellationToken cancellationToken, bool overwrite = false) =>
        WriteAsync(call, path, data ?? [], overwrite, cancellationToken);

    [Service("Adds bytes at a file's end; makes the file where there is none.", Category = "Files")]
    public Task AppendToBinaryFile(
        ServiceContext call, [Parameter(IsRequired = true)] string path, [Parameter(IsRequired = true)] byte[] data, CancellationToken cancellationToken) =>
        AppendAsync(call, path, data, cancellationToken);

    private static byte[] Bytes(string text)
    {
        try
        {
            return Utf8.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            throw Errors.Bad("The text holds half a character, which no file can keep.");
        }
    }

    private static string Text(string path, byte[] bytes)
    {
        try
        {
            return Utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Errors.Bad($"File '{path}' is no text in UTF-8; LoadBinary gives its bytes.");
        }
    }

    private static string CheckXml(string what, string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            while (reader.Read())
            {
                // Only whether it can be read.
            }

            return text;
        }
        catch (XmlException e)
        {
            throw Errors.Bad($"{what} is not XML: {e.Message}");
        }
    }

    private Task<byte[]> LoadAsync(ServiceContext call, string path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.Load(at), cancellationToken);
    }

    private Task WriteAsync(ServiceContext call, string path, byte[] content, bool overwrite, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return ChangeAsync(call, folder => folder.Write(at, new MemoryStream(content, writable: false), overwrite, cancellationToken), cancellationToken);
    }

    private Task AppendAsync(ServiceContext call, string path, byte[] content, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return ChangeAsync(call, folder => folder.Append(at, content), cancellationToken);
    }

    private Task ChangeAsync(ServiceContext call, Action<RepositoryFolder> change, CancellationToken cancellationToken) => repositories.RunAsync(call.Thing, folder =>
    {
        change(folder);
        return true;
    }, cancellationToken);
}
