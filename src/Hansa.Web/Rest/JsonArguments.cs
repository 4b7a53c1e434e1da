using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Arguments as a JSON object; members that are no parameters are passed over.</summary>
internal sealed class JsonArguments(ReadOnlyMemory<byte> body) : IArguments
{
    public Value[] Read(ServiceDefinition service, Func<FieldDefinition, DataShape?> shapeOf)
    {
        var arguments = new Value[service.Parameters.Length];
        if (body.Span.IsEmpty || body.Span.IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return arguments;
        try
        {
            var reader = new Utf8JsonReader(body.Span, ValueJson.ReaderOptions);
            var memory = new ShapeMemory(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new PlatformException(ErrorCode.BadRequest, "The body must be a JSON object whose members are the parameters.");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var index = service.IndexOf(reader.GetString()!);
                reader.Read();
                if (index < 0)
                    reader.Skip();
                else
                    arguments[index] = Read(ref reader, service.Parameters[index], shapeOf, memory);
            }

            // Whatever stands behind the object is a mistake that must not pass in silence.
            reader.Read();
            return arguments;
        }
        catch (JsonException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The body is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, "The body holds a text that is no valid Unicode.", e);
        }
    }

    private static Value Read(
        ref Utf8JsonReader reader, FieldDefinition parameter, Func<FieldDefinition, DataShape?> shapeOf, ShapeMemory memory) =>
        ValueJson.Read(ref reader, parameter.BaseType, parameter.Name, parameter.BaseType == BaseType.INFOTABLE ? shapeOf(parameter) : null, memory);
}

/// <summary>Arguments as texts: form fields or query parameters.</summary>
internal sealed class TextArguments(Func<string, string?> text) : IArguments
{
    public Value[] Read(ServiceDefinition service, Func<FieldDefinition, DataShape?> shapeOf) =>
        [.. service.Parameters.Select(parameter => Coercion.To(Value.String(text(parameter.Name)), parameter.BaseType, parameter.Name))];
}
