using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What is sought among entities; what is null or empty does not matter.</summary>
/// <remarks>An expression without * and ? is sought anywhere in the text. Case does not count.</remarks>
public sealed class EntitySearch
{
    // What SpotlightSearch tells of an entity beside its texts; an aspect is sought by these names.
    private static readonly Dictionary<string, Func<EntityDefinition, bool>> Aspects = new(StringComparer.Ordinal)
    {
        ["isSystemObject"] = entity => entity.IsSystemObject,
        ["isEditable"] = IsEditable,
        ["isExtension"] = _ => false,
    };

    /// <summary>A pattern for names, and for descriptions where these are searched.</summary>
    public string? Expression { get; init; }

    /// <summary>Whether descriptions are searched, too.</summary>
    public bool SearchesDescriptions { get; init; } = true;

    /// <summary>Types: Thing, ThingTemplate …</summary>
    public string? Types { get; init; }

    /// <summary>The project.</summary>
    public string? ProjectName { get; init; }

    /// <summary>Model tags, all of which an entity must have.</summary>
    public string? Tags { get; init; }

    /// <summary>Thing Templates, one of which a Thing must be made of, directly or through others.</summary>
    public string? ThingTemplates { get; init; }

    /// <summary>Aspects and their values, as a JSON object: isSystemObject, isEditable, isExtension.</summary>
    public string? WithAspects { get; init; }

    /// <summary>Aspects and the values that an entity must not have.</summary>
    public string? WithoutAspects { get; init; }

    /// <summary>Changed at this time or later, milliseconds since 1970.</summary>
    public long? Since { get; init; }

    /// <summary>Changed at this time or earlier.</summary>
    public long? Until { get; init; }

    /// <summary>Whether users made it, and so may change and delete it: not what the platform itself brings.</summary>
    public static bool IsEditable(EntityDefinition entity) => !entity.IsSystemObject;

    /// <summary>The entities that match, of those that the caller can see, by type and name; looks at so many at most.</summary>
    /// <exception cref="PlatformException">BadRequest: a type, an aspect or the JSON is none.</exception>
    public IEnumerable<Entity> Run(EntityDirectory directory, Func<Entity, bool> isVisible, int maxSearchItems)
    {
        var (kinds, templates) = (Names(Types, "types").Select(EntityAddresses.Type).ToHashSet(), Names(ThingTemplates, "thingTemplates").ToHashSet(StringComparer.Ordinal));
        var (with, without) = (ReadAspects(WithAspects, "aspects"), ReadAspects(WithoutAspects, "excludedAspects"));
        var pattern = string.IsNullOrEmpty(Expression) ? null : TextPattern.Like(Expression.AsSpan().ContainsAny('*', '?') ? Expression : $"*{Expression}*", isCaseSensitive: false);
        return EntityKinds.All.Where(kind => kinds.Count == 0 || kinds.Contains(kind)).SelectMany(directory.All).Where(isVisible).Take(maxSearchItems).Where(Matches);

        bool Matches(Entity entity)
        {
            var definition = entity.Definition;
            return (pattern is null || pattern.IsMatch(definition.Name) || (SearchesDescriptions && pattern.IsMatch(definition.Description)))
                && (string.IsNullOrEmpty(ProjectName) || definition.ProjectName == ProjectName)
                && TagText.ContainsAll(definition.Tags, Tags)
                && (Since is null || definition.LastModified >= Since) && (Until is null || definition.LastModified <= Until)
                && (templates.Count == 0 || (definition is ThingDefinition thing && IsOf(directory, thing, templates)))
                && with.All(aspect => Aspects[aspect.Key](definition) == aspect.Value) && !without.Any(aspect => Aspects[aspect.Key](definition) == aspect.Value);
        }
    }

    private static bool IsOf(EntityDirectory directory, ThingDefinition thing, HashSet<string> templates) =>
        templates.Contains(thing.ThingTemplate) || directory.Catalogue.Lineage(thing.ThingTemplate).Any(template => templates.Contains(template.Name));

    // As clients write it: {"items":["Thing"]}, or the list alone.
    private static IEnumerable<string> Names(string? json, string parameter) => string.IsNullOrWhiteSpace(json) ? [] : Read(json, parameter, root =>
    {
        var items = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("items", out var listed) ? listed : root;
        return items.ValueKind switch
        {
            JsonValueKind.Array => items.EnumerateArray().Select(item => item.GetString()!).ToList(),
            JsonValueKind.Object when !items.EnumerateObject().Any() => [],
            _ => throw Errors.Bad($"'{parameter}' must be a list of names, such as {{\"items\":[\"Thing\"]}}."),
        };
    });

    private static Dictionary<string, bool> ReadAspects(string? json, string parameter) => string.IsNullOrWhiteSpace(json) ? [] : Read(json, parameter, root =>
        root.EnumerateObject().ToDictionary(
            aspect => Aspects.ContainsKey(aspect.Name) ? aspect.Name : throw Errors.Bad($"'{parameter}' names '{aspect.Name}'; aspects of entities are {string.Join(", ", Aspects.Keys)}."),
            aspect => aspect.Value.GetBoolean(), StringComparer.Ordinal));

    private static T Read<T>(string json, string parameter, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"'{parameter}' cannot be read: {e.Message}", e);
        }
    }
}
