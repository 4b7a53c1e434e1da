namespace Hansa.Storage.Sqlite;

/// <summary>Long deletions in slices, each a commit of its own, so that other writers are not held up.</summary>
internal static class Slices
{
    /// <summary>Deletes a slice after the other until one is not full.</summary>
    /// <returns>How many rows were deleted.</returns>
    public static async Task<long> RunAsync(WriteQueue<SqliteWriter> queue, int slice, Func<SqliteWriter, int> delete, CancellationToken cancellationToken)
    {
        var total = 0L;
        int deleted;
        do
        {
            deleted = await queue.RunAsync(slice, bytes: 0, delete, cancellationToken);
            total += deleted;
        }
        while (deleted == slice);
        return total;
    }

    /// <summary>The two numbers that a statement with one parameter gives; null where it gives none.</summary>
    public static (long First, long Second)? Find(Database database, string sql, long parameter)
    {
        var find = database.Prepare(sql);
        try
        {
            find.Bind(1, parameter);
            return find.Step() ? (find.Integer(0), find.Integer(1)) : null;
        }
        finally
        {
            find.Reset();
        }
    }
}
