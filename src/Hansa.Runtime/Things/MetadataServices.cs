using System.Buffers;
using System.Text;
using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What an entity can do, told from the one definition.</summary>
public sealed class MetadataServices(EntityDirectory directory, UserScripts scripts) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => MemberEdits.HasMembers(kind);

    [Service("Gives properties, services and events as JSON.", Category = "Metadata", Requires = Permission.None, Result = BaseType.JSON,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetMetadataAsJSON(ServiceContext call) => ToJson(call.Target);

    [Service("Adds a service: of the Thing's own in JavaScript, or one that the remote end answers.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task AddServiceDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? category, InfoTable? parameters, InfoTable? resultType,
        bool? remote, string? remoteServiceName, int? timeout, string? code, CancellationToken cancellationToken)
    {
        MemberNames.Check(name, "service");
        var result = resultType is { RowCount: > 0 } ? Field(resultType, 0) with { Name = "result" } : new FieldDefinition("result", BaseType.NOTHING);
        var fields = parameters is null ? [] : Enumerable.Range(0, parameters.RowCount).Select(i => Field(parameters, i)).ToList();
        var definition = new ServiceDefinition(name, [.. fields], result) { Description = description ?? "", Category = category ?? "" };
        // Asked for here, as two parameters of one name are refused by it.
        _ = definition.ParameterShape;
        if (remote is not true)
            await scripts.CheckAsync($"{call.Target.Name}.{name}", code ?? "", definition, cancellationToken);
        if (remote is true)
            call.DemandRemote();
        var service = new ScriptService(definition, remote is true ? "" : code ?? "");
        var binding = remote is true ? new RemoteServiceBinding(name, remoteServiceName ?? "") { Timeout = BindingRules.Timeout(timeout) } : null;
        await directory.EditMembersAsync(call, current =>
        {
            if (call.Members().FindService(name) is { Definition.IsAllowOverride: false })
                throw new PlatformException(ErrorCode.Conflict, $"Service [{name}] exists already on {current.Kind.Singular()} [{current.Name}].");
            var edited = current with { Services = current.Services.RemoveAll(have => have.Definition.Name == name).Add(service) };
            return edited is InheritingDefinition heir
                ? heir with { RemoteServiceBindings = [.. heir.RemoteServiceBindings.Where(have => have.Service != name), .. binding is null ? [] : new[] { binding }] }
                : edited;
        }, cancellationToken);
    }

    [Service("Takes a service of the entity's own away.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveServiceDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current =>
        {
            if (current.Services.All(have => have.Definition.Name != name))
                throw Errors.NoSuchService(name, current.Key);
            var edited = current with { Services = current.Services.RemoveAll(have => have.Definition.Name == name) };
            return edited is InheritingDefinition heir ? heir with { RemoteServiceBindings = heir.RemoteServiceBindings.RemoveAll(binding => binding.Service == name) } : edited;
        }, cancellationToken);

    /// <summary>Definitions as the wire's GetMetadata gives them (spec alwayson 5.3).</summary>
    public static string ToJson(Entity entity, Func<ServiceDefinition, bool>? isOffered = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            Write(writer, entity, isOffered ?? (_ => true));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static string AspectsJson(Aspects aspects)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            WriteAspects(writer, aspects);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Entity entity, Func<ServiceDefinition, bool> isOffered)
    {
        writer.WriteStartObject();
        writer.WriteString("name", entity.Name);
        writer.WriteString("description", entity.Definition.Description);
        writer.WriteBoolean("isSystemObject", entity.Definition.IsSystemObject);
        writer.WriteStartObject("propertyDefinitions");
        foreach (var property in entity.Shape.Properties)
        {
            writer.WriteStartObject(property.Name);
            writer.WriteString("name", property.Name);
            writer.WriteString("description", property.Field.Description);
            writer.WriteString("baseType", property.BaseType.Name());
            writer.WriteString("category", property.Category);
            writer.WritePropertyName("aspects");
            WriteAspects(writer, property.Field.Aspects);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("serviceDefinitions");
        foreach (var service in entity.Shape.Services.Select(service => service.Definition).Where(isOffered).OrderBy(service => service.Name, StringComparer.Ordinal))
            WriteService(writer, service);
        writer.WriteEndObject();
        writer.WriteStartObject("eventDefinitions");
        foreach (var happening in entity.Shape.Events)
        {
            writer.WriteStartObject(happening.Name);
            writer.WriteString("name", happening.Name);
            writer.WriteString("description", happening.Description);
            writer.WriteStartObject("aspects");
            writer.WriteEndObject();
            writer.WriteString("dataShape", happening.DataShapeName);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteService(Utf8JsonWriter writer, ServiceDefinition service)
    {
        writer.WriteStartObject(service.Name);
        writer.WriteString("name", service.Name);
        writer.WriteString("description", service.Description);
        writer.WriteString("category", service.Category);
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

    private static FieldDefinition Field(InfoTable table, int row)
    {
        var type = table[row, "baseType"].ToString();
        var aspects = table[row, "dataShape"] is { IsNull: false } shape ? Aspects.Of(("dataShape", Value.String(shape.ToString()))) : Aspects.None;
        return new(table[row, "name"].ToString(), BaseTypes.Parse(type), table[row, "description"].ToString(), row) { Aspects = aspects };
    }
}
