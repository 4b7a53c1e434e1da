using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Scripts;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Runtime.Tests.Scripts;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.InfoTables;

public sealed class InfoTableFunctionTests(InfoTablePlatform platform) : IClassFixture<InfoTablePlatform>
{
    public static TheoryData<string> Sentences => [.. InfoTableCase.All.Select(given => given.Sentence)];

    private static IEnumerable<MethodInfo> Functions =>
        typeof(InfoTableFunctionsResource).GetMethods().Where(method => method.GetCustomAttribute<ServiceAttribute>() is not null);

    [Theory, MemberData(nameof(Sentences))]
    public async Task Every_function_does_what_is_said(string sentence)
    {
        var given = InfoTableCase.All.Single(given => given.Sentence == sentence);
        if (given.Expected.StartsWith('!'))
        {
            (await platform.RefusedAsync(given.Service, given.Arguments)).Message.ShouldContain(given.Expected[1..], Case.Insensitive);
            return;
        }

        var result = await platform.CallAsync(given.Service, given.Arguments);
        if (given.Expected.StartsWith("ids ", StringComparison.Ordinal))
            string.Concat(result.Column("id")).ShouldBe(given.Expected[4..]);
        else if (given.Expected.StartsWith("of ", StringComparison.Ordinal))
            Only(result, given.Expected.Split(' ', 3)[1].Split(',')).ShouldBe(given.Expected.Split(' ', 3)[2]);
        else
            InfoTablePlatform.Rows(result).ShouldBe(given.Expected);
    }

    [Fact]
    public void Every_function_has_a_case_that_works_but_ToJSON_which_gives_no_table()
    {
        var working = InfoTableCase.All.Where(given => !given.Expected.StartsWith('!')).Select(given => given.Service).ToHashSet();
        Functions.Select(function => function.Name).Where(name => name != "ToJSON" && !working.Contains(name)).ShouldBeEmpty();
        // A misspelt parameter would be passed over in silence.
        foreach (var given in InfoTableCase.All)
            given.Arguments.Select(argument => argument.Name).ShouldBeSubsetOf(Functions.Single(function => function.Name == given.Service).GetParameters().Select(parameter => parameter.Name!));
    }

    [Fact]
    public async Task Every_function_has_an_example_on_its_page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Hansa.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Hansa.slnx is in no folder above the tests.");
        var page = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "docs", "infotable-functions.md"), TestContext.Current.CancellationToken);
        Functions.Select(function => function.Name).Where(name => !page.Contains($"/Services/{name} ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_table_is_written_as_JSON_and_read_back()
    {
        var table = InfoTable.Single(("a", BaseType.NUMBER, Value.Number(1)), ("at", BaseType.DATETIME, Value.DateTime(5)));
        var json = await platform.Platform.InvokeAsync("bob", InfoTablePlatform.Resource, "ToJSON", ("table", table));
        json.BaseType.ShouldBe(BaseType.JSON);
        (await platform.CallAsync("FromJSON", ("json", json))).ShouldBe(table);
    }

    [Theory]
    [InlineData("SMOOTH", "timestamp DATETIME, v NUMBER")]
    [InlineData("MAX", "timestamp DATETIME, v INTEGER")]
    public async Task An_interpolated_column_keeps_its_type_where_its_values_do(string stats, string fields)
    {
        var table = Tables.Of([("timestamp", BaseType.DATETIME), ("v", BaseType.INTEGER)], [DateTimeOffset.UnixEpoch, 1]);
        InfoTablePlatform.Fields(await platform.CallAsync("Interpolate", ("t", table), ("columns", "v"), ("count", 1), ("stats", stats))).ShouldBe(fields);
    }

    [Fact]
    public async Task Aggregates_have_their_types()
    {
        var table = Tables.Of([("at", BaseType.DATETIME), ("n", BaseType.INTEGER)], [DateTimeOffset.UnixEpoch, 1]);
        InfoTablePlatform.Fields(await platform.CallAsync("Aggregate", ("t", table), ("columns", "at,at,n,n"), ("aggregates", "MAX,COUNT,SUM,AVERAGE"))).ShouldBe(
            "MAX_at DATETIME, COUNT_at INTEGER, SUM_n NUMBER, AVERAGE_n NUMBER");
    }

    [Fact]
    public async Task An_expression_that_does_not_end_is_ended()
    {
        using var scripts = new ScriptRunner(new() { Timeout = TimeSpan.FromMilliseconds(300) });
        var table = Value.Table(Tables.Row(("a", 1)));
        var failure = await Should.ThrowAsync<PlatformException>(() => scripts.Engine.EvaluateAsync(
            "InfoTableFunctions", "DeriveFields", "var result = (function () { for (;;) { } })()", [KeyValuePair.Create("$t", table)], TestContext.Current.CancellationToken).AsTask());
        failure.Code.ShouldBe(ErrorCode.ScriptFailed);
        failure.Message.ShouldContain("InfoTableFunctions.DeriveFields");
    }

    [Fact]
    public async Task A_source_that_came_with_a_call_is_not_kept_on_disk()
    {
        var cache = new Kept();
        using var engine = new JurassicScriptEngine(new() { CachedExpressions = 1 }, TimeProvider.System, cache);
        for (var i = 0; i < 3; i++)
        {
            (await engine.EvaluateAsync("R", "S", $"var result = {i} + x;", [KeyValuePair.Create("x", Value.Number(1))], TestContext.Current.CancellationToken))
                .ShouldBe(Value.Number(i + 1));
        }

        cache.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_script_calls_the_functions_and_derives_fields_on_its_own_thread()
    {
        await platform.Platform.MakeThingAsync("Caller");
        await platform.Platform.AddServiceAsync("Caller", "Total", """
            var table = Resources["InfoTableFunctions"].FromJSON({ json: { rows: [{ a: 1, b: 2 }, { a: 3, b: 4 }] } });
            var derived = Resources["InfoTableFunctions"].DeriveFields({ t: table, types: "NUMBER", columns: "c", expressions: "a * b" });
            var result = Resources["InfoTableFunctions"].Aggregate({ t: derived, columns: "c", aggregates: "SUM" }).SUM_c;
            """);
        (await platform.Platform.CallAsync("Things/Caller", "Total")).ShouldBe(Value.String("14"));
    }

    [Fact]
    public void A_result_has_no_more_cells_than_the_limit_allows()
    {
        var rows = new ResultTable(DataShape.Of(("a", BaseType.STRING), ("b", BaseType.STRING)), new() { MaxRows = 10, MaxCells = 5 });
        rows.AddRow();
        rows.AddRow();
        Should.Throw<PlatformException>(() => { rows.AddRow(); }).Code.ShouldBe(ErrorCode.TooLarge);
    }

    private static string Only(InfoTable table, string[] fields)
    {
        var rows = JsonNode.Parse(InfoTablePlatform.Rows(table))!.AsArray();
        foreach (var row in rows)
        {
            foreach (var name in row!.AsObject().Select(member => member.Key).Except(fields).ToList())
                row.AsObject().Remove(name);
        }

        return rows.ToJsonString(new JsonSerializerOptions { WriteIndented = false });
    }

    private sealed class Kept : IScriptCache
    {
        public int Count { get; private set; }

        public string? Get(string hash) => null;

        public void Put(string hash, string text) => Count++;
    }
}
