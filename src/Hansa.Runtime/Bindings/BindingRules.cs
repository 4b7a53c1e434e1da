using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>How callers and entity files write bindings, and what may be bound (spec platform 1.8, alwayson 5.2).</summary>
internal static class BindingRules
{
    // A larger number of seconds is meant as milliseconds: sources differ, and nobody waits longer than an hour.
    private const int MostSeconds = 3600;

    private static readonly string[] PushTypes = ["VALUE", "ALWAYS", "DEADBAND", "ON", "OFF", "NEVER"];

    // What the platform itself says of a Thing; all else may come from elsewhere, also how it reports (spec platform 1.9).
    private static readonly string[] Unbindable =
        ["name", "description", "thingTemplate", "tags", RemoteThingTemplate.IsConnected, RemoteThingTemplate.LastConnection];

    /// <summary>The property of a Thing that may be bound.</summary>
    /// <exception cref="PlatformException">NotFound, or BadRequest for what the platform itself says.</exception>
    public static void CheckProperty(Entity thing, EntityShape members, string property)
    {
        if (members.FindProperty(property) is null)
            throw Errors.NoSuchProperty(property, thing.Key);
        if (Unbindable.Contains(property))
            throw Errors.Bad($"Property [{property}] of Thing [{thing.Name}] is the platform's own and cannot be bound.");
    }

    public static RemotePropertyBinding Remote(
        string property, string? sourceName, int? timeout, string? pushType, double? pushThreshold, string? aspects, int? cacheTime, string? foldType)
    {
        using var more = Parse(aspects);
        string? Aspect(string name) => more is not null && more.RootElement.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;
        var type = string.IsNullOrEmpty(pushType) ? "VALUE" : pushType.ToUpperInvariant();
        if (!PushTypes.Contains(type))
            throw Errors.Bad($"'{pushType}' is no pushType; there are {string.Join(", ", PushTypes)}.");
        if (pushThreshold is { } threshold && !(threshold >= 0))
            throw Errors.Bad($"pushThreshold must be 0 or more, not {threshold}.");
        var cache = cacheTime ?? (int)Coercion.To(Value.String(Aspect("cacheTime")), BaseType.INTEGER, "cacheTime").AsLong();
        if (cache < -1)
            throw Errors.Bad($"cacheTime must be -1 (read each time), 0 (show what was pushed) or milliseconds, not {cache}.");
        return new(property, sourceName ?? "")
        {
            PushType = type,
            PushThreshold = pushThreshold ?? 0,
            CacheTime = cache,
            IsFolded = Fold(foldType) ?? string.Equals(Aspect("isFolded"), "true", StringComparison.OrdinalIgnoreCase),
            Timeout = Timeout(timeout),
            ReadsAtStart = Aspect("startType") switch
            {
                null or "" or "useDefaultValue" => false,
                "readEdgeValue" => true,
                var start => throw Errors.Bad($"'{start}' is no startType; there are useDefaultValue and readEdgeValue."),
            },
        };
    }

    /// <summary>A binding's time-out, written in seconds.</summary>
    public static TimeSpan Timeout(int? written) => written switch
    {
        null or 0 => TimeSpan.Zero,
        < 0 => throw Errors.Bad($"timeout must be 0 (the server's own) or more, not {written}."),
        > MostSeconds => TimeSpan.FromMilliseconds(written.Value),
        _ => TimeSpan.FromSeconds(written.Value),
    };

    private static bool? Fold(string? foldType) => foldType?.ToUpperInvariant() switch
    {
        null or "" => null,
        "NONE" => false,
        "FOLD" => true,
        _ => throw Errors.Bad($"'{foldType}' is no foldType; there are NONE and FOLD."),
    };

    private static JsonDocument? Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return null;
        var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
        return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw Errors.Bad("aspects of a binding must be a JSON object.");
    }
}
