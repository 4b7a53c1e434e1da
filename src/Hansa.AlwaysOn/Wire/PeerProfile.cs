namespace Hansa.AlwaysOn.Wire;

/// <summary>What the other end can read.</summary>
/// <param name="ReadsEveryType">
/// Whether LONG, TIMESPAN, VECn and their like may be sent; else they are mapped (spec alwayson 4.2).
/// </param>
/// <param name="ReadsHeaders">Whether requests may carry headers; the C SDK's reading of them is broken (spec 3.1).</param>
/// <param name="WritesWell">
/// Whether its messages are free of the quirks of spec 3.6, so that what looks like one is a fault.
/// </param>
public sealed record PeerProfile(bool ReadsEveryType, bool ReadsHeaders, bool WritesWell)
{
    /// <summary>A device, or anything that has not said what it is: the C SDK's limits and quirks.</summary>
    public static PeerProfile Device { get; } = new(ReadsEveryType: false, ReadsHeaders: false, WritesWell: false);

    /// <summary>A Hansa server after the hello of its link.</summary>
    public static PeerProfile Hansa { get; } = new(ReadsEveryType: true, ReadsHeaders: true, WritesWell: true);
}
