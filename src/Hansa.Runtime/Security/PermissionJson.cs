using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Permissions as JSON, grouped as entity files group them (spec platform 6.2).</summary>
internal static class PermissionJson
{
    private static readonly Permission[] DesignTime = [Permission.Create, Permission.Read, Permission.Update, Permission.Delete];

    private static readonly Permission[] RunTime =
        [Permission.PropertyRead, Permission.PropertyWrite, Permission.ServiceInvoke, Permission.EventInvoke, Permission.EventSubscribe];

    /// <summary>Visibility: <c>{"Visibility":[{"name","type","isPermitted"}]}</c>.</summary>
    public static JsonObject OfVisibility(IEnumerable<PermissionEntry> entries) => new() { ["Visibility"] = Principals(entries.Where(entry => entry.Permission == Permission.None)) };

    /// <summary>Design time: principals by <c>Create</c>, <c>Read</c>, <c>Update</c>, <c>Delete</c>.</summary>
    public static JsonObject OfDesignTime(IEnumerable<PermissionEntry> entries) => ByPermission(entries, DesignTime);

    /// <summary>Run time: <c>{"permissions":[{"resourceName","PropertyRead":[…],…}]}</c>.</summary>
    public static JsonObject OfRunTime(IEnumerable<PermissionEntry> entries) => new()
    {
        ["permissions"] = new JsonArray([.. entries.Where(entry => RunTime.Contains(entry.Permission)).GroupBy(entry => entry.Resource).Select(resource =>
        {
            var group = ByPermission(resource, RunTime);
            group.Insert(0, "resourceName", resource.Key);
            return (JsonNode)group;
        })]),
    };

    /// <summary>Puts all permissions of an entity into a JSON object.</summary>
    public static string Into(string json, EntityDefinition definition)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        document["visibilityPermissions"] = OfVisibility(definition.Permissions);
        document["designTimePermissions"] = OfDesignTime(definition.Permissions);
        document["runTimePermissions"] = OfRunTime(definition.Permissions);
        return document.ToJsonString(new() { Encoder = ValueJson.WriterOptions.Encoder });
    }

    /// <summary>Reads visibility; who is named must be there.</summary>
    public static ImmutableArray<PermissionEntry> ReadVisibility(ServiceContext call, JsonObject json) =>
        [.. Array(json, "Visibility").Select(Object).Select(principal => PermissionEntries.Visibility(call, Text(principal, "name"), Text(principal, "type")))];

    /// <summary>Reads design-time permissions.</summary>
    public static ImmutableArray<PermissionEntry> ReadDesignTime(ServiceContext call, JsonObject json) => [.. DesignTime.Select(permission => permission.ToString()).SelectMany(type =>
        Array(json, type).Select(Object).Select(principal => PermissionEntries.DesignTime(call, type, Text(principal, "name"), Text(principal, "type"), IsPermitted(principal))))];

    /// <summary>Reads run-time permissions.</summary>
    public static ImmutableArray<PermissionEntry> ReadRunTime(ServiceContext call, JsonObject json) => [.. Array(json, "permissions").Select(Object).SelectMany(resource =>
        RunTime.Select(permission => permission.ToString()).SelectMany(type => Array(resource, type).Select(Object).Select(principal =>
            PermissionEntries.RunTime(call, type, Text(resource, "resourceName"), Text(principal, "name"), Text(principal, "type"), IsPermitted(principal)))))];

    private static JsonObject ByPermission(IEnumerable<PermissionEntry> entries, Permission[] permissions)
    {
        var all = entries.ToLookup(entry => entry.Permission);
        return new(permissions.Select(permission => KeyValuePair.Create(permission.ToString(), (JsonNode?)Principals(all[permission]))));
    }

    private static JsonArray Principals(IEnumerable<PermissionEntry> entries) => new([.. entries.Select(entry => (JsonNode)new JsonObject
    {
        ["name"] = entry.Principal, ["type"] = entry.PrincipalKind.ToString(), ["isPermitted"] = entry.IsAllowed,
    })]);

    private static bool IsPermitted(JsonObject principal) => principal["isPermitted"] is not JsonValue flag || !flag.TryGetValue(out bool isPermitted) || isPermitted;

    private static IEnumerable<JsonNode?> Array(JsonObject json, string member) => json[member] switch
    {
        null => [],
        JsonArray array => array,
        _ => throw Errors.Bad($"'{member}' must be an array."),
    };

    private static JsonObject Object(JsonNode? node) => node as JsonObject ?? throw Errors.Bad("An object with name, type and isPermitted is expected for each principal.");

    private static string Text(JsonObject json, string member) => json[member] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
