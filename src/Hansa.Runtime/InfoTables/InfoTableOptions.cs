using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>Limits on what InfoTableFunctions make. Bound from <c>Hansa:InfoTables</c> and checked at start-up.</summary>
public sealed class InfoTableOptions
{
    /// <summary>Rows of one result. Default 1,000,000, 1 to 100,000,000. A join or an interpolation that would have more is refused.</summary>
    [Range(1, 100_000_000)]
    public int MaxRows { get; set; } = 1_000_000;

    /// <summary>Cells (rows times fields) of one result, 16 bytes each. Default 16,777,216 (256 MB), 1 to 1,000,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxCells { get; set; } = 1 << 24;

    /// <summary>Characters of XML that FromXML reads. Default 16,777,216, 1,024 to 268,435,456.</summary>
    [Range(1 << 10, 1 << 28)]
    public int MaxXmlLength { get; set; } = 1 << 24;

    /// <summary>Elements within elements that FromXML reads. Default 64, 8 to 256.</summary>
    [Range(8, 256)]
    public int MaxXmlDepth { get; set; } = 64;
}
