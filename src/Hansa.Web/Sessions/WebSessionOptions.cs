using System.ComponentModel.DataAnnotations;

namespace Hansa.Web;

/// <summary>Limits of sessions in a browser. Section <c>Sessions</c>.</summary>
public sealed class WebSessionOptions
{
    /// <summary>How long a session lives without a request. Default 30 minutes, 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a session lives at most; then its user signs in again. Default 12 hours, 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Sessions of one user; one more ends the one that was used longest ago. Default 20, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MostPerUser { get; set; } = 20;
}
