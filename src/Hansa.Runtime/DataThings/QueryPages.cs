using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What the <c>…Page</c> services take and give (design decisions 3).</summary>
internal static class QueryPages
{
    /// <summary>Rows of a page where the caller does not say.</summary>
    public const double DefaultSize = 500;

    /// <summary>The most rows of a page: an answer stays far below what a link carries.</summary>
    public const int MostRows = 10_000;

    /// <summary>The size that the caller wants.</summary>
    /// <exception cref="PlatformException">BadRequest: out of range.</exception>
    public static int Size(double pageSize) => pageSize is >= 1 and <= MostRows
        ? (int)pageSize
        : throw Errors.Bad($"pageSize must be 1 to {MostRows}, not {pageSize}.");

    /// <summary>One row of rows and cursor; no cursor on the last page.</summary>
    public static InfoTable Answer(QueryPage page)
    {
        var builder = new InfoTable.Builder(PlatformShapes.QueryPage);
        builder.Add(Value.Table(page.Rows), Value.String(page.Next));
        return builder.Build();
    }
}
