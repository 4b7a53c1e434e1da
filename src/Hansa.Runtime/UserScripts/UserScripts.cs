using Hansa.Model;
using Hansa.Runtime.Scripts;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>The services and subscriptions that users write, on the script engine.</summary>
public sealed class UserScripts(IScriptEngine engine, EntityDirectory directory, ISecretProtector secrets, ILoggerFactory loggers, TimeProvider time) : IEventRunner
{
    // What a subscription's script knows of its event (spec platform 3.5).
    private static readonly string[] EventParameters = ["eventData", "eventName", "eventTime", "source", "sourceProperty"];

    private readonly ILogger _log = loggers.CreateLogger("ScriptLog");

    /// <summary>The one path of calls; put in at start, as it is made of what this is part of.</summary>
    internal ServiceInvoker Invoker { get; set; } = null!;

    internal EntityDirectory Directory => directory;

    internal ISecretProtector Secrets => secrets;

    internal TimeProvider Time => time;

    internal ILogger Log => _log;

    /// <summary>Refuses a script that cannot run, with line and reason.</summary>
    public async ValueTask CheckAsync(string service, string code, ServiceDefinition definition, CancellationToken cancellationToken) =>
        await engine.CompileAsync(service, code, Names(definition.Parameters), cancellationToken);

    /// <summary>Refuses a subscription that cannot run, with line and reason.</summary>
    internal async ValueTask CheckAsync(string thing, SubscriptionDefinition subscription, CancellationToken cancellationToken) =>
        await engine.CompileAsync($"{thing}.{subscription.Name}", subscription.Code, EventParameters, cancellationToken);

    /// <summary>Runs a service.</summary>
    internal async ValueTask<Value> RunAsync(ServiceContext context, ScriptService service, Value[] arguments, CancellationToken cancellationToken)
    {
        var definition = service.Definition;
        var given = new List<KeyValuePair<string, Value>>(arguments.Length);
        for (var i = 0; i < arguments.Length; i++)
        {
            // What the call does not say is undefined to the script, as its authors expect.
            if (!arguments[i].IsNull)
                given.Add(new(definition.Parameters[i].Name, arguments[i]));
        }

        var result = await RunAsync(context.Target.Key, definition.Name, service.Code, Names(definition.Parameters), given, context.Caller.UserName, context.Call.Path, cancellationToken);
        return definition.Result.BaseType == BaseType.NOTHING ? default : Coercion.To(result, definition.Result.BaseType, "result");
    }

    /// <summary>Runs a subscription with the rights of whoever caused the event.</summary>
    public async ValueTask RunAsync(
        Thing thing, SubscriptionDefinition subscription, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken) =>
        await RunAsync(
            thing.Key, subscription.Name, subscription.Code, EventParameters, Arguments(happening, data, at), happening.UserName, CallPath.Empty, cancellationToken);

    /// <summary>Calls a service that was subscribed to an event, with the rights of whoever caused it.</summary>
    public async ValueTask CallAsync(Thing thing, string service, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken)
    {
        var definition = thing.Shape.FindService(service)?.Definition ?? throw Errors.NoSuchService(service, thing.Key);
        var arguments = new NamedArguments([.. Arguments(happening, data, at).Where(argument => definition.IndexOf(argument.Key) >= 0)]);
        await Invoker.InvokeAsync(new(happening.UserName, thing.Key, service, arguments, CallOrigin.Script) { From = thing.Key }, cancellationToken);
    }

    private static List<KeyValuePair<string, Value>> Arguments(ThingEvent happening, InfoTable? data, long at)
    {
        Value[] values =
            [Value.Table(data), Value.String(happening.EventName), Value.DateTime(at), Value.String(happening.Source.Name), Value.String(happening.Property)];
        return [.. EventParameters.Zip(values, KeyValuePair.Create)];
    }

    private async ValueTask<Value> RunAsync(
        EntityKey me, string service, string code, IReadOnlyList<string> parameters, IReadOnlyList<KeyValuePair<string, Value>> arguments,
        string userName, CallPath path, CancellationToken cancellationToken)
    {
        var program = await engine.CompileAsync($"{me.Name}.{service}", code, parameters, cancellationToken);
        return await engine.RunAsync(program, new(me.Kind, me.Name, service, arguments, new PlatformScriptHost(this, me, service, userName, path, cancellationToken)), cancellationToken);
    }

    private static IReadOnlyList<string> Names(IEnumerable<FieldDefinition> parameters) => [.. parameters.Select(parameter => parameter.Name)];
}
