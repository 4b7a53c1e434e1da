using Hansa.Model;
using Hansa.Runtime.Scripts;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>What a script reaches of the platform: everything through the one path of a call, with its caller's rights.</summary>
internal sealed partial class PlatformScriptHost(UserScripts scripts, EntityKey me, string service, string userName, CallPath path, CancellationToken cancellationToken) : IScriptHost
{
    public string Principal => userName;

    private ServiceInvoker Invoker => scripts.Invoker;

    // What is waited for ends with the script's time, not only with the call.
    private CancellationToken Ending => ScriptThread.Current?.Budget?.Ending ?? cancellationToken;

    public bool Exists(EntityKind kind, string name) => Find(kind, name) is not null;

    public ScriptMemberKind Member(EntityKind kind, string name, string member)
    {
        if (Find(kind, name) is not { } entity)
            return ScriptMemberKind.None;
        return entity.Shape.FindProperty(member) is not null ? ScriptMemberKind.Property
            : entity.Shape.FindService(member) is not null ? ScriptMemberKind.Service
            : entity.Shape.FindEvent(member) is not null ? ScriptMemberKind.Event
            : ScriptMemberKind.None;
    }

    public Value GetProperty(EntityKind kind, string name, string property) =>
        Wait(Invoker.ReadPropertyAsync(userName, new(kind, name), property, CallOrigin.Script, Ending, path)).Value;

    public void SetProperty(EntityKind kind, string name, string property, Value value) =>
        Wait(Invoker.WritePropertyAsync(userName, new(kind, name), property, value, CallOrigin.Script, Ending, path));

    public Value Invoke(EntityKind kind, string name, string service, IReadOnlyList<KeyValuePair<string, Value>> arguments)
    {
        var key = new EntityKey(kind, name);
        if (Member(kind, name, service) == ScriptMemberKind.Event)
        {
            Wait(Invoker.FireEventAsync(userName, key, service, arguments, CallOrigin.Script, Ending));
            return default;
        }

        var call = new ServiceCall(userName, key, service, new NamedArguments(arguments), CallOrigin.Script) { Path = path, From = me };
        return Wait(Invoker.InvokeAsync(call, Ending)).Value;
    }

    public string Protect(string secret) => scripts.Secrets.Protect(secret);

    public void Log(ScriptLogLevel level, string message) => LogMessage(scripts.Log, Level(level), me.Name, service, userName, message);

    private static LogLevel Level(ScriptLogLevel level) => level switch
    {
        ScriptLogLevel.Trace => LogLevel.Trace,
        ScriptLogLevel.Debug => LogLevel.Debug,
        ScriptLogLevel.Info => LogLevel.Information,
        ScriptLogLevel.Warn => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private Entity? Find(EntityKind kind, string name)
    {
        var entity = scripts.Directory.Find(new(kind, name));
        return entity is not null && Invoker.Gate.IsVisible(Invoker.FindPrincipal(userName), entity, CallOrigin.Script) ? entity : null;
    }

    // The one place of the platform that blocks: a script is synchronous, and its thread is its own.
#pragma warning disable VSTHRD002, CA2012
    private static T Wait<T>(ValueTask<T> task)
    {
        if (task.IsCompletedSuccessfully)
            return task.Result;
        var waiting = task.AsTask();
        Wait(waiting);
        return waiting.Result;
    }

    private static void Wait(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            ScriptThread.Current?.Budget?.ThrowIfEnded();
            throw;
        }
    }
#pragma warning restore VSTHRD002, CA2012

    [LoggerMessage(EventId = 1301, Message = "{Thing}.{Service} ({User}): {Content}")]
    private static partial void LogMessage(ILogger logger, LogLevel level, string thing, string service, string user, string content);
}
