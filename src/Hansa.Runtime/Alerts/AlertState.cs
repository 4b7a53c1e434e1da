using System.Text.Json;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>How one alert of one Thing stands. It is kept while it holds, and after that until somebody has acknowledged it.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">The alert.</param>
/// <param name="AlertType">Its type when it fired.</param>
internal sealed record AlertState(string Property, string Name, string AlertType)
{
    private const string Prefix = "~alert/";

    /// <summary>Whether it holds now.</summary>
    public bool IsActive { get; init; }

    /// <summary>When it fired, milliseconds since 1970.</summary>
    public long Since { get; init; }

    /// <summary>What it said.</summary>
    public string Message { get; init; } = "";

    /// <summary>Its description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its importance.</summary>
    public int Priority { get; init; }

    /// <summary>Whether somebody has taken note.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>Who.</summary>
    public string AckBy { get; init; } = "";

    /// <summary>When, milliseconds since 1970; 0 for never.</summary>
    public long AckTime { get; init; }

    /// <summary>Whether nothing is left to be told.</summary>
    public bool IsOver => !IsActive && IsAcknowledged;

    /// <summary>As it is kept beside the Thing's property values; its name cannot be that of a property.</summary>
    public PropertyRecord ToRecord(Guid thing) => new(
        thing, NameOf(Property, Name), IsOver ? new(Value.Null, 0, Vtq.Unknown) : new(Value.String(JsonSerializer.Serialize(this)), Since, Vtq.Good));

    /// <summary>Reads what was kept; null for what is none.</summary>
    public static AlertState? Read(PropertyRecord record)
    {
        try
        {
            return record.Property.StartsWith(Prefix, StringComparison.Ordinal) && record.Value.Value.AsText() is { Length: > 0 } json ? JsonSerializer.Deserialize<AlertState>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a record is one of an alert.</summary>
    public static bool IsOne(PropertyRecord record) => record.Property.StartsWith(Prefix, StringComparison.Ordinal);

    private static string NameOf(string property, string alert) => $"{Prefix}{property}/{alert}";
}
