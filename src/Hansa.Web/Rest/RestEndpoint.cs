using System.Buffers;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary>The REST interface: collections, entities, properties, services (spec platform 5).</summary>
internal sealed class RestEndpoint(ServiceInvoker invoker, EntityPages pages, RequestIdentity identity, TimeProvider time)
{
    public Task ServeAsync(HttpContext http, RestAddress address)
    {
        var user = identity.UserOf(http);
        return (address.Characteristics, http.Request.Method) switch
        {
            ("Services", "POST") when address.Name.Length > 0 => InvokeAsync(http, user, address),
            ("Services", _) when address.Name.Length > 0 => throw NotAllowed(http, "A service is run by POST."),
            ("Properties", "GET") => ReadPropertiesAsync(http, user, address),
            ("Properties", "PUT") when address.Name.Length > 0 => WritePropertiesAsync(http, user, address),
            ("Properties", _) => throw NotAllowed(http, "Properties are read by GET and written by PUT."),
            ("", "GET") when address.Entity.Length == 0 => Table(http, pages.List(user, address.Kind)),
            ("", "GET") => JsonAsync(http, pages.Show(user, address.Key)),
            ("", "DELETE") when address.Entity.Length > 0 => DeleteAsync(http, user, address),
            ("Services" or "ServiceDefinitions" or "PropertyDefinitions" or "EventDefinitions", "GET") when address.Name.Length == 0 =>
                Table(http, pages.Definitions(user, address.Key, address.Characteristics)),
            ("Metadata", "GET") when address.Name.Length == 0 => JsonAsync(http, pages.Metadata(user, address.Key)),
            ("Avatar", "GET") when address.Name.Length == 0 => PictureAsync(http, pages.Avatar(user, address.Key)),
            ("openapi.json", "GET") when address.Name.Length == 0 => JsonAsync(http, pages.OpenApi(user, address.Key)),
            ("", _) or ("Services" or "ServiceDefinitions" or "PropertyDefinitions" or "EventDefinitions" or "Metadata" or "Avatar", _) when address.Name.Length == 0 =>
                throw NotAllowed(http, "It is read by GET."),
            _ => throw new PlatformException(ErrorCode.NotFound, $"'{address.Characteristics}' is nothing that {address.Kind} have."),
        };
    }

    private static async Task PictureAsync(HttpContext http, byte[] picture)
    {
        http.Response.ContentType = ImageTypes.Of(picture) ?? "application/octet-stream";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        await http.Response.Body.WriteAsync(picture, http.RequestAborted);
    }

    private async Task InvokeAsync(HttpContext http, string user, RestAddress address)
    {
        var form = ContentTypes.Choose(http.Request);
        var arguments = await ArgumentsAsync(http);
        var delivery = new DeliveryNote();
        var result = await invoker.InvokeAsync(
            new(user, address.Key, address.Name, arguments, CallOrigin.Rest) { Timings = Timed(http), Delivery = delivery }, http.RequestAborted);
        if (delivery.IsDeferred)
            http.Response.Headers["Hansa-Delivery"] = "deferred";
        // A JSON result is itself the answer (spec platform 5.4).
        if (form == AnswerForm.Json && result.Definition.BaseType == BaseType.JSON)
            await JsonAsync(http, result.Value.AsText() ?? "null");
        else
            await TableAnswers.WriteAsync(http.Response, result.ToTable(), form, http.RequestAborted);
    }

    // Header Hansa-Timing asks where the time goes; Server-Timing answers, of failures too.
    private CallTimings? Timed(HttpContext http)
    {
        if (http.Request.Headers["Hansa-Timing"] != "1")
            return null;
        var timings = new CallTimings(time);
        http.Response.OnStarting(() =>
        {
            timings.End(timings.Server is null ? CallPart.Before : CallPart.After);
            if (http.Response.StatusCode >= StatusCodes.Status400BadRequest)
                timings.Failed ??= CallHop.Here;
            http.Response.Headers["Server-Timing"] = timings.ToServerTiming();
            return Task.CompletedTask;
        });
        return timings;
    }

    private async Task ReadPropertiesAsync(HttpContext http, string user, RestAddress address)
    {
        var form = ContentTypes.Choose(http.Request);
        InfoTable table;
        if (address.Name is "" or "*")
        {
            var (definitions, values) = await invoker.ReadPropertiesAsync(user, address.Key, CallOrigin.Rest, http.RequestAborted);
            table = Row(definitions, values);
        }
        else
        {
            var value = await invoker.ReadPropertyAsync(user, address.Key, address.Name, CallOrigin.Rest, http.RequestAborted);
            table = Row([invoker.DescribeProperty(user, address.Key, address.Name, Permission.PropertyRead, CallOrigin.Rest)], [value]);
        }

        await TableAnswers.WriteAsync(http.Response, table, form, http.RequestAborted);
    }

    private async Task WritePropertiesAsync(HttpContext http, string user, RestAddress address)
    {
        var body = await BodyAsync(http);
        await invoker.WritePropertiesAsync(
            user, address.Key, PropertyBody.Read(body, address.Name, name => invoker.DescribeProperty(user, address.Key, name, Permission.PropertyWrite, CallOrigin.Rest), invoker.Now),
            CallOrigin.Rest, http.RequestAborted);
        http.Response.ContentLength = 0;
    }

    private async Task DeleteAsync(HttpContext http, string user, RestAddress address)
    {
        await invoker.DeleteEntityAsync(user, address.Key, CallOrigin.Rest, http.RequestAborted);
        http.Response.ContentLength = 0;
    }

    private static InfoTable Row(IReadOnlyList<PropertyDefinition> definitions, IReadOnlyList<Vtq> values)
    {
        var builder = new InfoTable.Builder(new(definitions.Select((definition, i) => definition.Field with { Ordinal = i })));
        var row = builder.AddRow();
        for (var i = 0; i < values.Count; i++)
            row[i] = values[i].Value;
        return builder.Build();
    }

    private static async ValueTask<IArguments> ArgumentsAsync(HttpContext http)
    {
        var type = http.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (type == "application/x-www-form-urlencoded")
        {
            var fields = await http.Request.ReadFormAsync(http.RequestAborted);
            return new TextArguments(name => fields.TryGetValue(name, out var field) ? field.ToString() : http.Request.Query[name].FirstOrDefault());
        }

        var body = await BodyAsync(http);
        if (body.IsEmpty)
            return new TextArguments(name => http.Request.Query[name].FirstOrDefault());
        return type is "application/json" or "text/json"
            ? new JsonArguments(body)
            : throw new PlatformException(ErrorCode.NotAcceptable, $"A body of type '{type}' is not read here; send application/json or application/x-www-form-urlencoded.");
    }

    private static async ValueTask<ReadOnlyMemory<byte>> BodyAsync(HttpContext http)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.IsCompleted)
            {
                // The pipe's memory is given back when the request ends, so what is kept beyond the call is copied.
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Task Table(HttpContext http, InfoTable table) =>
        TableAnswers.WriteAsync(http.Response, table, ContentTypes.Choose(http.Request), http.RequestAborted);

    private static Task JsonAsync(HttpContext http, string json)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(json, http.RequestAborted);
    }

    private static PlatformException NotAllowed(HttpContext http, string instead) =>
        new(ErrorCode.MethodNotAllowed, $"{http.Request.Method} is not for this address. {instead}");
}
