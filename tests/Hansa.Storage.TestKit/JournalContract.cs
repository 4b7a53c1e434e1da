using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every provider's journals must do.</summary>
public abstract class JournalContract : StorageContract
{
    private IJournal Log => Storage.Journals.Log("ApplicationLog");

    [Fact]
    public async Task Rows_are_found_by_time_and_filter_newest_first_and_survive_a_restart()
    {
        await Log.AppendAsync([Line(10, "INFO", "one"), Line(20, "WARN", "two"), Line(30, "INFO", "three")], Token);
        await RestartAsync();
        (await ReadAsync(new(10))).ShouldBe(["three", "two", "one"]);
        (await ReadAsync(new(10) { OldestFirst = true, Start = 20 })).ShouldBe(["two", "three"]);
        (await ReadAsync(new(10) { End = 20 })).ShouldBe(["two", "one"]);
        (await ReadAsync(new(1))).ShouldBe(["three"]);
        (await ReadAsync(new(10) { Query = Query.Parse("""{"filters":{"type":"EQ","fieldName":"level","value":"INFO"},"sorts":[{"fieldName":"content"}]}""") })).ShouldBe(["one", "three"]);
    }

    [Fact]
    public async Task Rows_of_one_millisecond_keep_the_order_in_which_they_were_added()
    {
        await Log.AppendAsync([.. Enumerable.Range(0, 5).Select(i => Line(7, "INFO", $"{i}"))], Token);
        (await ReadAsync(new(10) { OldestFirst = true })).ShouldBe(["0", "1", "2", "3", "4"]);
        (await ReadAsync(new(10))).ShouldBe(["4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task Journals_do_not_see_one_another()
    {
        await Log.AppendAsync([Line(1, "INFO", "mine")], Token);
        var other = Storage.Journals.Log("ScriptLog");
        (await other.QueryAsync(new(10), Token)).RowCount.ShouldBe(0);
        (await other.PurgeAsync(null, null, Token)).ShouldBe(0);
        (await ReadAsync(new(10))).ShouldBe(["mine"]);
    }

    [Fact]
    public async Task A_purge_takes_a_span_and_a_trim_leaves_the_newest()
    {
        await Log.AppendAsync([.. Enumerable.Range(0, 2_500).Select(i => Line(i, "INFO", $"{i}"))], Token);
        (await Log.PurgeAsync(100, 199, Token)).ShouldBe(100);
        (await Log.TrimAsync(3, Token)).ShouldBe(2_397);
        (await ReadAsync(new(10))).ShouldBe(["2499", "2498", "2497"]);
        (await Log.TrimAsync(3, Token)).ShouldBe(0);
        (await Log.PurgeAsync(null, 2_498, Token)).ShouldBe(2);
        (await Log.TrimAsync(0, Token)).ShouldBe(1);
        (await ReadAsync(new(10))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_filter_on_a_column_that_is_not_there_is_refused()
    {
        var query = new JournalQuery(10) { Query = Query.Parse("""{"filters":{"type":"EQ","fieldName":"password","value":"x"}}""") };
        (await Should.ThrowAsync<PlatformException>(() => Log.QueryAsync(query, Token))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    [Fact]
    public async Task The_audit_keeps_its_own_columns()
    {
        await Storage.Journals.Audit.AppendAsync(
            [[Value.DateTime(5), Value.String("SignIn"), Value.String("ann signed in."), Value.String("ann"), Value.String("User"), Value.String("ann")]], Token);
        var rows = await Storage.Journals.Audit.QueryAsync(new(10), Token);
        rows.Shape.ShouldBe(JournalShapes.AuditEntry);
        rows[0, "timestamp"].ShouldBe(Value.DateTime(5));
        rows[0, "message"].ToString().ShouldBe("ann signed in.");
    }

    private static Value[] Line(long time, string level, string content) =>
        [Value.DateTime(time), Value.String(level), Value.String("here"), Value.String(content), .. Enumerable.Repeat(Value.String(""), 5)];

    private async Task<IEnumerable<string>> ReadAsync(JournalQuery query)
    {
        var rows = await Log.QueryAsync(query, Token);
        return Enumerable.Range(0, rows.RowCount).Select(row => rows[row, "content"].ToString());
    }
}
