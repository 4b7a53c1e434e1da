using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Federation;

/// <summary>What a server says of itself when a link begins (design federation 2).</summary>
/// <param name="ServerId">Its id, which it keeps whatever it is called.</param>
/// <param name="Name">My Server Name.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Boot">The number of its start; the next one has a higher.</param>
/// <param name="Revision">Of what servers say to each other.</param>
internal sealed record PeerFacts(string ServerId, string Name, string Version, int Boot, int Revision)
{
    /// <summary>What this program speaks.</summary>
    public const int CurrentRevision = 1;

    /// <summary>This server.</summary>
    public static PeerFacts Own(ServerIdentity identity, IStorage storage) => new(storage.Outbox.ServerId, identity.Name, LinkParts.Version, (int)storage.Outbox.Boot, CurrentRevision);

    /// <summary>As one row.</summary>
    public InfoTable ToTable(DateTimeOffset now) => new InfoTable.Builder(LinkMessages.HelloColumns).Add(
        Value.String(Name), Value.String(Version), Value.DateTime(now), Value.String(ServerId), Value.Integer(Boot), Value.Integer(Revision)).Build();

    /// <summary>Reads a row; null where it says no id.</summary>
    public static PeerFacts? Read(InfoTable? table) => table is { RowCount: > 0 } && table[0, "serverId"].AsText() is { Length: > 0 and <= 64 } id
        ? new(id, table[0, "serverName"].ToString(), table[0, "version"].ToString(), (int)table[0, "boot"].AsLong(), (int)table[0, "revision"].AsLong()) : null;

    /// <summary>Why a link to that server cannot be; null where it can.</summary>
    public static string? Refusal(PeerFacts own, PeerFacts other) =>
        other.ServerId == own.ServerId ? $"[{own.Name}] would be linked to itself: both ends are the same server."
        : other.Revision < CurrentRevision ? $"[{other.Name}] runs version {other.Version}, which speaks an older revision of the link ({other.Revision}) than [{own.Name}] needs ({CurrentRevision}); bring it up to date."
        : null;
}
