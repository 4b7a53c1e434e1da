using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Resources;

/// <summary>SearchFunctions.SpotlightSearch.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const string Search = "Resources/SearchFunctions";
    private const string UsersOwn = """{"isSystemObject":false}""";

    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await MakeAsync("NorthPump", "GenericThing", "moves water", "Kind:Pump;Site:North", "Works");
        _time.Advance(TimeSpan.FromHours(1));
        await MakeAsync("SouthPump", "Timer", "moves oil", "Kind:Pump", "");
        await _platform.MakeDataShapeAsync("PumpShape", ("v", BaseType.NUMBER));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("**", "NorthPump PumpShape SouthPump")]
    [InlineData("", "NorthPump PumpShape SouthPump")]
    [InlineData("pump", "NorthPump PumpShape SouthPump")]
    [InlineData("*PUMP", "NorthPump SouthPump")]
    [InlineData("?orthPump", "NorthPump")]
    [InlineData("oil", "SouthPump")]
    [InlineData("Pum", "NorthPump PumpShape SouthPump")]
    [InlineData("nothing", "")]
    public async Task An_expression_finds_names_and_descriptions(string expression, string found) =>
        (await FindAsync(("searchExpression", expression), ("aspects", UsersOwn))).ShouldBe(found);

    [Fact]
    public async Task Each_filter_takes_its_part()
    {
        (await FindAsync(("searchExpression", "oil"), ("searchDescriptions", false))).ShouldBe("");
        (await FindAsync(("types", """{"items":["DataShape"]}"""), ("aspects", UsersOwn))).ShouldBe("PumpShape");
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn))).ShouldBe("NorthPump SouthPump");
        (await FindAsync(("types", """["Things","DataShape"]"""), ("aspects", UsersOwn))).ShouldBe("NorthPump PumpShape SouthPump");
        (await FindAsync(("tags", "Site:North;Kind:Pump"))).ShouldBe("NorthPump");
        (await FindAsync(("projectName", "Works"))).ShouldBe("NorthPump");
        (await FindAsync(("thingTemplates", """{"items":["Timer"]}"""))).ShouldBe("SouthPump");
        (await FindAsync(("thingTemplates", """{"items":["GenericThing"]}"""), ("aspects", UsersOwn))).ShouldBe("NorthPump SouthPump");
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn), ("startDate", _time.GetUtcNow()))).ShouldBe("SouthPump");
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn), ("endDate", _time.GetUtcNow() - TimeSpan.FromMinutes(1)))).ShouldBe("NorthPump");
        (await FindAsync(("excludedAspects", """{"isSystemObject":true}"""), ("types", """["Thing"]"""))).ShouldBe("NorthPump SouthPump");
        (await FindAsync(("searchExpression", "SearchFunctions"), ("aspects", """{"isEditable":false}"""))).ShouldBe("SearchFunctions");
    }

    [Fact]
    public async Task Rows_are_sorted_and_limited_and_tell_what_was_found()
    {
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn), ("isAscending", false))).ShouldBe("SouthPump NorthPump");
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn), ("sortBy", "lastModifiedDate"), ("isAscending", false), ("maxItems", 1))).ShouldBe("SouthPump");
        (await FindAsync(("types", """["Thing"]"""), ("aspects", UsersOwn), ("maxSearchItems", 2))).ShouldBe("NorthPump");
        var row = (await _platform.CallAsync(Search, "SpotlightSearch", ("searchExpression", "SouthPump"), ("withPermissions", true))).AsTable()!;
        row[0, "type"].ToString().ShouldBe("Thing");
        row[0, "parentName"].ToString().ShouldBe("Timer");
        row[0, "parentType"].ToString().ShouldBe("ThingTemplate");
        row[0, "lastModifiedDate"].ShouldBe(Value.DateTime(_time.GetUtcNow()));
        row[0, "id"].ToString().ShouldBe(_platform.Thing("SouthPump").Definition.Id.ToString());
        row[0, "isSystemObject"].AsBoolean().ShouldBeFalse();
        row[0, "isEditable"].AsBoolean().ShouldBeTrue();
        row[0, "delete"].AsBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_finds_what_he_can_see_and_learns_what_he_may_do()
    {
        await _platform.MakeUserAsync("ann");
        (await _platform.InvokeAsync("ann", Search, "SpotlightSearch", ("searchExpression", "pump"))).AsTable()!.RowCount.ShouldBe(0);
        await _platform.ShowAsync("Things/NorthPump");
        await _platform.AllowAsync("Things/NorthPump", "ann", Permission.Update);
        var found = (await _platform.InvokeAsync("ann", Search, "SpotlightSearch", ("searchExpression", "pump"), ("withPermissions", true))).AsTable()!;
        found.Column("name").ShouldBe(["NorthPump"]);
        found[0, "read"].AsBoolean().ShouldBeFalse();
        found[0, "update"].AsBoolean().ShouldBeTrue();
        (await _platform.InvokeAsync("ann", Search, "SpotlightSearch", ("searchExpression", "pump"))).AsTable()![0, "update"].IsNull.ShouldBeTrue();
    }

    [Theory]
    [InlineData("types", """{"items":["Nonsense"]}""", "Nonsense")]
    [InlineData("types", """{"items":[5]}""", "types")]
    [InlineData("types", """{"items":""", "types")]
    [InlineData("aspects", """{"isGreen":true}""", "isSystemObject")]
    [InlineData("aspects", """{"isSystemObject":"maybe"}""", "aspects")]
    [InlineData("sortBy", "colour", "lastModifiedDate")]
    public async Task What_cannot_be_sought_is_refused_with_what_can(string parameter, string value, string told)
    {
        var refusal = await _platform.RefusedAsync("Administrator", Search, "SpotlightSearch", (parameter, value));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain(told);
    }

    private async Task<string> FindAsync(params (string Name, object? Value)[] arguments) =>
        string.Join(' ', (await _platform.CallAsync(Search, "SpotlightSearch", arguments)).Column("name"));

    private Task MakeAsync(string name, string template, string description, string tags, string project) => _platform.CallAsync(
        "Resources/EntityServices", "CreateThing", ("name", name), ("thingTemplateName", template), ("description", description), ("tags", tags), ("projectName", project));
}
