using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>OpenAPI 3.1 from the definitions, the same that run (design decisions 3).</summary>
internal static class OpenApiDocument
{
    public static string Of(IEnumerable<Entity> entities, Catalogue? templates = null)
    {
        var paths = new JsonObject();
        foreach (var entity in entities)
        {
            foreach (var service in entity.Shape.Services.OrderBy(s => s.Definition.Name, StringComparer.Ordinal))
                paths[$"/{entity.Key.Kind}/{Uri.EscapeDataString(entity.Name)}/Services/{service.Definition.Name}"] = Post(service.Definition, entity.Name);
            if (entity is Thing)
                paths[$"/Things/{Uri.EscapeDataString(entity.Name)}/Properties"] = new JsonObject { ["get"] = Operation("Reads all properties.", entity.Name) };
        }

        foreach (var template in templates?.TemplateNames ?? [])
        {
            foreach (var service in templates!.TemplateShape(template).Services.OrderBy(s => s.Definition.Name, StringComparer.Ordinal))
            {
                var post = Post(service.Definition, template);
                post["parameters"] = new JsonArray(PathParameter("thing", $"A Thing of template {template}."));
                // One path set a template: the fragment keeps addresses of different templates apart.
                paths[$"/Things/{{thing}}/Services/{service.Definition.Name}#{template}"] = post;
            }
        }

        if (templates is not null)
            AddFixed(paths);
        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Hansa", ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3) },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/Thingworx" }),
            ["security"] = new JsonArray(new JsonObject { ["appKey"] = new JsonArray() }, new JsonObject { ["basic"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = Components(),
        }.ToJsonString();
    }

    private static JsonObject Post(ServiceDefinition service, string tag)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var parameter in service.Parameters)
        {
            var schema = Schema(parameter.BaseType);
            if (parameter.Description.Length > 0)
                schema["description"] = parameter.Description;
            if (parameter.Aspects["defaultValue"] is { IsNull: false } given)
                schema["default"] = JsonNode.Parse(ValueJson.ToText(given));
            if (parameter.Aspects.Is("isRequired"))
                required.Add(parameter.Name);
            properties[parameter.Name] = schema;
        }

        var body = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            body["required"] = required;
        var operation = Operation(service.Description, tag, service.Result.BaseType);
        operation["requestBody"] = new JsonObject { ["content"] = Content(body) };
        return new() { ["post"] = operation };
    }

    private static JsonObject Operation(string summary, string tag, BaseType result = BaseType.INFOTABLE)
    {
        var ok = new JsonObject { ["description"] = result == BaseType.NOTHING ? "Done." : "The result." };
        if (result == BaseType.JSON)
            ok["content"] = Content([]);
        else if (result != BaseType.NOTHING)
            ok["content"] = Content(new JsonObject { ["$ref"] = "#/components/schemas/InfoTable" });
        return new()
        {
            ["summary"] = summary,
            ["tags"] = new JsonArray(tag),
            ["responses"] = new JsonObject { ["200"] = ok, ["default"] = new JsonObject { ["description"] = "What is wrong, as text." } },
        };
    }

    private static void AddFixed(JsonObject paths)
    {
        JsonObject Read(string summary, params string[] names)
        {
            var operation = Operation(summary, "Entities");
            operation["parameters"] = new JsonArray([.. names.Select(name => PathParameter(name, ""))]);
            return new() { ["get"] = operation };
        }

        paths["/{collection}"] = Read("Lists the entities of a kind.", "collection");
        paths["/{collection}/{entity}"] = Read("Reads an entity's definition.", "collection", "entity");
        paths["/{collection}/{entity}/Metadata"] = Read("Tells what an entity can do.", "collection", "entity");
        paths["/Things/{thing}/Properties"] = Read("Reads all properties.", "thing");
        paths["/Things/{thing}/Properties/{property}"] = Read("Reads a property.", "thing", "property");
        paths["/health"] = Read("Tells that the server lives.");
        paths["/ready"] = Read("Tells whether the server serves.");
    }

    private static JsonObject PathParameter(string name, string description) => new()
    {
        ["name"] = name, ["in"] = "path", ["required"] = true, ["description"] = description, ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Content(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Schema(BaseType type) => type switch
    {
        BaseType.INFOTABLE => new() { ["$ref"] = "#/components/schemas/InfoTable" },
        BaseType.NUMBER => new() { ["type"] = "number" },
        BaseType.INTEGER => new() { ["type"] = "integer", ["format"] = "int32" },
        BaseType.LONG => new() { ["type"] = "integer", ["format"] = "int64" },
        BaseType.BOOLEAN => new() { ["type"] = "boolean" },
        BaseType.DATETIME => new() { ["type"] = new JsonArray("integer", "string"), ["description"] = "Milliseconds since 1970, or ISO 8601." },
        BaseType.LOCATION => new() { ["type"] = "object" },
        BaseType.JSON or BaseType.QUERY => new() { ["type"] = "object" },
        BaseType.VARIANT => [],
        BaseType.PASSWORD => new() { ["type"] = "string", ["format"] = "password" },
        BaseType.BLOB or BaseType.IMAGE => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        _ => new() { ["type"] = "string" },
    };

    private static JsonObject Components() => new()
    {
        ["securitySchemes"] = new JsonObject
        {
            ["appKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "appKey" },
            ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
        },
        ["schemas"] = new JsonObject
        {
            ["InfoTable"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["dataShape"] = new JsonObject { ["type"] = "object" },
                    ["rows"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
                },
            },
        },
    };
}
