using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every stream store must do, queries aside (<see cref="StreamQueryContract"/>).</summary>
public abstract class StreamStoreContract : StorageContract
{
    private static readonly DataShape Shape = DataShape.Of(("a", BaseType.NUMBER), ("b", BaseType.STRING));

    [Fact]
    public async Task An_entry_is_read_as_it_was_written()
    {
        var stream = await NewStreamAsync(Shape);
        var entry = new StreamEntry(1_700_000_000_123, false, "Pump", "Thing", "Plant:North;Plant:Old", new(13.4, 52.5, 34), new[] { Value.Number(1.5), Value.String("x") });
        (await Streams.AppendAsync(stream, Shape, [entry], Token)).ShouldBe(0);

        var table = await ReadAllAsync(stream, Shape);

        table.Shape.Fields.Select(f => f.Name).ShouldBe(["id", "timestamp", "source", "sourceType", "location", "tags", "a", "b"]);
        table.RowCount.ShouldBe(1);
        table.Row(0).ToArray().ShouldBe([
            Value.String("1"), Value.DateTime(1_700_000_000_123), Value.String("Pump"), Value.String("Thing"), Value.Location(new(13.4, 52.5, 34)),
            Value.Text("Plant:North;Plant:Old", BaseType.TAGS), Value.Number(1.5), Value.String("x")]);
    }

    [Fact]
    public async Task The_oldest_entries_beyond_a_number_go()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, 2500).Select(i => Assigned(i / 2, "s", Value.Number(i), Value.Null))], Token);

        (await Streams.TrimAsync(stream, 101, Token)).ShouldBe(2399);

        var table = await ReadAllAsync(stream, Shape);
        Enumerable.Range(0, table.RowCount).Select(row => (int)table[row, "a"].AsNumber()).ShouldBe(Enumerable.Range(2399, 101));
        (await Streams.TrimAsync(stream, 101, Token)).ShouldBe(0);
    }

    [Theory]
    [InlineData(StreamColumns.Entries, "id,timestamp,source,sourceType,location,tags")]
    [InlineData(StreamColumns.Data, "a,b,timestamp")]
    [InlineData(StreamColumns.EntriesWithData, "id,timestamp,source,sourceType,location,tags,a,b")]
    public async Task Columns_are_those_that_were_asked_for(StreamColumns columns, string names)
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(5, "s", Value.Number(1), Value.Null)], Token);

        var table = await Streams.QueryAsync(stream, new(Shape, columns, 10), Token);

        string.Join(',', table.Shape.Fields.Select(f => f.Name)).ShouldBe(names);
        table[0, "timestamp"].ShouldBe(Value.DateTime(5));
    }

    [Fact]
    public async Task A_given_time_and_source_overwrite_the_whole_entry_and_keep_its_id()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Number(1), Value.String("old")), Given(2, "s", Value.Number(2), Value.Null)], Token);

        (await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Number(9), Value.Null)], Token)).ShouldBe(1);

        var table = await ReadAllAsync(stream, Shape);
        table.RowCount.ShouldBe(2);
        table[0, "id"].ShouldBe(Value.String("1"));
        table[0, "a"].ShouldBe(Value.Number(9));
        table[0, "b"].IsNull.ShouldBeTrue();
        Storage.Metrics.OverwrittenEntries.ShouldBe(1);
    }

    [Fact]
    public async Task Within_one_append_the_last_of_one_time_and_source_wins()
    {
        var stream = await NewStreamAsync(Shape);

        (await Streams.AppendAsync(stream, Shape,
            [Given(1, "s", Value.Number(1), Value.Null), Given(1, "t", Value.Number(2), Value.Null), Given(1, "s", Value.Number(3), Value.Null)], Token)).ShouldBe(1);

        var table = await ReadAllAsync(stream, Shape);
        table.RowCount.ShouldBe(2);
        table[0, "a"].ShouldBe(Value.Number(3));
    }

    [Fact]
    public async Task An_assigned_time_overwrites_nothing_and_is_overwritten_by_nothing()
    {
        var stream = await NewStreamAsync(Shape);

        for (var i = 0; i < 2; i++)
            (await Streams.AppendAsync(stream, Shape, [Assigned(1, "s", Value.Number(i), Value.Null), Assigned(1, "s", Value.Number(i), Value.Null)], Token)).ShouldBe(0);
        (await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Number(7), Value.Null)], Token)).ShouldBe(0);

        (await Streams.CountAsync(stream, Token)).ShouldBe(5);
    }

    [Fact]
    public async Task Ids_count_up_and_never_come_again_not_even_after_a_restart()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Null, Value.Null), Given(2, "s", Value.Null, Value.Null)], Token);
        (await Streams.DeleteAsync(stream, 2, Token)).ShouldBeTrue();
        (await Streams.DeleteAsync(stream, 2, Token)).ShouldBeFalse();

        await RestartAsync();
        await Streams.AppendAsync(stream, Shape, [Given(3, "s", Value.Null, Value.Null)], Token);
        await Streams.PurgeAsync(stream, null, null, Token);
        await RestartAsync();
        await Streams.AppendAsync(stream, Shape, [Given(4, "s", Value.Null, Value.Null)], Token);

        var table = await ReadAllAsync(stream, Shape);
        table.RowCount.ShouldBe(1);
        table[0, "id"].ShouldBe(Value.String("4"));
    }

    [Fact]
    public async Task An_update_keeps_what_it_does_not_name_and_clears_by_null()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape,
            [Given(1, "s", Value.Number(1), Value.String("x")) with { Tags = "V:T", Location = new(1, 2, 3) }], Token);

        var onlyA = DataShape.Of(("a", BaseType.NUMBER));
        (await Streams.UpdateAsync(stream, 1, new(onlyA, new[] { Value.Null }, Tags: null, Location: null), Token)).ShouldBeTrue();
        var table = await ReadAllAsync(stream, Shape);
        table[0, "a"].IsNull.ShouldBeTrue();
        table[0, "b"].ShouldBe(Value.String("x"));
        table[0, "tags"].ShouldBe(Value.Text("V:T", BaseType.TAGS));
        table[0, "location"].ShouldBe(Value.Location(new(1, 2, 3)));

        (await Streams.UpdateAsync(stream, 1, new(onlyA, new[] { Value.Number(5) }, Tags: "", Location: new(4, 5, 6)), Token)).ShouldBeTrue();
        table = await ReadAllAsync(stream, Shape);
        table[0, "a"].ShouldBe(Value.Number(5));
        table[0, "tags"].IsNull.ShouldBeTrue();
        table[0, "location"].ShouldBe(Value.Location(new(4, 5, 6)));

        (await Streams.UpdateAsync(stream, 1, new(DataShape.Empty, default, null, null), Token)).ShouldBeTrue();
        (await Streams.UpdateAsync(stream, 99, new(onlyA, new[] { Value.Null }, null, null), Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_purge_deletes_both_ends_of_its_span_and_nothing_else()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, 5000).Select(i => Given(i, "s", Value.Number(i), Value.Null))], Token);

        (await Streams.PurgeAsync(stream, 10, 3999, Token)).ShouldBe(3990);
        (await Streams.CountAsync(stream, Token)).ShouldBe(1010);
        (await Streams.PurgeAsync(stream, null, 4, Token)).ShouldBe(5);
        (await Streams.PurgeAsync(stream, 4999, null, Token)).ShouldBe(1);

        var table = await ReadAllAsync(stream, Shape);
        table[0, "timestamp"].ShouldBe(Value.DateTime(5));
        table[table.RowCount - 1, "timestamp"].ShouldBe(Value.DateTime(4998));
    }

    [Fact]
    public async Task A_purge_that_was_stopped_goes_on_when_it_is_asked_again()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, 5000).Select(i => Given(i, "s", Value.Number(i), Value.Null))], Token);
        using var stop = new CancellationTokenSource();
        var purge = Streams.PurgeAsync(stream, null, null, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(purge);

        await RestartAsync();
        await Streams.PurgeAsync(stream, null, null, Token);

        (await Streams.CountAsync(stream, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_shape_gains_and_loses_fields_and_old_rows_still_read()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Number(1), Value.String("old"))], Token);

        var grown = DataShape.Of(("a", BaseType.NUMBER), ("c", BaseType.LOCATION));
        await Streams.EnsureAsync(stream, "Data", grown, Token);
        await Streams.AppendAsync(stream, grown, [Given(2, "s", Value.Number(2), Value.Location(new(1, 2, 3)))], Token);
        var table = await ReadAllAsync(stream, grown);
        table[0, "c"].IsNull.ShouldBeTrue();
        table[1, "c"].ShouldBe(Value.Location(new(1, 2, 3)));

        await RestartAsync();
        await Streams.EnsureAsync(stream, "Data", Shape, Token);
        table = await ReadAllAsync(stream, Shape);
        table[0, "b"].ShouldBe(Value.String("old"));
        table[1, "b"].IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task A_changed_base_type_is_a_new_column_and_the_old_values_come_back_with_the_old_type()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Number(1), Value.String("old"))], Token);

        var changed = DataShape.Of(("a", BaseType.STRING), ("b", BaseType.STRING));
        await Streams.EnsureAsync(stream, "Data", changed, Token);
        await Streams.AppendAsync(stream, changed, [Given(2, "s", Value.String("two"), Value.String("new"))], Token);

        var table = await ReadAllAsync(stream, changed);
        table[0, "a"].IsNull.ShouldBeTrue();
        table[1, "a"].ShouldBe(Value.String("two"));
        (await ReadAllAsync(stream, Shape))[0, "a"].ShouldBe(Value.Number(1));
    }

    [Fact]
    public async Task Fields_may_have_any_name()
    {
        var names = new[] { "a", "A", "_id", "_x", "select", "with \"quotes\"", "a b", "ünï😀", "id", "key", "a_latitude", "x~2", "X", "x", "tab\tin", "'; DROP TABLE stream; --", "" };
        var shape = new DataShape([.. names.Select((name, i) => new FieldDefinition(name, BaseType.STRING, Ordinal: i)), new FieldDefinition("place", BaseType.LOCATION), new FieldDefinition("place_latitude", BaseType.NUMBER)]);
        var stream = await NewStreamAsync(shape);
        var values = names.Select(Value.String).Append(Value.Location(new(1, 2, 3))).Append(Value.Number(8)).ToArray();
        await Streams.AppendAsync(stream, shape, [Given(1, "s", values)], Token);

        await RestartAsync();
        var table = await Streams.QueryAsync(stream, new(shape, StreamColumns.Data, 10), Token);

        table.Row(0)[..^1].ToArray().ShouldBe(values);
    }

    [Fact]
    public async Task Over_1900_fields_are_refused_and_the_stream_goes_on()
    {
        var stream = await NewStreamAsync(Shape);
        var wide = new DataShape(Enumerable.Range(0, 1901).Select(i => new FieldDefinition($"f{i}", BaseType.NUMBER)));

        var error = await Should.ThrowAsync<PlatformException>(Streams.EnsureAsync(stream, "Data", wide, Token));

        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain("1900");
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.Null, Value.Null)], Token);
        (await Streams.CountAsync(stream, Token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_value_is_turned_into_its_fields_type_or_refused_by_name()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.String("1.5"), Value.Integer(7))], Token);
        var table = await ReadAllAsync(stream, Shape);
        table[0, "a"].ShouldBe(Value.Number(1.5));
        table[0, "b"].ShouldBe(Value.String("7"));

        var error = await Should.ThrowAsync<PlatformException>(Streams.AppendAsync(stream, Shape, [Given(1, "s", Value.String("one"), Value.Null)], Token));
        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain("'a'");
    }

    [Fact]
    public async Task An_unknown_stream_is_not_found()
    {
        (await Should.ThrowAsync<PlatformException>(Streams.CountAsync(Guid.NewGuid(), Token))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_dropped_stream_is_gone_at_once_and_a_new_one_of_the_name_is_empty()
    {
        var stream = await NewStreamAsync(Shape);
        await Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, 3000).Select(i => Given(i, "s", Value.Null, Value.Null))], Token);

        await Streams.DropAsync(stream, Token);
        await Streams.DropAsync(stream, Token);

        (await Should.ThrowAsync<PlatformException>(Streams.CountAsync(stream, Token))).Code.ShouldBe(ErrorCode.NotFound);
        await Streams.EnsureAsync(stream, "Data", Shape, Token);
        (await Streams.CountAsync(stream, Token)).ShouldBe(0);
        await RestartAsync();
        (await Streams.CountAsync(stream, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task Streams_ensured_side_by_side_do_not_disturb_each_other()
    {
        var streams = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        await Task.WhenAll(streams.SelectMany(stream => Enumerable.Range(0, 3).Select(_ => Streams.EnsureAsync(stream, "Same name", Shape, Token))));
        await Task.WhenAll(streams.Select((stream, i) =>
            Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, i).Select(t => Given(t, "s", Value.Null, Value.Null))], Token)));

        for (var i = 0; i < streams.Count; i++)
            (await Streams.CountAsync(streams[i], Token)).ShouldBe(i);
    }
}
