namespace Hansa.Runtime;

/// <summary>Takes down how a write to another server was taken, for a caller who is told.</summary>
public sealed class DeliveryNote
{
    /// <summary>Whether it waits on this server's disk for the other.</summary>
    public bool IsDeferred { get; set; }
}
