using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Hansa.Testing;

/// <summary>Tables as REST takes them, and things that tests make again and again.</summary>
public static class Tables
{
    /// <summary>A table with the given fields and rows.</summary>
    public static JsonObject Of(IEnumerable<(string Name, string Type)> fields, params JsonObject[] rows)
    {
        var definitions = new JsonObject();
        foreach (var (name, type) in fields)
            definitions[name] = new JsonObject { ["name"] = name, ["description"] = "", ["baseType"] = type, ["ordinal"] = definitions.Count, ["aspects"] = new JsonObject() };
        return new() { ["dataShape"] = new JsonObject { ["fieldDefinitions"] = definitions }, ["rows"] = new JsonArray([.. rows]) };
    }

    /// <summary>Makes a Data Shape.</summary>
    public static Task MakeShapeAsync(this RestClient client, string name, params (string Name, string Type)[] fields) => client.MakeShapeAsync(name, null, fields);

    /// <summary>Makes a Data Shape with a primary key.</summary>
    public static Task MakeShapeAsync(this RestClient client, string name, string? key, (string Name, string Type)[] fields) =>
        client.CallAsync("Resources/EntityServices", "CreateDataShape", new()
        {
            ["name"] = name,
            ["fields"] = Of([("name", "STRING"), ("baseType", "STRING"), ("isPrimaryKey", "BOOLEAN")],
                [.. fields.Select(field => new JsonObject { ["name"] = field.Name, ["baseType"] = field.Type, ["isPrimaryKey"] = field.Name == key })]),
        });

    /// <summary>Makes a Thing and lets it run.</summary>
    public static async Task MakeThingAsync(this RestClient client, string name, string template, string? shape = null, string? identifier = null, bool published = false)
    {
        await client.CallAsync("Resources/EntityServices", "CreateThing", new() { ["name"] = name, ["thingTemplateName"] = template });
        if (shape is not null)
            await client.CallAsync($"Things/{name}", "SetDataShape", new() { ["name"] = shape });
        if (identifier is not null)
            await client.CallAsync($"Things/{name}", "SetIdentifier", new() { ["identifier"] = identifier });
        if (published)
            await client.CallAsync($"Things/{name}", "SetPublished", new() { ["publish"] = true });
        await client.CallAsync($"Things/{name}", "EnableThing");
    }

    /// <summary>Makes a user who may sign in with <c>password</c>.</summary>
    public static Task MakeUserAsync(this RestClient client, string name, string password = "User-Password-1") =>
        client.CallAsync("Resources/EntityServices", "CreateUser", new() { ["name"] = name, ["password"] = password });

    /// <summary>Makes an application key and gives it.</summary>
    public static async Task<string> MakeKeyAsync(this RestClient client, string name, string user, DateTimeOffset? expires = null)
    {
        await client.CallAsync("Resources/EntityServices", "CreateApplicationKey", new()
        {
            ["name"] = name, ["user"] = user, ["expirationDate"] = (expires ?? DateTimeOffset.UtcNow.AddDays(1)).ToUnixTimeMilliseconds(),
        });
        return (await client.CallAsync($"ApplicationKeys/{name}", "GetKeyID"))!.GetValue<string>();
    }

    /// <summary>Lets every user see a Thing and do everything at run time with it.</summary>
    public static async Task OpenAsync(this RestClient client, string thing)
    {
        await client.CallAsync($"Things/{thing}", "AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" });
        foreach (var type in new[] { "PropertyRead", "PropertyWrite", "ServiceInvoke", "EventInvoke", "EventSubscribe" })
        {
            await client.CallAsync($"Things/{thing}", "AddRunTimePermission", new()
            {
                ["type"] = type, ["resource"] = "*", ["principal"] = "Users", ["principalType"] = "Group", ["allow"] = true,
            });
        }
    }

    /// <summary>Waits until something is true.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, double seconds = 20)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(seconds))
                throw new TimeoutException($"Not within {seconds} s: {what}");
            await Task.Delay(25);
        }
    }
}
