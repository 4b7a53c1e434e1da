using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What becomes of writes to a remote Thing while its server is away: configuration table Delivery (design federation 4).</summary>
public static class RemoteDelivery
{
    /// <summary>The table and its column.</summary>
    public const string TableName = "Delivery", Column = "whenLinkIsDown";

    /// <summary>Writes are taken on this server's disk and delivered later, in their order and once.</summary>
    public const string StoreAndForward = "StoreAndForward";

    /// <summary>Writes fail.</summary>
    public const string Fail = "Fail";

    /// <summary>The table.</summary>
    public static ConfigurationTableDefinition Table { get; } = new(TableName, "What becomes of writes while the other server is away.", new(
    [
        new(Column, BaseType.STRING,
            $"{StoreAndForward}: they are kept on this server's disk and delivered later, in their order and once. {Fail}: the caller gets an error. Blank: entries of streams and value streams are kept, all else fails."),
    ]), Check: Check);

    /// <summary>Whether a write to that Thing may wait on this server's disk, where its service says that it may.</summary>
    public static bool MayWait(Thing thing, ServiceDefinition service) => service.Kind == CallKind.KeptWrite && service.Result.BaseType == BaseType.NOTHING
        && thing.Setting(TableName, Column).AsText() switch
        {
            Fail => false,
            StoreAndForward => true,
            _ => service.MayWait,
        };

    private static void Check(InfoTable rows)
    {
        if (rows.RowCount > 0 && rows[0, Column].AsText() is { Length: > 0 } rule && rule is not (StoreAndForward or Fail))
            throw Errors.Bad($"{Column} is {StoreAndForward}, {Fail}, or blank, not '{rule}'.");
    }
}
