using System.Text;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Forms of several parts (RFC 7578), as PostMultipart sends them.</summary>
internal static class MultipartBody
{
    /// <summary>A part for each field of a row that has a value.</summary>
    public static async Task<ContentBody> OfAsync(InfoTable row, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        for (var column = 0; column < row.Shape.Fields.Length; column++)
        {
            var (field, value) = (row.Shape.Fields[column], row[0, column]);
            if (value.IsNull)
                continue;
            if (value.BaseType is BaseType.BLOB or BaseType.IMAGE)
                form.Add(new ByteArrayContent(value.AsBytes()!), field.Name, field.Name);
            else
                form.Add(new StringContent(value.ToString(), Encoding.UTF8, value.BaseType == BaseType.JSON ? "application/json" : "text/plain"), field.Name);
        }

        return new(await form.ReadAsByteArrayAsync(cancellationToken), form.Headers.ContentType!.ToString());
    }
}
