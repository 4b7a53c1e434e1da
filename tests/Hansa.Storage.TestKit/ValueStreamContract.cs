using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every store of value streams must do: values of every kind, ties of time, histories, purges, ids that never come again.</summary>
public abstract class ValueStreamContract : StorageContract
{
    public static TheoryData<string> Kinds => [.. HistoryTypes.All.Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_value_is_read_as_it_was_written(string word)
    {
        var kind = HistoryTypes.All.First(kind => kind.Name == word).Type;
        var stream = await NewValueStreamAsync();
        Value[] values = [Example(kind), default];
        await ValueStreams.AppendAsync(stream, [.. values.Select((value, i) => new HistoryEntry("p", "Pump", 1000 + i, false, kind, value, "GOOD"))], Token);
        await RestartAsync();
        var rows = await ValueStreams.QueryAsync(stream, new(kind, 10) { Property = "p", Source = "Pump", OldestFirst = true, WithOrigin = true }, Token);
        rows.Shape.Fields.Select(field => field.Name).ShouldBe(["id", "timestamp", "value", "name", "source", "quality"]);
        Enumerable.Range(0, 2).Select(row => rows[row, "value"]).ShouldBe(values);
        (rows[0, "id"], rows[1, "timestamp"], rows[0, "name"], rows[0, "source"], rows[0, "quality"])
            .ShouldBe((Value.String("1"), Value.DateTime(1001), Value.String("p"), Value.String("Pump"), Value.String("GOOD")));
    }

    [Fact]
    public async Task A_given_time_replaces_and_an_assigned_one_never_does()
    {
        var stream = await NewValueStreamAsync();
        await AddAsync(stream, (1000, 1, false), (1000, 2, false), (1000, 3, true), (1000, 4, true), (1000, 5, false));
        (await ReadAsync(stream)).ShouldBe([(1, 5), (3, 3), (4, 4)]);
    }

    [Fact]
    public async Task Ids_never_come_again()
    {
        var stream = await NewValueStreamAsync();
        await AddAsync(stream, (1, 1, false), (2, 2, false));
        (await ValueStreams.DeleteAsync(stream, 2, Token)).ShouldBeTrue();
        (await ValueStreams.DeleteAsync(stream, 2, Token)).ShouldBeFalse();
        await RestartAsync();
        await AddAsync(stream, (3, 3, false));
        (await ReadAsync(stream)).ShouldBe([(1, 1), (3, 3)]);
        (await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 1) { EntryId = 3 }, Token))[0, "value"].ShouldBe(Value.Number(3));
    }

    [Fact]
    public async Task A_purge_takes_what_it_names_and_nothing_else()
    {
        var stream = await NewValueStreamAsync();
        HistoryEntry[] entries = [.. from property in new[] { "a", "b", "" }
                                     from source in new[] { "X", "Y" }
                                     from time in Enumerable.Range(0, 10)
                                     select new HistoryEntry(property == "" ? "c" : property, source, time, false, BaseType.NUMBER, Value.Number(time), "GOOD")];
        await ValueStreams.AppendAsync(stream, entries, Token);
        (await ValueStreams.PurgeAsync(stream, "a", "X", 3, 5, Token)).ShouldBe(3);
        (await ValueStreams.PurgeAsync(stream, "b", null, null, null, Token)).ShouldBe(20);
        (await ValueStreams.PurgeAsync(stream, null, "Y", 8, null, Token)).ShouldBe(4);
        (await ValueStreams.PurgeAsync(stream, "none", "X", null, null, Token)).ShouldBe(0);
        (await ValueStreams.CountAsync(stream, Token)).ShouldBe(33);
        (await ValueStreams.TrimAsync(stream, 5, Token)).ShouldBe(28);
        (await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 100) { OldestFirst = true }, Token)).RowCount.ShouldBe(5);
        (await ValueStreams.PurgeAsync(stream, null, null, null, null, Token)).ShouldBe(5);
        (await ValueStreams.CountAsync(stream, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Pages_give_every_value_once_whatever_comes_and_goes()
    {
        var stream = await NewValueStreamAsync();
        await AddAsync(stream, [.. Enumerable.Range(0, 40).Select(i => ((long)(i / 4), (double)i, true))]);
        foreach (var request in new[] { new HistoryQuery(BaseType.NUMBER, 7) { Property = "p", Source = "Pump" }, new HistoryQuery(BaseType.NUMBER, 7) { OldestFirst = true } })
        {
            var seen = new List<double>();
            string? cursor = null;
            do
            {
                var page = await ValueStreams.QueryPageAsync(stream, request, cursor, Token);
                seen.AddRange(Enumerable.Range(0, page.Rows.RowCount).Select(row => page.Rows[row, "value"].AsNumber()));
                cursor = page.Next;
            }
            while (cursor is not null);
            seen.ShouldBe(request.OldestFirst ? Enumerable.Range(0, 40).Select(i => (double)i) : Enumerable.Range(0, 40).Reverse().Select(i => (double)i));
        }
    }

    [Fact]
    public async Task A_query_is_answered_as_in_memory()
    {
        var stream = await NewValueStreamAsync();
        await AddAsync(stream, [.. Enumerable.Range(0, 20).Select(i => ((long)i, i % 7 * 1.5, false))]);
        var query = Query.Parse("""{"filters":{"type":"OR","filters":[{"type":"GT","fieldName":"value","value":5},{"type":"EQ","fieldName":"id","value":"4"}]},"sorts":[{"fieldName":"value","isAscending":true}]}""");
        var all = await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 100), Token);
        var found = await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 100) { Query = query }, Token);
        found.ShouldBe(query.Bind(all.Shape).Run(all));
        (await ValueStreams.QueryAsync(stream, new(BaseType.STRING, 100), Token)).RowCount.ShouldBe(0, "numbers are no texts");
        (await ValueStreams.QueryAsync(stream, new(BaseType.INTEGER, 1) { OldestFirst = true, Start = 3 }, Token))[0, "value"].ShouldBe(Value.Integer(4));
        (await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 100) { Quality = "bad" }, Token)).RowCount.ShouldBe(0);
    }

    private static Value Example(BaseType kind) => kind switch
    {
        BaseType.BOOLEAN => Value.Boolean(true),
        BaseType.INTEGER => Value.Integer(int.MinValue),
        BaseType.LONG => Value.Long(long.MaxValue),
        BaseType.NUMBER => Value.Number(double.NaN),
        BaseType.STRING => Value.String("Größe 😀"),
        BaseType.DATETIME => Value.DateTime(-1),
        BaseType.LOCATION => Value.Location(new(13.4, 52.5, 34)),
        BaseType.IMAGE => Value.Bytes([0, 255, 0], BaseType.IMAGE),
        BaseType.INFOTABLE => Value.Table(InfoTable.Single(("n", BaseType.NUMBER, Value.Number(1)), ("s", BaseType.STRING, Value.String("x")))),
        BaseType.THINGCODE => Coercion.To(Value.String("1:2"), BaseType.THINGCODE, "p"),
        _ => Value.Vector(kind == BaseType.VEC2 ? new(1, 2, 0, 0) : kind == BaseType.VEC3 ? new(1, 2, 3, 0) : new(1, 2, 3, 4), kind),
    };

    private async Task<Guid> NewValueStreamAsync()
    {
        var stream = Guid.NewGuid();
        await ValueStreams.EnsureAsync(stream, "Values", Token);
        return stream;
    }

    private Task AddAsync(Guid stream, params (long Time, double Value, bool IsAssigned)[] values) =>
        ValueStreams.AppendAsync(stream, [.. values.Select(v => new HistoryEntry("p", "Pump", v.Time, v.IsAssigned, BaseType.NUMBER, Value.Number(v.Value), "GOOD"))], Token);

    private async Task<(int, double)[]> ReadAsync(Guid stream)
    {
        var rows = await ValueStreams.QueryAsync(stream, new(BaseType.NUMBER, 100) { OldestFirst = true }, Token);
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => (int.Parse(rows[row, "id"].ToString(), null), rows[row, "value"].AsNumber()))];
    }
}
