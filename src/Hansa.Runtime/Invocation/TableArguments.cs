using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Arguments as the wire and the platform have them: one row whose fields are named like the parameters.</summary>
/// <remarks>Fields in any order, missing ones null, unknown ones passed over (spec alwayson 5).</remarks>
public sealed class TableArguments(InfoTable? row) : IArguments
{
    /// <summary>No arguments.</summary>
    public static TableArguments None { get; } = new((InfoTable?)null);

    /// <summary>Arguments from named values.</summary>
    public static TableArguments Of(params ReadOnlySpan<(string Name, Value Value)> values)
    {
        var fields = new List<FieldDefinition>(values.Length);
        foreach (var (name, value) in values)
            fields.Add(new(name, value.BaseType));
        var builder = new InfoTable.Builder(new(fields));
        var row = builder.AddRow();
        for (var i = 0; i < values.Length; i++)
            row[i] = values[i].Value;
        return new(builder.Build());
    }

    /// <inheritdoc/>
    public Value[] Read(ServiceDefinition service, Func<FieldDefinition, DataShape?> shapeOf)
    {
        var arguments = new Value[service.Parameters.Length];
        if (row is not { RowCount: > 0 })
            return arguments;
        var given = row.Row(0);
        for (var i = 0; i < arguments.Length; i++)
        {
            var parameter = service.Parameters[i];
            // Most callers send the very parameters in their order; look names up only where they do not.
            var column = i < row.Shape.Fields.Length && row.Shape.Fields[i].Name == parameter.Name ? i : row.Shape.IndexOf(parameter.Name);
            if (column >= 0)
                arguments[i] = Coercion.To(given[column], parameter.BaseType, parameter.Name);
        }

        return arguments;
    }
}
