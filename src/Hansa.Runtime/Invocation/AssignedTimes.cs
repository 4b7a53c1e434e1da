using System.Globalization;

namespace Hansa.Runtime;

/// <summary>Which entries of a call carry a timestamp that a server assigned: those never replace another entry (design decisions 1).</summary>
/// <remarks>On the wire the header <c>assigned</c>: <c>1</c> for all entries, else ranges of rows such as <c>0-2,5-5</c>.</remarks>
public sealed class AssignedTimes
{
    private readonly bool[]? _rows;

    private AssignedTimes(bool[]? rows) => _rows = rows;

    /// <summary>The caller gave each time.</summary>
    public static AssignedTimes None { get; } = new([]);

    /// <summary>A server gave each time.</summary>
    public static AssignedTimes All { get; } = new(null);

    /// <summary>By row.</summary>
    public static AssignedTimes Of(bool[] rows) =>
        !rows.Contains(true) ? None : rows.Contains(false) ? new(rows) : All;

    /// <summary>Whether the entry of that row carries an assigned time.</summary>
    public bool this[int row] => _rows is null || (row < _rows.Length && _rows[row]);

    /// <summary>The header's text, null where there is nothing to say.</summary>
    public string? ToHeader()
    {
        if (_rows is null)
            return "1";
        var ranges = new List<string>();
        for (var i = 0; i < _rows.Length; i++)
        {
            if (!_rows[i])
                continue;
            var first = i;
            while (i + 1 < _rows.Length && _rows[i + 1])
                i++;
            ranges.Add(string.Create(CultureInfo.InvariantCulture, $"{first}-{i}"));
        }

        return ranges.Count == 0 ? null : string.Join(',', ranges);
    }

    /// <summary>Reads the header's text; what makes no sense is no claim.</summary>
    public static AssignedTimes Parse(string? header)
    {
        const int limit = 10_000_000;
        if (string.IsNullOrEmpty(header))
            return None;
        if (header == "1")
            return All;
        var rows = new List<bool>();
        foreach (var range in header.Split(','))
        {
            var ends = range.Split('-');
            if (ends.Length != 2 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first || last >= limit || first < rows.Count)
                return None;
            rows.AddRange(Enumerable.Repeat(false, first - rows.Count));
            rows.AddRange(Enumerable.Repeat(true, last - first + 1));
        }

        return new([.. rows]);
    }
}

/// <summary>Where a call has been: at most eight hops, and never the same service of the same Thing on the same server twice.</summary>
/// <remarks>On the wire the header <c>path</c>: entries <c>server/Thing/Service</c> with newlines between.</remarks>
public sealed class CallPath
{
    /// <summary>The most hops that a call may take.</summary>
    public const int MaxHops = 8;

    private readonly string[] _hops;

    private CallPath(string[] hops) => _hops = hops;

    /// <summary>A call from outside.</summary>
    public static CallPath Empty { get; } = new([]);

    /// <summary>The number of hops so far.</summary>
    public int Count => _hops.Length;

    /// <summary>The path with one hop more.</summary>
    /// <exception cref="Hansa.Model.PlatformException">BadGateway where the call goes in a circle or too far.</exception>
    public CallPath Through(string server, string thing, string service)
    {
        var hop = $"{server}/{thing}/{service}";
        if (_hops.Contains(hop))
            throw new Model.PlatformException(Model.ErrorCode.BadGateway, $"The call goes in a circle: {string.Join(" → ", _hops)} → {hop}.");
        if (_hops.Length >= MaxHops)
            throw new Model.PlatformException(Model.ErrorCode.BadGateway, $"The call has gone through {MaxHops} servers: {string.Join(" → ", _hops)}.");
        return new([.. _hops, hop]);
    }

    /// <summary>The header's text, null for a call from outside.</summary>
    public string? ToHeader() => _hops.Length == 0 ? null : string.Join('\n', _hops);

    /// <summary>Reads the header's text.</summary>
    public static CallPath Parse(string? header) => string.IsNullOrEmpty(header) ? Empty : new(header.Split('\n'));
}
