using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The parameter <c>maxItems</c> of queries.</summary>
internal static class MaxItems
{
    /// <summary>The most rows where the caller does not say (spec platform 2.4).</summary>
    public const double Default = 500;

    /// <summary>How many rows, or levels, the caller wants.</summary>
    /// <exception cref="PlatformException">BadRequest: below 0.</exception>
    public static int Check(double maxItems, string parameter = "maxItems") => maxItems switch
    {
        >= int.MaxValue => int.MaxValue,
        >= 0 => (int)maxItems,
        _ => throw Errors.Bad($"{parameter} must be 0 or more, not {maxItems}."),
    };
}
