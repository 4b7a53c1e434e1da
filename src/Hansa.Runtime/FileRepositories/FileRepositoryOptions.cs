using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>Where file repositories are kept, and their limits.</summary>
public sealed class FileRepositoryOptions
{
    /// <summary>
    /// The folder that holds a folder for each repository, named after the Thing's id. Default <c>repositories</c>; a server takes what is relative from
    /// its data folder. Nothing else may write there while the server runs.
    /// </summary>
    [Required]
    public string Root { get; set; } = "repositories";

    /// <summary>Bytes of one file. Default 1,073,741,824 (1 GiB), at least 1,024.</summary>
    [Range(1L << 10, long.MaxValue)]
    public long MaxFileSize { get; set; } = 1L << 30;

    /// <summary>Bytes of a file that a service gives as its result, and of an archive that is extracted; what is larger is downloaded. Default 67,108,864 (64 MiB), 1,024 to 1,073,741,824.</summary>
    [Range(1 << 10, 1 << 30)]
    public int MaxLoadSize { get; set; } = 64 << 20;

    /// <summary>Files and directories of one archive. Default 10,000, 1 to 1,000,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxArchiveEntries { get; set; } = 10_000;

    /// <summary>Bytes of all files of one archive, unpacked. Default 1,073,741,824 (1 GiB), at least 1,024.</summary>
    [Range(1L << 10, long.MaxValue)]
    public long MaxArchiveSize { get; set; } = 1L << 30;

    /// <summary>Rows of one listing. Default 100,000, 1 to 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxListing { get; set; } = 100_000;

    /// <summary>Operations on disk that run at once; more wait. Default 16, 1 to 1,024.</summary>
    [Range(1, 1024)]
    public int MaxOperations { get; set; } = 16;
}
