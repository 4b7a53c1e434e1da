using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Hears of property values that were written.</summary>
public interface IPropertyObserver
{
    /// <summary>Called after the values of one write are set and, where they are persistent, on disk. The writer waits for the task.</summary>
    ValueTask WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes);
}

/// <summary>One property's part of a write; secrets are masked.</summary>
/// <param name="Property">The definition at the time of the write.</param>
/// <param name="Before">What stood there.</param>
/// <param name="After">What stands there now.</param>
/// <param name="IsChange">Whether it counts as a change by dataChangeType.</param>
public readonly record struct PropertyWrite(PropertyDefinition Property, Vtq Before, Vtq After, bool IsChange);
