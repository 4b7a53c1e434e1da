using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Catalogue;

/// <summary>What the declarations of all built-in services say together.</summary>
public sealed class DeclarationTests : IAsyncLifetime
{
    private static readonly string[] ChangingPrefixes =
    [
        "Set", "Add", "Delete", "Remove", "Enable", "Disable", "Restart", "Create", "Update", "Start", "Stop", "Reset", "Rotate", "Save", "Lock", "Unlock",
        "Purge", "Clone", "Import", "Clear", "Rename", "Move",
    ];

    // These work on data, or make values that are kept nowhere.
    private static readonly HashSet<string> DataServices =
    [
        "AddStreamEntry", "AddStreamEntries", "UpdateStreamEntry", "DeleteStreamEntry", "PurgeStreamEntries",
        "AddDataTableEntry", "AddDataTableEntries", "AddOrUpdateDataTableEntry", "AddOrUpdateDataTableEntries", "UpdateDataTableEntry", "UpdateDataTableEntries",
        "UpdateDataTableEntriesWithQuery", "DeleteDataTableEntry", "DeleteDataTableEntryByKey", "DeleteDataTableEntries", "DeleteDataTableEntriesWithQuery", "PurgeDataTableEntries",
        "AddValueStreamEntries",
        "CreateValues", "CreateValuesWithData", "CreateInfoTable", "CreateInfoTableFromDataShape", "Clone", "RenameField", "SetFilter", "UpdateQuery", "DeleteQuery",
        "AddBlogEntry", "UpdateBlogEntry", "DeleteBlogEntry", "PurgeBlogEntries", "SetStickyStatus",
        "AddWikiPage", "AddOrUpdateWikiPage", "UpdateWikiPage", "DeleteWikiPage", "PurgeWikiPages", "AddComment", "UpdateComment", "DeleteComment",
        "SaveText", "SaveJSON", "SaveXML", "SaveBinary", "SaveImage", "CreateTextFile", "CreateBinaryFile", "CreateFolder", "DeleteFile", "DeleteFolder", "MoveFile", "RenameFile",
        "CreateZipArchive",
        // Of ContentLoaderFunctions: asks another server to delete.
        "Delete",
    ];

    // These ask for the right on each member or entity that they touch, by themselves.
    private static readonly HashSet<string> AskForThemselves =
    [
        "SetPropertyValues", "UpdatePropertyValues", "UpdatePropertyValuesBatched", "WritePropertiesToStream", "UpdateSubscribedPropertyValues", "CreateValues", "CreateValuesWithData",
        "DeleteThing", "DeleteThingTemplate", "DeleteThingShape", "DeleteNetwork", "DeleteModelTagVocabulary", "DeleteDataTagVocabulary", "DeleteProject", "UpdateProjectDependencies", "DeleteDataShape", "DeleteUser", "DeleteGroup", "DeleteOrganization", "DeleteApplicationKey",
    ];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void ServiceInvoke_on_all_opens_no_service_that_changes_an_entity()
    {
        var open = All().Where(service => service.Requires == Permission.ServiceInvoke && Changes(service.Name) && !IsOfData(service) && !AskForThemselves.Contains(service.Name));
        open.Select(service => service.Name).ShouldBeEmpty();
    }

    [Fact]
    public void A_service_that_asks_for_nothing_reads_or_asks_for_itself()
    {
        var bare = All().Where(service => service.Requires == Permission.None && service.Kind != CallKind.Read && !AskForThemselves.Contains(service.Name) && !IsOfHistory(service.Name));
        bare.Select(service => service.Name).ShouldBeEmpty();
    }

    [Fact]
    public void What_reads_is_declared_so_and_what_changes_is_not()
    {
        All().Where(service => service.Kind == CallKind.Read && Changes(service.Name) && !DataServices.Contains(service.Name)).Select(service => service.Name).ShouldBeEmpty();
        All().Where(service => service.Kind != CallKind.Read && (service.Name.StartsWith("Get", StringComparison.Ordinal) || service.Name.StartsWith("Is", StringComparison.Ordinal)
            || service.Name.StartsWith("Query", StringComparison.Ordinal)) && service.Name is not "GetKeyID").Select(service => service.Name).ShouldBeEmpty();
    }

    [Fact]
    public void What_needs_a_design_time_right_is_never_offered_to_another_server() =>
        All().Where(service => service.Requires is Permission.Create or Permission.Read or Permission.Update or Permission.Delete && !service.IsLocalOnly)
            .Select(service => service.Name).ShouldBeEmpty();

    [Fact]
    public void Every_service_is_described_and_grouped() =>
        All().Where(service => service.Description.Length == 0 || !service.Description.EndsWith('.') || service.Category.Length == 0).Select(service => service.Name).ShouldBeEmpty();

    [Theory]
    [InlineData("Stream")]
    [InlineData("DataTable")]
    public void A_twin_has_the_services_of_its_template_but_not_those_of_its_provider(string template)
    {
        // spec platform 1.7: all services of the template but Get/SetPersistenceProvider, and those of RemoteThing.
        var own = Own(template).Except(["SetPersistenceProvider", "GetPersistenceProvider"]);
        Own($"Remote{template}").ShouldBe(own.Concat(Own("RemoteThing")), ignoreOrder: true);
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("DataTable")]
    public void A_twin_relays_data_services_and_answers_about_itself(string template)
    {
        var twin = _platform.Get<Runtime.Catalogue>().TemplateShape($"Remote{template}");
        string[] local = ["SetDataShape", "GetDataShape"];
        foreach (var name in Own(template).Except(["SetPersistenceProvider", "GetPersistenceProvider"]))
            twin.FindService(name)!.Definition.IsRelayed.ShouldBe(!local.Contains(name), name);
    }

    [Fact]
    public void A_remote_data_table_lacks_what_the_original_lacks()
    {
        // spec platform 1.7: no maxItems of FindDataTableEntries and DeleteDataTableEntries, and none of the events of entries.
        var (table, twin) = (_platform.Get<Runtime.Catalogue>().TemplateShape("DataTable"), _platform.Get<Runtime.Catalogue>().TemplateShape("RemoteDataTable"));
        foreach (var service in table.Services.Select(service => service.Definition).Where(service => twin.FindService(service.Name) is not null))
        {
            var lacking = service.Name is "FindDataTableEntries" or "DeleteDataTableEntries" ? ["maxItems"] : Array.Empty<string>();
            var there = twin.FindService(service.Name)!.Definition;
            there.ParameterShape.Fields.Select(field => field.Name).ShouldBe(service.Parameters.Select(p => p.Name).Except(lacking), service.Name);
        }

        string[] events = ["Add", "Update", "Delete", "CommentAdd"];
        events.Select(name => table.FindEvent(name)?.DataShapeName).ShouldAllBe(shape => shape == "EntryChangeEvent");
        events.ShouldAllBe(name => twin.FindEvent(name) == null);
    }

    [Fact]
    public void Every_result_shape_and_parameter_shape_is_known()
    {
        foreach (var service in All())
        {
            foreach (var shape in service.Parameters.Append(service.Result).Select(field => field.DataShapeName).OfType<string>().Where(name => name != ParameterAttribute.OwnShape))
                (PlatformShapes.Find(shape) is not null || shape is "EdgeThingPropertyNotification" or "EdgeThingEventNotification").ShouldBeTrue($"{service.Name} names {shape}");
        }
    }

    [Fact]
    public async Task Metadata_tells_the_definitions_that_run()
    {
        await _platform.MakeThingAsync("Pump", "Timer");
        using var metadata = JsonDocument.Parse((await _platform.CallAsync("Things/Pump", "GetMetadataAsJSON")).ToString());
        var shape = _platform.Thing("Pump").Shape;
        var services = metadata.RootElement.GetProperty("serviceDefinitions");
        services.EnumerateObject().Select(s => s.Name).ShouldBe(shape.Services.Select(s => s.Definition.Name).Order(StringComparer.Ordinal));
        foreach (var service in shape.Services.Select(s => s.Definition))
        {
            var told = services.GetProperty(service.Name);
            told.GetProperty("description").GetString().ShouldBe(service.Description);
            told.GetProperty("Inputs").GetProperty("fieldDefinitions").EnumerateObject().Select(p => $"{p.Name} {p.Value.GetProperty("baseType")}")
                .ShouldBe(service.Parameters.Select(p => $"{p.Name} {p.BaseType.Name()}"));
            told.GetProperty("Outputs").GetProperty("baseType").GetString().ShouldBe(service.Result.BaseType.Name());
        }

        metadata.RootElement.GetProperty("propertyDefinitions").EnumerateObject().Select(p => p.Name).ShouldBe(shape.Properties.Select(p => p.Name));
        metadata.RootElement.GetProperty("eventDefinitions").EnumerateObject().Select(e => e.Name).ShouldBe(shape.Events.Select(e => e.Name));
    }

    // Services of value streams, and of values that the caller keeps for himself; the second kind ask for the right on the property.
    private static bool IsOfData(ServiceDefinition service) =>
        DataServices.Contains(service.Name) || service.Name.EndsWith("StreamEntry", StringComparison.Ordinal) || service.Name.StartsWith("SetGlobalSession", StringComparison.Ordinal);

    private static bool IsOfHistory(string name) => name.EndsWith("ValueStreamEntry", StringComparison.Ordinal) || name.EndsWith("PropertyHistory", StringComparison.Ordinal);

    private static bool Changes(string name) => ChangingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));

    private IEnumerable<ServiceDefinition> All()
    {
        var catalogue = _platform.Get<Runtime.Catalogue>();
        return catalogue.TemplateNames.SelectMany(template => catalogue.TemplateShape(template).Services)
            .Concat(EntityKinds.All.SelectMany(kind => _platform.Entities.All(kind).SelectMany(entity => entity.Shape.Services)))
            .Select(service => service.Definition).DistinctBy(service => (service.Name, service.Description));
    }

    private IEnumerable<string> Own(string template)
    {
        var catalogue = _platform.Get<Runtime.Catalogue>();
        var generic = catalogue.TemplateShape("GenericThing").Services.Select(service => service.Definition.Name).ToHashSet();
        return catalogue.TemplateShape(template).Services.Select(service => service.Definition.Name).Where(name => !generic.Contains(name));
    }
}
