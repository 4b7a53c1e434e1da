namespace Hansa.Storage;

/// <summary>
/// Where a write of another server stands in its lane: the ordered list of that server's writes to one Thing. It goes into the same
/// commit as the write, which is how each has its effect exactly once (design federation 5).
/// </summary>
/// <param name="sender">Id of the server that sends.</param>
/// <param name="thing">Id of the Thing that is written to.</param>
/// <param name="number">The write's own number: higher than all that its server has given before.</param>
/// <param name="previous">The number of the write before it in the lane, as the sender holds it now; 0 where there is none.</param>
/// <param name="settled">All numbers up to this are done with at the sender: nobody will ask how they ended.</param>
public sealed class LaneMark(string sender, Guid thing, long number, long previous, long settled)
{
    private static readonly AsyncLocal<LaneMark?> Current = new();
    private int _isTaken;

    /// <summary>Id of the server that sends.</summary>
    public string Sender => sender;

    /// <summary>Id of the Thing that is written to.</summary>
    public Guid Thing => thing;

    /// <summary>The write's own number.</summary>
    public long Number => number;

    /// <summary>The number before it in the lane; 0 where there is none.</summary>
    public long Previous => previous;

    /// <summary>All numbers up to this are done with.</summary>
    public long Settled => settled;

    /// <summary>Whether a write has taken it into its commit.</summary>
    public bool IsTaken => Volatile.Read(ref _isTaken) != 0;

    /// <summary>Lets the call that begins now carry the mark: the first write of data on its way takes it.</summary>
    public void Attach() => Current.Value = this;

    /// <summary>Ends that: what runs from here on is no part of the call.</summary>
    public static void Detach() => Current.Value = null;

    /// <summary>The mark of the call at hand, for the write that asks first; null for all others.</summary>
    public static LaneMark? Take() => Current.Value is { } mark && Interlocked.Exchange(ref mark._isTaken, 1) == 0 ? mark : null;
}
