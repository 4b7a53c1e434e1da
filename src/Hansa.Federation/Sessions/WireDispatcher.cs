using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Turns requests off the wire into calls of the one invoker, for either end of a connection (spec alwayson 5).</summary>
internal sealed class WireDispatcher(ServiceInvoker invoker)
{
    /// <summary>Answers a request with the rights of a user.</summary>
    /// <param name="userName">Whose rights count.</param>
    /// <param name="target">The entity, as this server calls it.</param>
    /// <param name="request">The request.</param>
    /// <param name="isLink">Whether its headers count: they do between Hansa servers only.</param>
    /// <param name="origin">Wire; Platform where the connection itself gives the right.</param>
    /// <param name="cancellationToken">The connection has ended.</param>
    public ValueTask<ResponseMessage> AnswerAsync(
        string userName, EntityKey target, RequestMessage request, bool isLink, CallOrigin origin, CancellationToken cancellationToken) =>
        (request.Method, request.Characteristic) switch
        {
            (Method.Post, Characteristic.Services) => InvokeAsync(userName, target, request, isLink, origin, cancellationToken),
            (Method.Get, Characteristic.Properties) => ReadAsync(userName, target, request.Target, cancellationToken),
            (Method.Put, Characteristic.Properties) => WriteAsync(userName, target, request, cancellationToken),
            (Method.Post, Characteristic.Events) => FireAsync(userName, target, request, cancellationToken),
            _ => new(ResponseMessage.Failure(Status.MethodNotAllowed, $"{request.Method} is not for {request.Characteristic}.")),
        };

    private async ValueTask<ResponseMessage> InvokeAsync(
        string userName, EntityKey target, RequestMessage request, bool isLink, CallOrigin origin, CancellationToken cancellationToken)
    {
        var call = new ServiceCall(userName, target, request.Target, new TableArguments(request.Parameters), origin);
        if (isLink && request.Headers.Length > 0)
        {
            call = call with
            {
                Assigned = AssignedTimes.Parse(request.Header(LinkHeaders.Assigned)),
                Path = CallPath.Parse(request.Header(LinkHeaders.Path)),
            };
        }

        var result = await invoker.InvokeAsync(call, cancellationToken);
        return ResponseMessage.Of(result.ToTable());
    }

    private async ValueTask<ResponseMessage> ReadAsync(string userName, EntityKey target, string property, CancellationToken cancellationToken)
    {
        IReadOnlyList<PropertyDefinition> definitions;
        IReadOnlyList<Vtq> values;
        if (property is "" or "*")
        {
            (definitions, values) = invoker.ReadProperties(userName, target, CallOrigin.Wire);
        }
        else
        {
            values = [await invoker.ReadPropertyAsync(userName, target, property, CallOrigin.Wire, cancellationToken)];
            definitions = [invoker.DescribeProperty(userName, target, property, Permission.PropertyRead, CallOrigin.Wire)];
        }

        var builder = new InfoTable.Builder(new(definitions.Select(definition => new FieldDefinition(definition.Name, definition.BaseType))));
        var row = builder.AddRow();
        for (var i = 0; i < values.Count; i++)
            row[i] = values[i].Value;
        return ResponseMessage.Of(builder.Build());
    }

    private async ValueTask<ResponseMessage> WriteAsync(string userName, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Parameters is not { RowCount: > 0 } row)
            return ResponseMessage.Failure(Status.BadRequest, "A write needs one row with a field for each property.");
        var values = WireProperties.Read(row, request.Target, name => invoker.DescribeProperty(userName, target, name, Permission.PropertyWrite, CallOrigin.Wire), invoker.Now);
        await invoker.WritePropertiesAsync(userName, target, values, CallOrigin.Wire, cancellationToken);
        return ResponseMessage.Success;
    }

    private async ValueTask<ResponseMessage> FireAsync(string userName, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        var data = new List<KeyValuePair<string, Value>>();
        if (request.Parameters is { RowCount: > 0 } row)
            data.AddRange(row.Shape.Fields.Select((field, i) => KeyValuePair.Create(field.Name, row[0, i])));
        await invoker.FireEventAsync(userName, target, request.Target, data, CallOrigin.Wire, cancellationToken);
        return ResponseMessage.Success;
    }
}

/// <summary>Headers of requests between Hansa servers (design federation 6).</summary>
internal static class LinkHeaders
{
    /// <summary>Which entries carry a time that the sender assigned.</summary>
    public const string Assigned = "assigned";

    /// <summary>Where the call has been.</summary>
    public const string Path = "path";

    /// <summary>Milliseconds that are left for the call.</summary>
    public const string Deadline = "deadline";

    /// <summary>Who asked for it on the other server: for the log, never for rights.</summary>
    public const string Caller = "caller";
}
