using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ValueStreams;

/// <summary>The services that are declared are those of the documentation: names, parameters with their base types in whatever order, results.</summary>
public sealed class ValueStreamDeclarationTests : IAsyncLifetime
{
    // spec thing-services: services of every Thing on history, logging and typed values.
    private const string OfThings = """
        AddBooleanValueStreamEntry(timestamp DATETIME, propertyName STRING, value BOOLEAN, quality STRING): NOTHING
        AddDateTimeValueStreamEntry(timestamp DATETIME, propertyName STRING, value DATETIME, quality STRING): NOTHING
        AddImageValueStreamEntry(timestamp DATETIME, propertyName STRING, value IMAGE, quality STRING): NOTHING
        AddInfoTableValueStreamEntry(timestamp DATETIME, propertyName STRING, value INFOTABLE, quality STRING): NOTHING
        AddIntegerValueStreamEntry(timestamp DATETIME, propertyName STRING, value INTEGER, quality STRING): NOTHING
        AddLocationValueStreamEntry(timestamp DATETIME, propertyName STRING, value LOCATION, quality STRING): NOTHING
        AddLongValueStreamEntry(timestamp DATETIME, propertyName STRING, value LONG, quality STRING): NOTHING
        AddNumberValueStreamEntry(timestamp DATETIME, propertyName STRING, value NUMBER, quality STRING): NOTHING
        AddStringValueStreamEntry(timestamp DATETIME, propertyName STRING, value STRING, quality STRING): NOTHING
        AddThingCodeValueStreamEntry(timestamp DATETIME, propertyName STRING, value THINGCODE, quality STRING): NOTHING
        AddVec2ValueStreamEntry(timestamp DATETIME, propertyName STRING, value VEC2, quality STRING): NOTHING
        AddVec3ValueStreamEntry(timestamp DATETIME, propertyName STRING, value VEC3, quality STRING): NOTHING
        AddVec4ValueStreamEntry(timestamp DATETIME, propertyName STRING, value VEC4, quality STRING): NOTHING
        GetBooleanPropertyValue(propertyName STRING): BOOLEAN
        GetDateTimePropertyValue(propertyName STRING): DATETIME
        GetEffectivePropertyLogging(propertyName STRING): BOOLEAN
        GetImagePropertyValue(propertyName STRING): IMAGE
        GetIntegerPropertyValue(propertyName STRING): INTEGER
        GetLocationPropertyValue(propertyName STRING): LOCATION
        GetLoggedProperties(type BASETYPENAME): INFOTABLE
        GetLongPropertyValue(propertyName STRING): LONG
        GetNumberPropertyValue(propertyName STRING): NUMBER
        GetNumericLoggedProperties(): INFOTABLE
        GetPropertyLogging(propertyName STRING): BOOLEAN
        GetStringPropertyValue(propertyName STRING): STRING
        GetThingCodePropertyValue(propertyName STRING): THINGCODE
        GetValueStream(): THINGNAME
        GetVec2PropertyValue(propertyName STRING): VEC2
        GetVec3PropertyValue(propertyName STRING): VEC3
        GetVec4PropertyValue(propertyName STRING): VEC4
        PurgeAllPropertyHistory(startDate DATETIME, endDate DATETIME): NOTHING
        PurgePropertyHistory(propertyName STRING, startDate DATETIME, endDate DATETIME, immediate BOOLEAN): NOTHING
        PurgeSelectedPropertyHistory(startDate DATETIME, endDate DATETIME, propertiesToPurge INFOTABLE): NOTHING
        QueryBooleanPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryDateTimePropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryImagePropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryInfoTablePropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY, flatten BOOLEAN): INFOTABLE
        QueryIntegerPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryLocationPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryLongPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryNamedPropertyHistory(propertyNames INFOTABLE, maxItems NUMBER, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, fillOption STRING, returnedMetadata STRING, query QUERY): INFOTABLE
        QueryNumberPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryPropertyHistory(maxItems NUMBER, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, fillOption STRING, returnedMetadata STRING, query QUERY): INFOTABLE
        QueryStringPropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryThingCodePropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryVec2PropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryVec3PropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryVec4PropertyHistory(maxItems NUMBER, propertyName STRING, startDate DATETIME, endDate DATETIME, quality STRING, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        SetPropertyLogging(propertyName STRING, enabled BOOLEAN): NOTHING
        SetValueStream(name THINGNAME): NOTHING
        """;

    // spec platform 2.5, X standing for each type.
    private const string OfValueStreams = """
        AddXStreamEntry(name STRING, source STRING, value X, timestamp DATETIME): NOTHING
        GetXStreamEntry(id STRING): INFOTABLE
        QueryXStreamEntries(name STRING, source STRING, startDate DATETIME, endDate DATETIME, maxItems NUMBER, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        QueryMultiPropertyStreamEntries(propertyDefinitionCollection JSON, source STRING, startDate DATETIME, endDate DATETIME, maxItems NUMBER, oldestFirst BOOLEAN, query QUERY): INFOTABLE
        PurgeStreamEntries(name STRING, source STRING, startDate DATETIME, endDate DATETIME, immediate BOOLEAN): NOTHING
        DeleteStreamEntry(id STRING): NOTHING
        purgeAll(): NOTHING
        """;

    // Those that this platform adds: for a proxy of the value stream, and pages.
    private static readonly string[] Added = ["AddValueStreamEntries", "QueryValueStreamEntries", "QueryValueStreamEntriesPage"];

    private static readonly string[] Types =
        ["Boolean", "Integer", "Long", "Number", "String", "DateTime", "Location", "Image", "InfoTable", "ThingCode", "Vec2", "Vec3", "Vec4"];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void Every_Thing_has_the_services_of_the_list()
    {
        var declared = Shape("GenericThing").Services.ToDictionary(service => service.Definition.Name, service => Signature(service.Definition));
        foreach (var line in Lines(OfThings))
            declared.GetValueOrDefault(line[..line.IndexOf('(')]).ShouldBe(Sorted(line));
    }

    [Fact]
    public void Every_history_service_comes_in_pages_for_each_type()
    {
        foreach (var type in Types)
            Shape("GenericThing").FindService($"Query{type}PropertyHistoryPage").ShouldNotBeNull();
    }

    [Fact]
    public void A_value_stream_has_the_services_of_the_list_and_those_that_its_proxy_needs()
    {
        var listed = Lines(OfValueStreams).SelectMany(line => line.Contains('X')
            ? Types.Select(type => line.Replace("value X", $"value {type.ToUpperInvariant()}", StringComparison.Ordinal).Replace("X", type, StringComparison.Ordinal))
            : [line]);
        var own = Own("ValueStream").Where(service => !Added.Contains(service.Name) && !service.Name.EndsWith("EntriesPage", StringComparison.Ordinal) && !service.Name.EndsWith("PersistenceProvider", StringComparison.Ordinal)).Select(Signature);
        own.ShouldBe(listed.Select(Sorted), ignoreOrder: true);
        Added.ShouldBeSubsetOf(Own("ValueStream").Select(service => service.Name));
    }

    [Fact]
    public void A_remote_value_stream_has_the_services_of_a_RemoteThing_alone() =>
        Own("RemoteValueStream").Select(service => service.Name).ShouldBe(Own("RemoteThing").Select(service => service.Name), ignoreOrder: true);

    [Fact]
    public void What_a_proxy_calls_is_offered_to_another_server()
    {
        foreach (var name in (string[])[.. Added, "PurgeStreamEntries"])
            Shape("ValueStream").FindService(name)!.Definition.IsLocalOnly.ShouldBeFalse(name);
    }

    [Fact]
    public void Typed_results_name_their_Data_Shape()
    {
        foreach (var type in Types)
        {
            var shape = PlatformShapes.Find(Shape("GenericThing").FindService($"Query{type}PropertyHistory")!.Definition.Result.DataShapeName!)!;
            shape.Fields.Select(field => $"{field.Name} {field.BaseType.Name()}").ShouldBe(["id STRING", "timestamp DATETIME", $"value {type.ToUpperInvariant()}"]);
        }
    }

    private EntityShape Shape(string template) => _platform.Get<Runtime.Catalogue>().TemplateShape(template);

    private IEnumerable<ServiceDefinition> Own(string template) =>
        Shape(template).Services.Select(service => service.Definition).Where(service => Shape("GenericThing").FindService(service.Name) is null);

    private static string[] Lines(string list) => list.Split('\n', StringSplitOptions.TrimEntries);

    private static string Signature(ServiceDefinition service) =>
        Sorted($"{service.Name}({string.Join(", ", service.Parameters.Select(parameter => $"{parameter.Name} {parameter.BaseType.Name()}"))}): {service.Result.BaseType.Name()}");

    private static string Sorted(string signature)
    {
        var (open, close) = (signature.IndexOf('('), signature.IndexOf(')'));
        return $"{signature[..open]}({string.Join(", ", signature[(open + 1)..close].Split(", ").Order(StringComparer.Ordinal))}){signature[(close + 1)..]}";
    }
}
