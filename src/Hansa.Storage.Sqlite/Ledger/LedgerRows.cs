using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>The ledger within the transaction of the write that it counts: either both are on disk, or neither.</summary>
internal static class LedgerRows
{
    private const string FindLane = "SELECT applied, outcomes FROM ledger_lane WHERE sender = ?1 AND thing = ?2";
    private const string FindOutcome = "SELECT code, text, result FROM ledger_outcome WHERE sender = ?1 AND thing = ?2 AND number = ?3";
    private const string Raise = "INSERT INTO ledger_sender VALUES (?1, ?2) ON CONFLICT (sender) DO UPDATE SET highest = max(highest, excluded.highest)";
    private const string DeleteOutcomes = "DELETE FROM ledger_outcome WHERE sender = ?1 AND thing = ?2 AND number <= ?3";
    private const string PutOutcome = "INSERT INTO ledger_outcome VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING";
    private const string CountOutcome = "UPDATE ledger_lane SET outcomes = outcomes + 1 WHERE sender = ?1 AND thing = ?2";

    private const string Put =
        "INSERT INTO ledger_lane VALUES (?1, ?2, ?3, ?4) ON CONFLICT (sender, thing) DO UPDATE SET applied = excluded.applied, outcomes = excluded.outcomes";

    /// <summary>A write of data, with the mark of the call that it is part of.</summary>
    public static Func<SqliteWriter, TResult> Marked<TResult>(Func<SqliteWriter, TResult> write) => LaneMark.Take() is not { } mark ? write : writer =>
    {
        var outcomes = Enter(writer.Database, mark);
        var result = write(writer);
        Apply(writer.Database, mark, LaneOutcome.Done, outcomes);
        return result;
    };

    /// <summary>Counts a write without data.</summary>
    public static void Note(Database database, LaneMark mark, LaneOutcome outcome) => Apply(database, mark, outcome, Enter(database, mark));

    /// <summary>Keeps the result of a write that was applied.</summary>
    public static void Keep(Database database, LaneMark mark, LaneOutcome outcome)
    {
        if (PutRow(database, mark, outcome))
            Command.Run(database, CountOutcome, Value.String(mark.Sender), Value.String(mark.Thing.ToString()));
    }

    /// <summary>The answer to a number that was applied; null where it was not.</summary>
    public static LaneOutcome? Find(Database database, string sender, Guid thing, long number) =>
        Lane(database, sender, thing) is var lane && lane.Applied >= number ? Outcome(database, sender, thing, number) : null;

    /// <summary>Notes a number of a sender.</summary>
    public static void Probe(Database database, string sender, long number) => Command.Run(database, Raise, Value.String(sender), Value.Long(number));

    // A lane's writes are applied in their order and each once, whatever order they come in: this is the one place that sees to it.
    private static long Enter(Database database, LaneMark mark)
    {
        var (applied, outcomes) = Lane(database, mark.Sender, mark.Thing);
        if (mark.Number <= applied)
            throw LaneException.Copy(Outcome(database, mark.Sender, mark.Thing, mark.Number), applied);
        if (mark.Previous > applied)
            throw LaneException.Gap(mark.Previous, applied);
        return outcomes;
    }

    private static void Apply(Database database, LaneMark mark, LaneOutcome outcome, long outcomes)
    {
        var (sender, thing) = (Value.String(mark.Sender), Value.String(mark.Thing.ToString()));
        if (outcomes > 0)
            outcomes -= Command.Run(database, DeleteOutcomes, sender, thing, Value.Long(mark.Settled));
        if (!outcome.IsPlain && PutRow(database, mark, outcome))
            outcomes++;
        Command.Run(database, Put, sender, thing, Value.Long(mark.Number), Value.Long(outcomes));
        Command.Run(database, Raise, sender, Value.Long(mark.Number));
    }

    private static (long Applied, long Outcomes) Lane(Database database, string sender, Guid thing)
    {
        var find = database.Prepare(FindLane);
        try
        {
            find.Bind(1, sender);
            find.Bind(2, thing.ToString());
            return find.Step() ? (find.Integer(0), find.Integer(1)) : (0, 0);
        }
        finally
        {
            find.Reset();
        }
    }

    private static LaneOutcome Outcome(Database database, string sender, Guid thing, long number)
    {
        var find = database.Prepare(FindOutcome);
        try
        {
            find.Bind(1, sender);
            find.Bind(2, thing.ToString());
            find.Bind(3, number);
            if (!find.Step())
                return LaneOutcome.Done;
            var text = find.Text(1);
            return new((byte)find.Integer(0), text.Length == 0 ? null : text, find.Bytes(2) is { IsEmpty: false } result ? ValueEncoding.Read(result).AsTable() : null);
        }
        finally
        {
            find.Reset();
        }
    }

    private static bool PutRow(Database database, LaneMark mark, LaneOutcome outcome)
    {
        var put = database.Prepare(PutOutcome);
        try
        {
            put.Bind(1, mark.Sender);
            put.Bind(2, mark.Thing.ToString());
            put.Bind(3, mark.Number);
            put.Bind(4, outcome.Code);
            put.Bind(5, outcome.Text ?? "");
            if (outcome.Result is { } table && ValueEncoding.ToBytes(Value.Table(table)) is { Length: <= LaneOutcome.MaxResultBytes } bytes)
                put.Bind(6, bytes.AsSpan());
            else
                put.BindNull(6);
            put.Step();
            return database.Changes > 0;
        }
        finally
        {
            put.Reset();
        }
    }
}
