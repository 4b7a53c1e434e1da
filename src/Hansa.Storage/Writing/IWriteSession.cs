namespace Hansa.Storage;

/// <summary>The one connection that writes, as the <see cref="WriteQueue{TSession}"/> drives it: always from the queue's own thread.</summary>
public interface IWriteSession
{
    /// <summary>Whether a transaction is open. A failure may have ended it.</summary>
    bool InTransaction { get; }

    /// <summary>Begins a transaction.</summary>
    void Begin();

    /// <summary>Marks the place to which <see cref="RollbackToSavepoint"/> goes back. There is one at a time.</summary>
    void Savepoint();

    /// <summary>Forgets the savepoint, keeps what was done since.</summary>
    void ReleaseSavepoint();

    /// <summary>Undoes what was done since the savepoint, and forgets it.</summary>
    void RollbackToSavepoint();

    /// <summary>Ends the transaction; returns when it is on disk.</summary>
    void Commit();

    /// <summary>Undoes the transaction, if one is open. Never throws.</summary>
    void Rollback();

    /// <summary>Does what may be done between commits, when nobody waits for the one before. Never throws.</summary>
    /// <param name="isIdle">Whether the queue has been empty for a while.</param>
    /// <returns>Whether there is something left for an idle time.</returns>
    bool Tidy(bool isIdle);
}
