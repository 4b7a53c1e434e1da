using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A definition and what answers it.</summary>
public sealed record BoundService(ServiceDefinition Definition, IServiceHandler Handler)
{
    /// <summary>What the remote twin does with it.</summary>
    internal TwinRule Twin { get; init; }

    /// <summary>The parameters that the remote twin's service lacks.</summary>
    internal ImmutableArray<string> AbsentOnTwin { get; init; } = [];

    /// <summary>Completes the arguments where the call is accepted; null where nothing is to be completed.</summary>
    internal Action<ServiceContext, Value[]>? Accept { get; init; }
}

/// <summary>Answers a call that has passed the gate; arguments have their parameters' types and order.</summary>
public interface IServiceHandler
{
    /// <summary>Runs the service.</summary>
    /// <returns>The result: a table as a table, nothing as null.</returns>
    ValueTask<Value> InvokeAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken);
}
