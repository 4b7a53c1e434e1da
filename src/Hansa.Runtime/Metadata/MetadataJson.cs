using System.Buffers;
using System.Text;
using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What an entity can do, as JSON.</summary>
public static class MetadataJson
{
    /// <summary>Definitions as the wire's GetMetadata gives them (spec alwayson 5.3).</summary>
    public static string Of(Entity entity, EntityShape members, Func<ServiceDefinition, bool>? isOffered = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            Write(writer, entity, members, isOffered ?? (_ => true));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The same, with the entity that each member comes from and with subscriptions: what an author sees.</summary>
    internal static string WithSources(Entity entity, EntityShape members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            Write(writer, entity, members, _ => true, hasSources: true);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static string OfAspects(Aspects aspects)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            WriteAspects(writer, aspects);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Entity entity, EntityShape members, Func<ServiceDefinition, bool> isOffered, bool hasSources = false)
    {
        writer.WriteStartObject();
        writer.WriteString("name", entity.Name);
        writer.WriteString("description", entity.Definition.Description);
        writer.WriteBoolean("isSystemObject", entity.Definition.IsSystemObject);
        writer.WriteStartObject("propertyDefinitions");
        foreach (var property in members.Properties)
        {
            writer.WriteStartObject(property.Name);
            writer.WriteString("name", property.Name);
            writer.WriteString("description", property.Field.Description);
            writer.WriteString("baseType", property.BaseType.Name());
            writer.WriteString("category", property.Category);
            if (hasSources)
                WriteSource(writer, members.SourceOfProperty(property.Name));
            writer.WritePropertyName("aspects");
            WriteAspects(writer, property.Field.Aspects);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("serviceDefinitions");
        foreach (var service in members.Services.Select(service => service.Definition).Where(isOffered).OrderBy(service => service.Name, StringComparer.Ordinal))
            WriteService(writer, service, hasSources ? members.SourceOfService(service.Name) : null);
        writer.WriteEndObject();
        writer.WriteStartObject("eventDefinitions");
        foreach (var happening in members.Events)
        {
            writer.WriteStartObject(happening.Name);
            writer.WriteString("name", happening.Name);
            writer.WriteString("description", happening.Description);
            writer.WriteStartObject("aspects");
            writer.WriteEndObject();
            writer.WriteString("dataShape", happening.DataShapeName);
            if (hasSources)
            {
                writer.WriteString("category", happening.Category);
                WriteSource(writer, members.SourceOfEvent(happening.Name));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (hasSources)
            WriteSubscriptions(writer, members);
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, EntityKey source)
    {
        writer.WriteString("sourceName", source.Name);
        writer.WriteString("sourceType", source.Kind.Singular());
    }

    private static void WriteSubscriptions(Utf8JsonWriter writer, EntityShape members)
    {
        writer.WriteStartObject("subscriptions");
        foreach (var subscription in members.Subscriptions)
        {
            writer.WriteStartObject(subscription.Name);
            writer.WriteString("name", subscription.Name);
            writer.WriteString("description", subscription.Description);
            writer.WriteBoolean("enabled", subscription.IsEnabled);
            writer.WriteBoolean("ordered", subscription.IsOrdered);
            WriteSource(writer, members.SourceOfSubscription(subscription.Name));
            writer.WriteStartArray("events");
            foreach (var one in subscription.Events)
            {
                writer.WriteStartObject();
                writer.WriteString("eventName", one.Event);
                writer.WriteString("source", one.Source);
                writer.WriteString("sourceProperty", one.Property);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter writer, ServiceDefinition service, EntityKey? source)
    {
        writer.WriteStartObject(service.Name);
        writer.WriteString("name", service.Name);
        writer.WriteString("description", service.Description);
        writer.WriteString("category", service.Category);
        if (source is { } whose)
        {
            WriteSource(writer, whose);
            writer.WriteBoolean("isAllowOverride", service.IsAllowOverride);
        }

        writer.WriteBoolean("isLocalOnly", service.IsLocalOnly);
        writer.WritePropertyName("aspects");
        WriteAspects(writer, service.Aspects);
        writer.WriteStartObject("Inputs");
        writer.WriteStartObject("fieldDefinitions");
        for (var i = 0; i < service.Parameters.Length; i++)
        {
            writer.WritePropertyName(service.Parameters[i].Name);
            InfoTableJson.WriteField(writer, service.Parameters[i], i);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WritePropertyName("Outputs");
        InfoTableJson.WriteField(writer, service.Result, 0);
        writer.WriteEndObject();
    }

    private static void WriteAspects(Utf8JsonWriter writer, Aspects aspects)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in aspects)
        {
            writer.WritePropertyName(name);
            ValueJson.Write(writer, value);
        }

        writer.WriteEndObject();
    }
}
