using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;

namespace Hansa.Federation;

/// <summary>A call as it lies in the outbox: everything that it needs to be made later, but the Thing.</summary>
internal static class OutboxCall
{
    private static readonly DataShape Columns = DataShape.Of(
        ("name", BaseType.STRING), ("subject", BaseType.STRING), ("parameters", BaseType.INFOTABLE), ("assigned", BaseType.STRING), ("path", BaseType.STRING), ("caller", BaseType.STRING));

    /// <summary>The call's bytes.</summary>
    public static byte[] ToBytes(RemoteCall call) => ValueEncoding.ToBytes(Value.Table(new InfoTable.Builder(Columns).Add(
        Value.String(call.Name), Value.String(call.Subject.ToString()), call.Parameters is { } parameters ? Value.Table(parameters) : default,
        Value.String(call.Assigned.ToHeader()), Value.String(call.Path.ToHeader()), Value.String(call.Caller)).Build()));

    /// <summary>The call of such bytes.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or of a newer version.</exception>
    public static RemoteCall Read(Thing thing, ReadOnlySpan<byte> bytes)
    {
        var row = ValueEncoding.Read(bytes).AsTable() is { RowCount: 1 } table ? table : throw new InvalidDataException("The entry holds no call.");
        return new(thing, row[0, "name"].ToString(), row[0, "parameters"].AsTable(), CallKind.KeptWrite)
        {
            Subject = Enum.Parse<RemoteSubject>(row[0, "subject"].ToString()),
            Assigned = AssignedTimes.Parse(row[0, "assigned"].AsText()),
            Path = CallPath.Parse(row[0, "path"].AsText()),
            Caller = row[0, "caller"].ToString(),
        };
    }
}
