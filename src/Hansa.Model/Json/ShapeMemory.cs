using System.Text.Json;

namespace Hansa.Model;

/// <summary>
/// Remembers the last Data Shape of a document by its bytes: a batch repeats the same shape in each of its nested tables, and
/// reading it once is enough.
/// </summary>
/// <param name="document">The whole text that the reader was begun on.</param>
public sealed class ShapeMemory(ReadOnlyMemory<byte> document)
{
    private ReadOnlyMemory<byte> _bytes;
    private DataShape _shape = DataShape.Empty;

    /// <summary>Reads the shape whose <c>{</c> the reader stands on; afterwards it stands on the <c>}</c>.</summary>
    public DataShape Read(ref Utf8JsonReader reader, string where)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return InfoTableJson.ReadShape(ref reader, where);
        var start = (int)reader.TokenStartIndex;
        var ahead = reader;
        ahead.Skip();
        var bytes = document[start..(int)ahead.BytesConsumed];
        if (bytes.Span.SequenceEqual(_bytes.Span))
        {
            reader = ahead;
            return _shape;
        }

        (_bytes, _shape) = (bytes, InfoTableJson.ReadShape(ref reader, where));
        return _shape;
    }
}
