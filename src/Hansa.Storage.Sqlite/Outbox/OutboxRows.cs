using System.Security.Cryptography;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Statements of the outbox.</summary>
internal static class OutboxRows
{
    /// <summary>Entries that one commit drops.</summary>
    public const int Slice = 1_000;

    private const int IdBytes = 16;
    private const string Columns = "number, proxy, call, accepted, reason, crc, server, thing";
    private const string Insert = "INSERT INTO entry (server, thing, number, proxy, call, accepted, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    private const string Waiting = $"SELECT {Columns} FROM entry WHERE server = ?1 AND thing = ?2 AND is_parked = 0 AND number > ?3 ORDER BY number LIMIT ?4";
    private const string Refused = $"SELECT {Columns} FROM entry WHERE is_parked = 1 AND (?1 = '' OR proxy = ?1) ORDER BY accepted, number LIMIT ?2";
    private const string Delete = "DELETE FROM entry WHERE server = ?1 AND thing = ?2 AND is_parked = 0 AND number = ?3";
    private const string Park = "UPDATE entry SET is_parked = 1, reason = ?4 WHERE server = ?1 AND thing = ?2 AND is_parked = 0 AND number = ?3";
    private const string FindParked = $"SELECT {Columns} FROM entry WHERE is_parked = 1 AND proxy = ?1 AND number = ?2";
    private const string DeleteParked = "DELETE FROM entry WHERE is_parked = 1 AND proxy = ?1 AND number = ?2";

    private const string DropSome =
        "DELETE FROM entry WHERE server = ?1 AND thing = ?2 AND is_parked = 0 AND number IN (SELECT number FROM entry WHERE server = ?1 AND thing = ?2 AND is_parked = 0 ORDER BY number LIMIT ?3)";

    private const string PutPin =
        "INSERT INTO pin VALUES (?1, ?2, ?3, ?4) ON CONFLICT (proxy) DO UPDATE SET server = excluded.server, thing = excluded.thing, server_name = excluded.server_name";

    private const string Sums = """
        SELECT server, thing, sum(1 - is_parked), sum(iif(is_parked, 0, length(call))), min(iif(is_parked, 9223372036854775807, accepted)), sum(is_parked)
        FROM entry GROUP BY server, thing
        """;

    /// <summary>Counts the start, and gives who this server is.</summary>
    public static (string Id, long Boot) Begin(Database database, long now)
    {
        database.Execute("BEGIN IMMEDIATE");
        if (Command.Texts(database, "SELECT id FROM identity", 1) is null)
            Command.Run(database, "INSERT INTO identity VALUES (?1, 0)", Value.String(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes))));
        Command.Run(database, "UPDATE identity SET boot = max(boot + 1, ?1)", Value.Long(now));
        database.Execute("COMMIT");
        return (Command.Texts(database, "SELECT id FROM identity", 1)![0], database.Scalar("SELECT boot FROM identity"));
    }

    /// <summary>All pins.</summary>
    public static IReadOnlyList<OutboxPin> Pins(Database database) => Read(database, "SELECT proxy, server, thing, server_name FROM pin", static _ => { }, row =>
        new OutboxPin(Guid.Parse(row.Text(0)), new(row.Text(1), Guid.Parse(row.Text(2))), row.Text(3)));

    /// <summary>What waits in each lane.</summary>
    public static IReadOnlyList<OutboxLane> Lanes(Database database) => Read(database, Sums, static _ => { }, row =>
        new OutboxLane(new(row.Text(0), Guid.Parse(row.Text(1))), row.Integer(2), row.Integer(3), row.Integer(2) == 0 ? 0 : row.Integer(4), row.Integer(5)));

    /// <summary>The highest numbers that are known to be stored elsewhere.</summary>
    public static IReadOnlyDictionary<string, long> Proved(Database database) =>
        Read(database, "SELECT server, number FROM proved", static _ => { }, row => (Server: row.Text(0), Number: row.Integer(1))).ToDictionary(row => row.Server, row => row.Number, StringComparer.Ordinal);

    /// <summary>Notes one of them.</summary>
    public static int Prove(Database database, string server, long number) => Command.Run(
        database, "INSERT INTO proved VALUES (?1, ?2) ON CONFLICT (server) DO UPDATE SET number = excluded.number", Value.String(server), Value.Long(number));

    /// <summary>Remembers a pin.</summary>
    public static int Pin(Database database, OutboxPin pin) => Command.Run(
        database, PutPin, Value.String(pin.Proxy.ToString()), Value.String(pin.Lane.Server), Value.String(pin.Lane.Thing.ToString()), Value.String(pin.ServerName));

    /// <summary>Adds an entry.</summary>
    public static int Append(Database database, LaneKey lane, OutboxEntry entry, long crc)
    {
        var insert = database.Prepare(Insert);
        try
        {
            Bind(insert, lane);
            insert.Bind(3, entry.Number);
            insert.Bind(4, entry.Proxy.ToString());
            insert.Bind(5, entry.Call.Span);
            insert.Bind(6, entry.Accepted);
            insert.Bind(7, crc);
            insert.Step();
            return 1;
        }
        finally
        {
            insert.Reset();
        }
    }

    /// <summary>Waiting entries after a number.</summary>
    public static IReadOnlyList<OutboxEntry> Read(Database database, LaneKey lane, long after, int maxItems) => Read(database, Waiting, select =>
    {
        Bind(select, lane);
        select.Bind(3, after);
        select.Bind(4, maxItems);
    }, Entry);

    /// <summary>Refused entries.</summary>
    public static IReadOnlyList<(LaneKey Lane, OutboxEntry Entry)> Parked(Database database, Guid? proxy, int maxItems) => Read(database, Refused, select =>
    {
        select.Bind(1, proxy?.ToString() ?? "");
        select.Bind(2, maxItems);
    }, row => (new LaneKey(row.Text(6), Guid.Parse(row.Text(7))), Entry(row)));

    /// <summary>Deletes what was delivered and parks what was refused.</summary>
    public static int Settle(Database database, LaneKey lane, IReadOnlyList<long> delivered, IReadOnlyList<(long Number, string Reason)> refused)
    {
        var changed = 0;
        foreach (var number in delivered)
            changed += Change(database, Delete, lane, number, null);
        foreach (var (number, reason) in refused)
            changed += Change(database, Park, lane, number, reason);
        return changed;
    }

    /// <summary>Deletes a refused entry and gives what it was.</summary>
    public static OutboxEntry? TakeParked(Database database, Guid proxy, long number)
    {
        void Choose(Statement statement)
        {
            statement.Bind(1, proxy.ToString());
            statement.Bind(2, number);
        }

        if (Read(database, FindParked, Choose, Entry) is not [var entry])
            return null;
        Command.Run(database, DeleteParked, Value.String(proxy.ToString()), Value.Long(number));
        return entry;
    }

    /// <summary>Drops some of the waiting entries of a lane.</summary>
    public static int Drop(Database database, LaneKey lane) =>
        Command.Run(database, DropSome, Value.String(lane.Server), Value.String(lane.Thing.ToString()), Value.Long(Slice));

    private static OutboxEntry Entry(Statement row)
    {
        var call = row.Bytes(2).ToArray();
        return new(row.Integer(0), Guid.Parse(row.Text(1)), call, row.Integer(3)) { Reason = row.Text(4), IsDamaged = row.Integer(5) != SqliteOutbox.Crc(call) };
    }

    private static int Change(Database database, string sql, LaneKey lane, long number, string? reason)
    {
        var change = database.Prepare(sql);
        try
        {
            Bind(change, lane);
            change.Bind(3, number);
            if (reason is not null)
                change.Bind(4, reason);
            change.Step();
            return database.Changes;
        }
        finally
        {
            change.Reset();
        }
    }

    private static void Bind(Statement statement, LaneKey lane)
    {
        statement.Bind(1, lane.Server);
        statement.Bind(2, lane.Thing.ToString());
    }

    private static IReadOnlyList<TRow> Read<TRow>(Database database, string sql, Action<Statement> bind, Func<Statement, TRow> read)
    {
        var rows = new List<TRow>();
        var select = database.Prepare(sql);
        try
        {
            bind(select);
            while (select.Step())
                rows.Add(read(select));
            return rows;
        }
        finally
        {
            select.Reset();
        }
    }
}
