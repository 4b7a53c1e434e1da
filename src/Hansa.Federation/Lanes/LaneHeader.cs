using System.Globalization;
using Hansa.AlwaysOn;
using Hansa.Model;

namespace Hansa.Federation;

/// <summary>
/// A kept write's place in its lane, as header <c>lane</c> of its request: number, the one before it, what is settled, and whether it may
/// have come before (design federation 5).
/// </summary>
/// <param name="Thing">Id of the Thing that is meant, whatever has its name now.</param>
/// <param name="Number">Its own number.</param>
/// <param name="Previous">The number before it in the lane; 0 where there is none.</param>
/// <param name="Settled">All numbers up to this are done with.</param>
/// <param name="IsAgain">Whether it may have come before.</param>
internal readonly record struct LaneHeader(Guid Thing, long Number, long Previous, long Settled, bool IsAgain)
{
    /// <summary>Column of a failure's content: how the failure stands to the lane.</summary>
    public const string Column = "lane";

    /// <summary>The write counts as applied: its failure is final.</summary>
    public const string Applied = "applied";

    /// <summary>One before it is missing.</summary>
    public const string Gap = "gap";

    /// <summary>The header's text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Thing:N};{Number};{Previous};{Settled};{(IsAgain ? 1 : 0)}");

    /// <summary>Reads the header's text; null where there is none, or it makes no sense.</summary>
    public static LaneHeader? Parse(string? text)
    {
        if (text?.Split(';') is not [var thing, var number, var previous, var settled, var again] || !Guid.TryParseExact(thing, "N", out var id))
            return null;
        return Number(number) is { } n && Number(previous) is { } p && Number(settled) is { } s && p < n ? new(id, n, p, s, again == "1") : null;

        static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>How a failure stands to the lane: <see cref="Applied"/>, <see cref="Gap"/>, or null where the write was not taken.</summary>
    public static string? StandingOf(ResponseMessage answer) => answer.Content is { RowCount: > 0 } table ? table[0, Column].AsText() : null;

    /// <summary>The same failure, with how it stands to the lane.</summary>
    public static ResponseMessage WithStanding(ResponseMessage failure, string standing) => failure with
    {
        Content = InfoTable.Single(("reason", BaseType.STRING, Value.String(failure.FailureText ?? "")), (Column, BaseType.STRING, Value.String(standing))),
    };
}
