using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The events that data Things fire when entries come, change and go (spec platform 2.6–2.8); after the commit.</summary>
public sealed class EntryEvents(EventProcessor events)
{
    /// <summary>An entry has come.</summary>
    public const string Added = "Add";

    /// <summary>An entry has changed.</summary>
    public const string Updated = "Update";

    /// <summary>An entry is gone.</summary>
    public const string Deleted = "Delete";

    /// <summary>A comment has come.</summary>
    public const string CommentAdded = "CommentAdd";

    /// <summary>Their definitions.</summary>
    public static IReadOnlyList<EventDefinition> Definitions { get; } =
    [
        new(Added, "EntryChangeEvent", "An entry has been added."), new(Updated, "EntryChangeEvent", "An entry has been changed."),
        new(Deleted, "EntryChangeEvent", "An entry has been deleted."), new(CommentAdded, "EntryChangeEvent", "A comment has been added."),
    ];

    /// <summary>Fires an event of the Thing that was called.</summary>
    /// <param name="call">The call that did it.</param>
    /// <param name="eventName">Which.</param>
    /// <param name="id">The entry's id or key.</param>
    /// <param name="type">What the entry is.</param>
    internal ValueTask FireAsync(ServiceContext call, string eventName, string id, string type) =>
        events.FireAsync(new(call.Call.Author, call.Thing, eventName, "", () =>
        {
            var builder = new InfoTable.Builder(PlatformShapes.EntryChangeEvent);
            builder.Add(Value.String(id), Value.String(type));
            return builder.Build();
        }), CancellationToken.None);
}
