using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What a caller may read of entities: lists, documents, definitions.</summary>
public sealed class EntityPages(EntityDirectory directory, Principals principals, Gate gate)
{
    // Cipher texts and hashes are on disk only.
    private static readonly string[] Secrets = ["passwordHash", "keyHash", "protectedKey", "keyMade"];

    /// <summary>The entities of a kind that the caller can see.</summary>
    public InfoTable List(string userName, EntityKind kind)
    {
        var caller = principals.Find(userName);
        var builder = new InfoTable.Builder(PlatformShapes.RootEntityList);
        foreach (var entity in directory.All(kind).Where(entity => gate.IsVisible(caller, entity)))
            AddRow(builder, entity.Definition);
        return builder.Build();
    }

    /// <summary>Adds an entity's row to a <see cref="PlatformShapes.RootEntityList"/>.</summary>
    internal static void AddRow(InfoTable.Builder builder, EntityDefinition definition) => builder.Add(
        Value.String(definition.Name), Value.String(definition.Description), Value.Text(definition.HomeMashup, BaseType.MASHUPNAME),
        Value.Text(HeaderServices.AddressOf(definition.Key), BaseType.IMAGELINK), Value.Boolean(definition.IsSystemObject),
        Coercion.To(Value.String(definition.Tags), BaseType.TAGS, "tags"), Value.String(definition.ProjectName),
        Value.DateTime(definition.LastModified), Value.String(definition.Kind.Singular()));

    /// <summary>The picture of an entity that the caller can see.</summary>
    /// <exception cref="PlatformException">NotFound where there is none.</exception>
    public byte[] Avatar(string userName, EntityKey key) => gate.Find(principals.Find(userName), key, CallOrigin.Rest).Definition.Avatar
        ?? throw new PlatformException(ErrorCode.NotFound, $"{key.Kind.Singular()} [{key.Name}] has no picture.");

    /// <summary>The entity's document with what it can do, for a caller who may read it; secrets are left out or masked.</summary>
    public string Show(string userName, EntityKey key)
    {
        var caller = principals.Find(userName);
        var entity = gate.Find(caller, key, CallOrigin.Rest);
        gate.Demand(caller, entity, Permission.Read, "", CallOrigin.Rest);
        var document = JsonNode.Parse(Document(entity.Definition))!.AsObject();
        document["type"] = key.Kind.Singular();
        document["effectiveShape"] = JsonNode.Parse(MetadataJson.WithSources(entity, directory.Catalogue.MembersOf(entity)));
        document["refused"] = Refused(caller, entity);
        return document.ToJsonString(new JsonSerializerOptions { Encoder = ValueJson.WriterOptions.Encoder });
    }

    // What the caller may not do with the entity itself: services, each with the right that is missing, and properties that may not be written.
    private JsonObject Refused(Principal caller, Entity entity)
    {
        bool Lacks(Permission permission, string resource) => permission != Permission.None && !gate.Allows(caller, entity, permission, resource, CallOrigin.Rest);
        var services = entity.Shape.Services.Select(service => service.Definition)
            .Where(service => Lacks(service.Requires, service.Requires == Permission.ServiceInvoke ? service.Name : ""))
            .Select(service => KeyValuePair.Create(service.Name, (JsonNode?)service.Requires.ToString()));
        var properties = entity.Shape.Properties.Select(property => property.Name).Where(name => Lacks(Permission.PropertyWrite, name)).Select(name => (JsonNode?)name);
        return new() { ["services"] = new JsonObject(services), ["properties"] = new JsonArray([.. properties]) };
    }

    /// <summary>A definition as JSON; secrets are left out or masked.</summary>
    internal static string Document(EntityDefinition definition)
    {
        var shown = definition with { ConfigurationTables = definition.ConfigurationTables.SetItems(
            definition.ConfigurationTables.Select(table => KeyValuePair.Create(table.Key, ConfigurationSecrets.Mask(table.Value)))) };
        var document = JsonNode.Parse(EntityDocuments.Write(shown))!.AsObject();
        foreach (var secret in Secrets)
            document.Remove(secret);
        return document.ToJsonString(new JsonSerializerOptions { Encoder = ValueJson.WriterOptions.Encoder });
    }

    /// <summary>Properties, services and events.</summary>
    public string Metadata(string userName, EntityKey key)
    {
        var entity = gate.Find(principals.Find(userName), key, CallOrigin.Rest);
        return MetadataJson.Of(entity, directory.Catalogue.MembersOf(entity));
    }

    /// <summary>Names and descriptions of an entity's services, properties or events.</summary>
    public InfoTable Definitions(string userName, EntityKey key, string characteristics)
    {
        var entity = gate.Find(principals.Find(userName), key, CallOrigin.Rest);
        var builder = new InfoTable.Builder(DataShape.Of(
            ("name", BaseType.STRING), ("description", BaseType.STRING), ("category", BaseType.STRING), ("baseType", BaseType.STRING)));
        var members = directory.Catalogue.MembersOf(entity);
        var rows = characteristics switch
        {
            "PropertyDefinitions" => members.Properties.Select(p => (p.Name, p.Field.Description, p.Category, p.BaseType.Name())),
            "EventDefinitions" => members.Events.Select(e => (e.Name, e.Description, e.Category, e.DataShapeName)),
            "ServiceDefinitions" => members.Services.Select(s => (s.Definition.Name, s.Definition.Description, s.Definition.Category, s.Definition.Result.BaseType.Name())),
            _ => entity.Shape.Services.Select(s => (s.Definition.Name, s.Definition.Description, s.Definition.Category, s.Definition.Result.BaseType.Name())),
        };
        foreach (var (name, description, category, type) in rows.OrderBy(row => row.Item1, StringComparer.Ordinal))
            builder.Add(Value.String(name), Value.String(description), Value.String(category), Value.String(type));
        return builder.Build();
    }

    /// <summary>OpenAPI of one entity.</summary>
    public string OpenApi(string userName, EntityKey key) => OpenApiDocument.Of([gate.Find(principals.Find(userName), key, CallOrigin.Rest)]);

    /// <summary>OpenAPI of the server: the fixed addresses, and a set for each template, resource and subsystem that the caller can see.</summary>
    public string OpenApi(string userName)
    {
        var caller = principals.Find(userName);
        var entities = new[] { EntityKind.Resources, EntityKind.Subsystems }.SelectMany(directory.All).Where(entity => gate.IsVisible(caller, entity));
        return OpenApiDocument.Of(entities, directory.Catalogue);
    }
}
