using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Binds services that users added: JavaScript runs here, remote ones on the other end.</summary>
internal sealed partial class UserServices(UserScripts scripts, RemoteServices remote, ILogger<UserServices> logger) : IUserServices
{
    public BoundService Bind(MemberedDefinition owner, ScriptService service) =>
        (owner as InheritingDefinition)?.RemoteServiceBindings.FirstOrDefault(binding => binding.Service == service.Definition.Name) is { } binding
        ? remote.Bind(service.Definition, binding)
        : new(service.Definition, new Handler(scripts, service, logger));

    private sealed class Handler(UserScripts scripts, ScriptService service, ILogger logger) : IServiceHandler
    {
        public ValueTask<Value> InvokeAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken)
        {
            if (service.Definition.IsPrivate && context.Call.From != context.Target.Key)
                throw new PlatformException(ErrorCode.Forbidden, $"Service [{service.Definition.Name}] is private to Thing [{context.Target.Name}].");
            if (!service.Definition.IsAsync)
                return scripts.RunAsync(context, service, arguments, cancellationToken);
            _ = RunBehindAsync(context, arguments);
            return default;
        }

        private async Task RunBehindAsync(ServiceContext context, Value[] arguments)
        {
            try
            {
                // Not inline: an asynchronous service answers at once, also when a script calls it.
                await Task.Run(async () => await scripts.RunAsync(context, service, arguments, CancellationToken.None));
            }
            catch (Exception e)
            {
                LogAsyncFailed(logger, service.Definition.Name, context.Target.Name, e is PlatformException ? e.Message : e.ToString());
            }
        }
    }

    [LoggerMessage(1302, LogLevel.Error, "Asynchronous service {Service} of Thing {Thing} failed: {Reason}")]
    private static partial void LogAsyncFailed(ILogger logger, string service, string thing, string reason);
}
