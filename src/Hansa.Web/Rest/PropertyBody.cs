using System.Text.Json;
using Hansa.Model;

namespace Hansa.Web;

/// <summary>The body of a property PUT: <c>{"P":v}</c>, for address <c>Properties/*</c> several members.</summary>
internal static class PropertyBody
{
    public static IReadOnlyList<(string Property, Vtq Value)> Read(ReadOnlyMemory<byte> body, string name, Func<string, PropertyDefinition> describe, long now)
    {
        try
        {
            using var document = JsonDocument.Parse(body, ValueJson.DocumentOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw Wrong(name);
            var members = document.RootElement.EnumerateObject().ToList();
            if (name != "*" && (members.Count != 1 || members[0].Name != name))
                throw Wrong(name);
            return [.. members.Select(member => (member.Name, Vtq.Assigned(ValueJson.Read(member.Value, describe(member.Name).BaseType, member.Name), now)))];
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

    private static PlatformException Wrong(string name) => new(ErrorCode.BadRequest,
        name == "*" ? "The body must be a JSON object with a member for each property." : $"The body must be a JSON object with the one member '{name}'.");
}
