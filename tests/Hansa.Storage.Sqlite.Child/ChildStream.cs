namespace Hansa.Storage.Sqlite.Child;

/// <summary>The ids that the child writes to.</summary>
public static class ChildStream
{
    public static Guid Id(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
}
