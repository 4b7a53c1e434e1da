using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>What ContentLoaderFunctions may reach, and its limits. Bound from <c>Hansa:ContentLoader</c> and checked at start-up.</summary>
public sealed class ContentLoaderOptions : IValidatableObject
{
    /// <summary>
    /// What is reached beside the public internet: <c>host</c>, <c>host:port</c>, an address, <c>address:port</c> (<c>[v6]:port</c>) or a
    /// network such as <c>10.1.0.0/16</c>. A host that is named here is reached at whatever address it has. Default none.
    /// </summary>
    public IReadOnlyList<string> Allow { get; set; } = [];

    /// <summary>Whether public addresses are reached; false leaves only what <see cref="Allow"/> names. Default true.</summary>
    public bool AllowPublic { get; set; } = true;

    /// <summary>Time for one call, redirects and reading included, where it names none. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most that a call's own <c>timeout</c> counts for; a longer one is cut to it. Default 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Bytes of one answer, unpacked. Default 16 MB, 1 KB to 256 MB.</summary>
    [Range(1 << 10, 1 << 28)]
    public int MaxAnswerBytes { get; set; } = 1 << 24;

    /// <summary>Bytes that one call sends. Default 16 MB, 1 KB to 256 MB.</summary>
    [Range(1 << 10, 1 << 28)]
    public int MaxContentBytes { get; set; } = 1 << 24;

    /// <summary>Redirects that one call follows. Default 5, 0 to 20.</summary>
    [Range(0, 20)]
    public int MaxRedirects { get; set; } = 5;

    /// <summary>Calls under way at a time; one more is refused. Default 64, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int MaxCalls { get; set; } = 64;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Allow.Where(entry => AddressRules.Parse(entry) is null).Select(entry => new ValidationResult(
            $"Allow has '{entry}', which is no host, host:port, address, address:port or network such as 10.1.0.0/16.", [nameof(Allow)]));
}
