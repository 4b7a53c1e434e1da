using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Definitions as canonical JSON: what is on disk, and the base of what REST shows.</summary>
internal static class EntityDocuments
{
    private static readonly JsonSerializerOptions Options = MakeOptions();

    public static string Write(EntityDefinition definition) => JsonSerializer.Serialize(definition, definition.GetType(), Options);

    public static EntityDefinition Read(EntityKind kind, string document) =>
        (EntityDefinition)JsonSerializer.Deserialize(document, TypeOf(kind), Options)!;

    /// <summary>The names of what two definitions of one entity differ in.</summary>
    public static IEnumerable<string> Differences(EntityDefinition before, EntityDefinition after)
    {
        var (old, changed) = (JsonNode.Parse(Write(before))!.AsObject(), JsonNode.Parse(Write(after))!.AsObject());
        return old.Select(member => member.Key).Union(changed.Select(member => member.Key)).Where(name => !JsonNode.DeepEquals(old[name], changed[name])).ToList();
    }

    private static Type TypeOf(EntityKind kind) => kind switch
    {
        EntityKind.Things => typeof(ThingDefinition),
        EntityKind.ThingTemplates => typeof(ThingTemplateDefinition),
        EntityKind.ThingShapes => typeof(ThingShapeDefinition),
        EntityKind.Networks => typeof(NetworkDefinition),
        EntityKind.ModelTags or EntityKind.DataTags => typeof(VocabularyDefinition),
        EntityKind.Projects => typeof(ProjectDefinition),
        EntityKind.DataShapes => typeof(DataShapeDefinition),
        EntityKind.Users => typeof(UserDefinition),
        EntityKind.Groups => typeof(GroupDefinition),
        EntityKind.Organizations => typeof(OrganizationDefinition),
        EntityKind.ApplicationKeys => typeof(ApplicationKeyDefinition),
        _ => typeof(PlainDefinition),
    };

    private static JsonSerializerOptions MakeOptions() => new()
    {
        PropertyNamingPolicy = new Naming(),
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = ValueJson.MaxDepth,
        Converters = { new JsonStringEnumConverter(), new TableConverter(), new FieldConverter(), new ServiceConverter(), new PropertyConverter(), new SubscriptionConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutComputed } },
    };

    private static void LeaveOutComputed(JsonTypeInfo type)
    {
        foreach (var computed in type.Properties.Where(property => property.Name is "key" or "remoteName" or "template").ToList())
            type.Properties.Remove(computed);
    }

    /// <summary>IsPublished is "published", as entity files and REST call it.</summary>
    private sealed class Naming : JsonNamingPolicy
    {
        public override string ConvertName(string name) =>
            name.StartsWith("Is", StringComparison.Ordinal) && name != "IsSystemObject" ? CamelCase.ConvertName(name[2..]) : CamelCase.ConvertName(name);
    }

    private sealed class TableConverter : JsonConverter<InfoTable>
    {
        public override InfoTable Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => InfoTableJson.Read(ref reader, "table");

        public override void Write(Utf8JsonWriter writer, InfoTable value, JsonSerializerOptions options) => InfoTableJson.Write(writer, value);
    }

    private sealed class FieldConverter : JsonConverter<FieldDefinition>
    {
        public override FieldDefinition Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            return InfoTableJson.ReadField(json.RootElement.GetProperty("name").GetString()!, json.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, FieldDefinition value, JsonSerializerOptions options) =>
            InfoTableJson.WriteField(writer, value, value.Ordinal);
    }

    private sealed class PropertyConverter : JsonConverter<PropertyDefinition>
    {
        public override PropertyDefinition Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            return new(InfoTableJson.ReadField(root.GetProperty("name").GetString()!, root.GetProperty("field")))
            {
                Category = root.GetProperty("category").GetString() ?? "",
                IsLocalOnly = root.GetProperty("isLocalOnly").GetBoolean(),
            };
        }

        public override void Write(Utf8JsonWriter writer, PropertyDefinition value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("category", value.Category);
            writer.WriteBoolean("isLocalOnly", value.IsLocalOnly);
            writer.WritePropertyName("field");
            InfoTableJson.WriteField(writer, value.Field, value.Field.Ordinal);
            writer.WriteEndObject();
        }
    }

    /// <summary>Reads also what was written when a subscription had one event: then event, source and property stood beside its name.</summary>
    private sealed class SubscriptionConverter : JsonConverter<SubscriptionDefinition>
    {
        public override SubscriptionDefinition Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            string Text(JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";
            bool Flag(string name, bool otherwise) => root.TryGetProperty(name, out var flag) ? flag.GetBoolean() : otherwise;
            IEnumerable<SubscribedEvent> events = root.TryGetProperty("events", out var list)
                ? list.EnumerateArray().Select(one => new SubscribedEvent(Text(one, "eventName"), Text(one, "source"), Text(one, "sourceProperty")))
                : [new(Text(root, "eventName"), Text(root, "source"), Text(root, "sourceProperty"))];
            return new(Text(root, "name"), [.. events], Text(root, "code"))
            {
                IsEnabled = Flag("enabled", true), IsOrdered = Flag("ordered", false), Description = Text(root, "description"),
            };
        }

        public override void Write(Utf8JsonWriter writer, SubscriptionDefinition value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("description", value.Description);
            writer.WriteBoolean("enabled", value.IsEnabled);
            writer.WriteBoolean("ordered", value.IsOrdered);
            writer.WriteStartArray("events");
            foreach (var one in value.Events)
            {
                writer.WriteStartObject();
                writer.WriteString("eventName", one.Event);
                writer.WriteString("source", one.Source);
                writer.WriteString("sourceProperty", one.Property);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteString("code", value.Code);
            writer.WriteEndObject();
        }
    }

    private sealed class ServiceConverter : JsonConverter<ScriptService>
    {
        public override ScriptService Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var root = json.RootElement;
            bool Flag(string name) => root.TryGetProperty(name, out var flag) && flag.GetBoolean();
            var parameters = root.GetProperty("parameters").EnumerateArray()
                .Select(field => InfoTableJson.ReadField(field.GetProperty("name").GetString()!, field));
            var definition = new ServiceDefinition(root.GetProperty("name").GetString()!, [.. parameters], InfoTableJson.ReadField("result", root.GetProperty("resultType")))
            {
                Description = root.GetProperty("description").GetString()!,
                Category = root.GetProperty("category").GetString()!,
                IsAsync = Flag("isAsync"),
                IsLocalOnly = Flag("isLocalOnly"),
                IsPrivate = Flag("isPrivate"),
                IsAllowOverride = Flag("isAllowOverride"),
            };
            return new(definition, root.GetProperty("code").GetString()!);
        }

        public override void Write(Utf8JsonWriter writer, ScriptService value, JsonSerializerOptions options)
        {
            var definition = value.Definition;
            writer.WriteStartObject();
            writer.WriteString("name", definition.Name);
            writer.WriteString("description", definition.Description);
            writer.WriteString("category", definition.Category);
            writer.WriteBoolean("isAsync", definition.IsAsync);
            writer.WriteBoolean("isLocalOnly", definition.IsLocalOnly);
            writer.WriteBoolean("isPrivate", definition.IsPrivate);
            writer.WriteBoolean("isAllowOverride", definition.IsAllowOverride);
            writer.WriteStartArray("parameters");
            foreach (var parameter in definition.Parameters)
                InfoTableJson.WriteField(writer, parameter, parameter.Ordinal);
            writer.WriteEndArray();
            writer.WritePropertyName("resultType");
            InfoTableJson.WriteField(writer, definition.Result, 0);
            writer.WriteString("code", value.Code);
            writer.WriteEndObject();
        }
    }
}
