namespace Hansa.AlwaysOn;

/// <summary>Which side of an entity a request is about (spec alwayson 3.1).</summary>
public enum Characteristic : byte
{
    /// <summary>A property.</summary>
    Properties = 1,

    /// <summary>A service.</summary>
    Services = 2,

    /// <summary>An event.</summary>
    Events = 3,
}
