using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>The bodies of messages (spec alwayson 3). Readers begin after the header, writers too.</summary>
/// <remarks>What follows a whole body is not looked at (Q1).</remarks>
public static class MessageCodec
{
    /// <summary>
    /// <code>kind:u8 entity:str characteristic:u8 target:str count:u8 (name:str value:str)* type:i8
    /// [InfoTable]</code>
    /// </summary>
    /// <exception cref="WireFormatException">The bytes are no request.</exception>
    public static RequestMessage ReadRequest(ref WireReader reader, Method method)
    {
        var kind = (EntityKind)reader.ReadByte("an entity's kind");
        var entity = reader.ReadName("an entity's name");
        var characteristic = (Characteristic)reader.ReadByte("a characteristic");
        if (characteristic is < Characteristic.Properties or > Characteristic.Events)
            throw reader.Fault($"Characteristic {(int)characteristic} is not known");
        var target = reader.ReadName("a target's name");
        var headers = ReadPairs(ref reader, reader.ReadHeaderCount(), "a header");
        var parameters = reader.ReadContentType("parameters") switch
        {
            BaseType.INFOTABLE => InfoTableCodec.Read(ref reader),
            BaseType.NOTHING => null,
            var other => throw reader.Fault($"Parameters are {other.Name()}, not an INFOTABLE"),
        };
        return new(method, kind, entity, characteristic, target, parameters) { Headers = headers };
    }

    /// <summary>Writes a request; its headers only to a peer that reads them.</summary>
    public static void WriteRequest(ref WireWriter writer, RequestMessage request)
    {
        writer.WriteByte((byte)request.Kind);
        writer.WriteText(request.Entity);
        writer.WriteByte((byte)request.Characteristic);
        writer.WriteText(request.Target);
        if (writer.Peer.ReadsHeaders)
            WritePairs(ref writer, request.Headers);
        else
            writer.WriteByte(0);
        WriteContent(ref writer, request.Parameters);
    }

    /// <summary><code>marker:u8 [reason:str] type:i8 [InfoTable]</code></summary>
    /// <remarks>A bare value in place of the table, which no known peer sends, becomes a <c>result</c>.</remarks>
    /// <exception cref="WireFormatException">The bytes are no response.</exception>
    public static ResponseMessage ReadResponse(ref WireReader reader, Status status)
    {
        var reason = reader.ReadMarker("a reason") ? reader.ReadText("a reason") : null;
        return new(status, reason, reader.ReadContentType("content") switch
        {
            BaseType.INFOTABLE => InfoTableCodec.Read(ref reader),
            BaseType.NOTHING => null,
            var scalar => InfoTable.Result(ValueCodec.ReadPayload(ref reader, scalar), scalar),
        });
    }

    /// <summary>Writes a response.</summary>
    public static void WriteResponse(ref WireWriter writer, ResponseMessage response)
    {
        writer.WriteByte((byte)(response.Reason is null ? 0 : 1));
        if (response.Reason is not null)
            writer.WriteText(response.Reason);
        WriteContent(ref writer, response.Content);
    }

    /// <summary><code>marker:u8 [gatewayName:str gatewayType:str] count:u16 name:str*</code></summary>
    /// <exception cref="WireFormatException">The bytes are no BIND.</exception>
    public static BindMessage ReadBind(ref WireReader reader, bool isUnbind)
    {
        Gateway? gateway = null;
        if (reader.ReadMarker("a gateway"))
        {
            var name = reader.ReadName("a gateway's name");
            gateway = new(name, reader.ReadName("a gateway's type"));
        }

        var count = reader.ReadUInt16("a count of names");
        if (count > reader.Remaining)
            throw reader.EndedEarly("a list of names");
        var names = ImmutableArray.CreateBuilder<string>(count);
        for (var i = 0; i < count; i++)
            names.Add(reader.ReadName("a bound name"));
        return new(names.MoveToImmutable(), gateway, isUnbind);
    }

    /// <summary>Writes a BIND or UNBIND.</summary>
    public static void WriteBind(ref WireWriter writer, BindMessage bind)
    {
        writer.WriteByte((byte)(bind.Gateway is null ? 0 : 1));
        if (bind.Gateway is { } gateway)
        {
            writer.WriteText(gateway.Name);
            writer.WriteText(gateway.Type);
        }

        writer.WriteUInt16(bind.Names.Length);
        foreach (var name in bind.Names)
            writer.WriteText(name);
    }

    /// <summary><code>count:u8 (name:str value:str)*</code></summary>
    /// <exception cref="WireFormatException">The bytes are no AUTH.</exception>
    public static AuthMessage ReadAuth(ref WireReader reader) => new(ReadPairs(ref reader, reader.ReadByte("a count of claims"), "a claim"));

    /// <summary>Writes an AUTH.</summary>
    public static void WriteAuth(ref WireWriter writer, AuthMessage auth) => WritePairs(ref writer, auth.Claims);

    private static ImmutableArray<KeyValuePair<string, string>> ReadPairs(ref WireReader reader, int count, string what)
    {
        if (count == 0)
            return [];
        var pairs = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(count);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadName(what);
            pairs.Add(new(name, reader.ReadSecret(what)));
        }

        return pairs.MoveToImmutable();
    }

    private static void WritePairs(ref WireWriter writer, ImmutableArray<KeyValuePair<string, string>> pairs)
    {
        writer.WriteByte(checked((byte)pairs.Length));
        foreach (var (name, value) in pairs)
        {
            writer.WriteText(name);
            writer.WriteText(value);
        }
    }

    private static void WriteContent(ref WireWriter writer, InfoTable? content)
    {
        writer.WriteBaseType(content is null ? BaseType.NOTHING : BaseType.INFOTABLE);
        if (content is not null)
            InfoTableCodec.Write(ref writer, content);
    }
}
