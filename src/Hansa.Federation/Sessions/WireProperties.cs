using System.Text.Json;
using Hansa.Model;

namespace Hansa.Federation;

/// <summary>The row of a property write: a field for each property, or <c>_content_</c> with the body of a REST PUT (spec alwayson 5.5).</summary>
internal static class WireProperties
{
    private const string Content = "_content_";

    public static IReadOnlyList<(string Property, Vtq Value)> Read(InfoTable row, string target, Func<string, PropertyDefinition> describe, long now)
    {
        var content = row[0, Content];
        if (content.AsText() is { Length: > 0 } json)
            return ReadJson(json, describe, now);
        var values = new List<(string, Vtq)>();
        for (var i = 0; i < row.Shape.Fields.Length; i++)
        {
            var name = row.Shape.Fields[i].Name;
            // A single value may come under any name: the address says which property is meant.
            var property = target is "" or "*" || row.Shape.Fields.Length > 1 ? name : target;
            values.Add((property, Vtq.Assigned(row[0, i], now)));
        }

        return values;
    }

    private static List<(string Property, Vtq Value)> ReadJson(string json, Func<string, PropertyDefinition> describe, long now)
    {
        try
        {
            using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return [.. document.RootElement.EnumerateObject().Select(member =>
                    (member.Name, Vtq.Assigned(ValueJson.Read(member.Value, describe(member.Name).BaseType, member.Name), now)))];
            }
        }
        catch (JsonException)
        {
            // Told below in the same words as any other wrong content.
        }

        throw new PlatformException(ErrorCode.BadRequest, $"Field '{Content}' must be a JSON object keyed by property.");
    }
}
