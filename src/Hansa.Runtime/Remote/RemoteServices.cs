using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Services that the other end answers: those of remote twins and those that users bound. One dispatcher for all.</summary>
public sealed class RemoteServices(IRemoteEndpoints endpoints, DataShapes shapes) : IRemoteServices
{
    /// <inheritdoc/>
    public BoundService Twin(BoundService original) => original.Twin switch
    {
        TwinRule.Relayed => original with { Definition = Narrowed(original), Handler = new Relay(endpoints, original.Definition.Name, TimeSpan.Zero) },
        TwinRule.LocalIfShaped => original with { Handler = new LocalIfShaped(shapes, original.Handler, new Relay(endpoints, original.Definition.Name, TimeSpan.Zero)) },
        _ => original,
    };

    // A new one, as a copy would keep what was worked out of all parameters.
    private static ServiceDefinition Narrowed(BoundService original)
    {
        var definition = original.Definition;
        return original.AbsentOnTwin.IsEmpty ? definition
            : new(definition.Name, [.. definition.Parameters.Where(parameter => !original.AbsentOnTwin.Contains(parameter.Name))], definition.Result)
            {
                Description = definition.Description, Category = definition.Category, Requires = definition.Requires, Kind = definition.Kind, IsRelayed = definition.IsRelayed, MayWait = definition.MayWait,
            };
    }

    /// <summary>A service that a user bound to one of the other end.</summary>
    public BoundService Bind(ServiceDefinition definition, RemoteServiceBinding binding) => new(definition, new Relay(endpoints, binding.RemoteName, binding.Timeout));

    private sealed class LocalIfShaped(DataShapes shapes, IServiceHandler local, IServiceHandler remote) : IServiceHandler
    {
        public ValueTask<Value> InvokeAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken) =>
            (shapes.Of(context.Thing) is null ? remote : local).InvokeAsync(context, arguments, cancellationToken);
    }

    private sealed class Relay(IRemoteEndpoints endpoints, string remoteName, TimeSpan timeout) : IServiceHandler
    {
        public ValueTask<Value> InvokeAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken)
        {
            if (context.Call.Timings is { } timings)
                timings.Failed = CallHop.Link;
            var endpoint = endpoints.Get(context.Thing);
            var definition = context.Service.Definition;
            var call = new RemoteCall(context.Thing, remoteName, Row(definition, arguments), definition.Kind)
            {
                Timeout = timeout,
                MayWait = RemoteDelivery.MayWait(context.Thing, definition),
                Assigned = context.Assigned,
                Path = context.Call.Path,
                Caller = context.Caller.UserName,
                Timings = context.Call.Timings,
            };
            return ResultAsync(endpoint.InvokeAsync(call, cancellationToken), definition.Result);
        }

        private static InfoTable? Row(ServiceDefinition definition, Value[] arguments)
        {
            if (arguments.Length == 0)
                return null;
            var builder = new InfoTable.Builder(definition.ParameterShape);
            builder.Add(arguments);
            return builder.Build();
        }

        private static async ValueTask<Value> ResultAsync(ValueTask<InfoTable?> answer, FieldDefinition result)
        {
            var table = await answer;
            return result.BaseType switch
            {
                BaseType.NOTHING => default,
                BaseType.INFOTABLE => Value.Table(table ?? InfoTable.Empty),
                _ when table is not { RowCount: > 0 } => default,
                _ => Coercion.To(table[0, "result"] is { IsNull: false } named ? named : table.Row(0) is [var only] ? only : default, result.BaseType, "result"),
            };
        }
    }
}
