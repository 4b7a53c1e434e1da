using System.Buffers.Binary;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Values as bytes whose order, byte by byte, is that of <see cref="ValueOrder"/>: for stores that sort mixed types.</summary>
public static class SortKey
{
    /// <summary>The value's key; of null the least.</summary>
    public static byte[] Of(Value value, bool isCaseSensitive)
    {
        var rank = (byte)ValueOrder.Rank(value);
        switch (value.BaseType.Form())
        {
            case ValueForm.None:
                return [rank];
            case ValueForm.Number:
                return OfNumbers(rank, stackalloc double[] { value.AsNumber() }, remainder: 0);
            case ValueForm.Integer or ValueForm.Boolean:
                // A float cannot hold every LONG: what it is off by comes behind.
                var nearest = (double)value.AsLong();
                return OfNumbers(rank, stackalloc double[] { nearest }, (long)(value.AsLong() - (Int128)nearest));
            case ValueForm.Text:
                return OfText(rank, isCaseSensitive ? value.AsText()! : value.AsText()!.ToUpperInvariant());
            case ValueForm.Bytes:
                return [rank, .. value.AsBytes()!];
            case ValueForm.Location:
                var place = value.AsLocation()!;
                return OfNumbers(rank, stackalloc double[] { place.Latitude, place.Longitude, place.Elevation }, remainder: 0);
            case ValueForm.Vector:
                var vector = value.AsVector()!;
                return OfNumbers(rank, stackalloc double[] { vector.X, vector.Y, vector.Z, vector.W }, remainder: 0);
            default:
                return OfText(rank, InfoTableJson.ToText(value.AsTable()!));
        }
    }

    private static byte[] OfText(byte rank, string text)
    {
        var key = new byte[1 + Encoding.UTF8.GetByteCount(text)];
        key[0] = rank;
        Encoding.UTF8.GetBytes(text, key.AsSpan(1));
        return key;
    }

    private static byte[] OfNumbers(byte rank, ReadOnlySpan<double> numbers, long remainder)
    {
        var key = new byte[1 + (8 * (numbers.Length + 1))];
        key[0] = rank;
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1 + (8 * i)), Ordered(numbers[i]));
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(key.Length - 8), (ulong)remainder ^ (1UL << 63));
        return key;
    }

    // A float's bits ascend with its size; the sign turned round, and all of a negative one, they ascend throughout.
    private static ulong Ordered(double number)
    {
        if (double.IsNaN(number))
            return ulong.MaxValue;
        var bits = BitConverter.DoubleToUInt64Bits(number == 0 ? 0 : number);
        return bits >> 63 == 0 ? bits | (1UL << 63) : ~bits;
    }
}
