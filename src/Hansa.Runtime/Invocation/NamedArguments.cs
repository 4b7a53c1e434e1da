using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Arguments as scripts have them: values by name.</summary>
public sealed class NamedArguments(IReadOnlyList<KeyValuePair<string, Value>> values) : IArguments
{
    /// <inheritdoc/>
    public Value[] Read(ServiceDefinition service, Func<FieldDefinition, DataShape?> shapeOf)
    {
        var arguments = new Value[service.Parameters.Length];
        foreach (var (name, value) in values)
        {
            var index = service.IndexOf(name);
            if (index >= 0)
                arguments[index] = Coercion.To(value, service.Parameters[index].BaseType, name);
        }

        return arguments;
    }
}
