using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Turns requests off the wire into calls of the one invoker, for either end of a connection (spec alwayson 5).</summary>
internal sealed class WireDispatcher(ServiceInvoker invoker, TimeProvider time)
{
    /// <summary>Answers a request.</summary>
    public ValueTask<ResponseMessage> AnswerAsync(WireCaller caller, EntityKey target, RequestMessage request, CancellationToken cancellationToken) =>
        (request.Method, request.Characteristic) switch
        {
            (Method.Post, Characteristic.Services) => InvokeAsync(caller, target, request, cancellationToken),
            (Method.Get, Characteristic.Properties) => ReadAsync(caller, target, request, cancellationToken),
            (Method.Put, Characteristic.Properties) => WriteAsync(caller, target, request, cancellationToken),
            (Method.Post, Characteristic.Events) => FireAsync(caller, target, request, cancellationToken),
            _ => new(ResponseMessage.Failure(Status.MethodNotAllowed, $"{request.Method} is not for {request.Characteristic}.")),
        };

    private async ValueTask<ResponseMessage> InvokeAsync(
        WireCaller caller, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        var call = new ServiceCall(caller.UserName, target, request.Target, new TableArguments(request.Parameters), caller.Origin) { Author = caller.Author };
        if (caller.IsLink && request.Headers.Length > 0)
        {
            call = call with { Assigned = AssignedTimes.Parse(request.Header(LinkHeaders.Assigned)), Path = PathOf(caller, request) };
            if (request.Header(LinkHeaders.Timing) is not null)
                return await TimedAsync(call, cancellationToken);
        }

        var result = await invoker.InvokeAsync(call, cancellationToken);
        return ResponseMessage.Of(result.ToTable());
    }

    // The text for a log, which nothing else reads between Hansa servers, carries the time; a failure's sentence stands in the content too.
    private async ValueTask<ResponseMessage> TimedAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        ResponseMessage answer;
        try
        {
            answer = ResponseMessage.Of((await invoker.InvokeAsync(call, cancellationToken)).ToTable());
        }
        catch (PlatformException e)
        {
            answer = ResponseMessage.Failure(e);
        }

        return answer with { Reason = CallTimings.Took(time.GetElapsedTime(began)) };
    }

    private async ValueTask<ResponseMessage> ReadAsync(WireCaller caller, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        var (userName, property, path) = (caller.UserName, request.Target, PathOf(caller, request));
        IReadOnlyList<PropertyDefinition> definitions;
        IReadOnlyList<Vtq> values;
        if (property is "" or "*")
        {
            (definitions, values) = await invoker.ReadPropertiesAsync(userName, target, CallOrigin.Wire, cancellationToken, path);
        }
        else
        {
            values = [await invoker.ReadPropertyAsync(userName, target, property, CallOrigin.Wire, cancellationToken, path)];
            definitions = [invoker.DescribeProperty(userName, target, property, Permission.PropertyRead, CallOrigin.Wire)];
        }

        var builder = new InfoTable.Builder(new(definitions.Select(definition => new FieldDefinition(definition.Name, definition.BaseType))));
        var row = builder.AddRow();
        for (var i = 0; i < values.Count; i++)
            row[i] = values[i].Value;
        return ResponseMessage.Of(builder.Build());
    }

    private async ValueTask<ResponseMessage> WriteAsync(WireCaller caller, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Parameters is not { RowCount: > 0 } row)
            return ResponseMessage.Failure(Status.BadRequest, "A write needs one row with a field for each property.");
        var values = WireProperties.Read(row, request.Target, name => invoker.DescribeProperty(caller.UserName, target, name, Permission.PropertyWrite, CallOrigin.Wire), invoker.Now);
        await invoker.WritePropertiesAsync(caller.UserName, target, values, CallOrigin.Wire, cancellationToken, PathOf(caller, request), caller.IsRemoteEnd);
        return ResponseMessage.Success;
    }

    private async ValueTask<ResponseMessage> FireAsync(WireCaller caller, EntityKey target, RequestMessage request, CancellationToken cancellationToken)
    {
        var data = new List<KeyValuePair<string, Value>>();
        if (request.Parameters is { RowCount: > 0 } row)
            data.AddRange(row.Shape.Fields.Select((field, i) => KeyValuePair.Create(field.Name, row[0, i])));
        await invoker.FireEventAsync(caller.UserName, target, request.Target, data, CallOrigin.Wire, cancellationToken);
        return ResponseMessage.Success;
    }

    private static CallPath PathOf(WireCaller caller, RequestMessage request) => caller.IsLink ? CallPath.Parse(request.Header(LinkHeaders.Path)) : CallPath.Empty;
}

/// <summary>Who asks over a connection.</summary>
/// <param name="UserName">Whose rights count.</param>
/// <param name="IsLink">Whether the headers of its requests count: they do between Hansa servers only.</param>
internal sealed record WireCaller(string UserName, bool IsLink)
{
    /// <summary>Wire; Platform where the connection itself gives the right.</summary>
    public CallOrigin Origin { get; init; } = CallOrigin.Wire;

    /// <summary>Whose doing it is, where the right comes from the connection.</summary>
    public string Author { get; init; } = UserName;

    /// <summary>Whether it is the remote end of the Thing in question.</summary>
    public bool IsRemoteEnd { get; init; }
}

/// <summary>Headers of requests between Hansa servers (design federation 6).</summary>
internal static class LinkHeaders
{
    /// <summary>Which entries carry a time that the sender assigned.</summary>
    public const string Assigned = "assigned";

    /// <summary>The place of a kept write in its lane (<see cref="LaneHeader"/>).</summary>
    public const string Lane = "lane";

    /// <summary>Where the call has been.</summary>
    public const string Path = "path";

    /// <summary>Asks how long the call takes there: the answer's reason says it (<see cref="CallTimings.Took"/>).</summary>
    public const string Timing = "timing";

    /// <summary>Milliseconds that are left for the call.</summary>
    public const string Deadline = "deadline";

    /// <summary>Who asked for it on the other server: for the log, never for rights.</summary>
    public const string Caller = "caller";
}
