namespace Hansa.Composer.Tests;

/// <summary>The steps of "Configuring a Federation" as a person clicks them, and the picture of each. The documentation shows the pictures.</summary>
public static class Procedure
{
    /// <summary>Where pictures go when they are taken anew; null when the tests only click.</summary>
    public static string? PictureFolder { get; } = Environment.GetEnvironmentVariable("HANSA_PICTURES");

    /// <summary>The steps in their order, by the names of their pictures.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        "b-1-streams", "b-1a-template", "b-1b-data-shape", "b-1b-general-information", "b-1c-subsystems", "b-2-configuration", "b-2-subscribers-window",
        "b-3-6-subscriber", "b-6-added", "b-7-saved",
        "a-0-application-key", "a-0-key-shown-once", "a-1-streams", "a-2-template", "a-3-4-general-information", "a-4-saved", "a-5-execute",
    ];

    /// <summary>The file of a step's picture in a folder.</summary>
    public static string PictureOf(string step, string folder) => Path.Combine(folder, $"federation-{step}.png");
}
