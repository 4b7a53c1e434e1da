using System.ComponentModel.DataAnnotations;

namespace Hansa.Web;

/// <summary>Limits of live updates to browsers. Section <c>Live</c>.</summary>
public sealed class LiveOptions
{
    /// <summary>Time between two messages of one topic; what changes more often is told once, as it then is. Default 100 ms, 20 ms to 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:00:10")]
    public TimeSpan Pace { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Messages kept for a page whose socket broke. Default 1,000, 0 to 100,000.</summary>
    [Range(0, 100_000)]
    public int KeptMessages { get; set; } = 1_000;

    /// <summary>How long they are kept. Default 1 minute, 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeptTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Topics of one page. Default 200, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MostTopics { get; set; } = 200;

    /// <summary>Pages of all users together. Default 1,000, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int MostPages { get; set; } = 1_000;
}
