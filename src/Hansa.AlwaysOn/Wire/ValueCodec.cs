using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>Values on the wire: a type byte and a payload (spec alwayson 4.2).</summary>
public static class ValueCodec
{
    /// <summary>Reads a value. A VARIANT gives what it holds, so a value's type is never VARIANT.</summary>
    /// <exception cref="WireFormatException">The bytes are no value.</exception>
    public static Value Read(ref WireReader reader) => ReadPayload(ref reader, reader.ReadBaseType("a value"));

    /// <summary>Reads the payload of a value whose type byte has been read.</summary>
    /// <exception cref="WireFormatException">The bytes are no such value.</exception>
    public static Value ReadPayload(ref WireReader reader, BaseType type)
    {
        switch (type.Form())
        {
            case ValueForm.None:
                return default;
            case ValueForm.Number:
                return Value.Number(reader.ReadDouble("a NUMBER"));
            case ValueForm.Boolean:
                return Value.Boolean(reader.ReadByte("a BOOLEAN") != 0);
            case ValueForm.Integer when type == BaseType.INTEGER:
                return Value.Integer(reader.ReadInt32("an INTEGER"));
            case ValueForm.Integer:
                return Value.FromBits(reader.ReadInt64(type.Name()), type);
            case ValueForm.Location:
                var longitude = reader.ReadDouble("a LOCATION");
                var latitude = reader.ReadDouble("a LOCATION");
                return Value.Location(new(longitude, latitude, reader.ReadDouble("a LOCATION")));
            case ValueForm.Bytes:
                return Value.Bytes(reader.ReadBytes(type.Name()), type);
            case ValueForm.Table:
                return Value.Table(InfoTableCodec.Read(ref reader));
            case ValueForm.Vector:
                return Value.Vector(ReadVector(ref reader, type), type);
            case ValueForm.Any:
                reader.Enter();
                var inner = Read(ref reader);
                reader.Leave();
                return inner;
            default:
                return Value.Text(type == BaseType.PASSWORD ? reader.ReadSecret("a PASSWORD") : reader.ReadText(type.Name()), type);
        }
    }

    /// <summary>
    /// Writes a value that stands where <paramref name="declared"/> was declared: under VARIANT it is wrapped.
    /// </summary>
    public static void Write(ref WireWriter writer, Value value, BaseType declared = BaseType.NOTHING)
    {
        if (declared == BaseType.VARIANT)
        {
            writer.WriteBaseType(BaseType.VARIANT);
            writer.Enter();
            Write(ref writer, value);
            writer.Leave();
            return;
        }

        if (!writer.Peer.ReadsEveryType)
            value = DeviceTypes.Map(value);
        var type = value.BaseType;
        writer.WriteBaseType(type);
        switch (type.Form())
        {
            case ValueForm.None:
                break;
            case ValueForm.Number:
                writer.WriteDouble(value.AsNumber());
                break;
            case ValueForm.Boolean:
                writer.WriteByte((byte)(value.AsBoolean() ? 1 : 0));
                break;
            case ValueForm.Integer when type == BaseType.INTEGER:
                writer.WriteInt32((int)value.AsLong());
                break;
            case ValueForm.Integer:
                writer.WriteInt64(value.AsLong());
                break;
            case ValueForm.Location:
                var location = value.AsLocation()!;
                writer.WriteDouble(location.Longitude);
                writer.WriteDouble(location.Latitude);
                writer.WriteDouble(location.Elevation);
                break;
            case ValueForm.Bytes:
                writer.WriteBytes(value.AsBytes());
                break;
            case ValueForm.Table:
                InfoTableCodec.Write(ref writer, value.AsTable()!);
                break;
            case ValueForm.Vector:
                for (var i = 0; i < type.Dimensions(); i++)
                    writer.WriteDouble(value.AsVector()![i]);
                break;
            default:
                writer.WriteText(value.AsText());
                break;
        }
    }

    private static Vector ReadVector(ref WireReader reader, BaseType type)
    {
        Span<double> components = stackalloc double[4];
        components.Clear();
        for (var i = 0; i < type.Dimensions(); i++)
            components[i] = reader.ReadDouble(type.Name());
        return new(components[0], components[1], components[2], components[3]);
    }
}
