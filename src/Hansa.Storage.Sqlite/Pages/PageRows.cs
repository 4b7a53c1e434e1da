using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Changes of wikis and blogs, inside the writing thread's open transaction. Whatever is wrong is found before the first change.</summary>
internal static class PageRows
{
    private const string Comment = nameof(PageKind.Comment);

    /// <summary>Adds a page, an entry or a comment.</summary>
    public static long Add(Database database, long site, NewPage page, PageWords words)
    {
        if (page.Entry is { } entry)
            Demand(database, site, PageKind.WikiPage, entry);
        if (page.Parent is { } parent)
            DemandParent(database, site, page, parent);
        var (latitude, longitude, elevation) = Place(page.Location);
        Command.Run(database, PageSql.Add, Value.Long(site), Value.String(page.Kind.ToString()), Number(page.Entry), Number(page.Parent),
            Value.String(page.Title ?? ""), Value.String(page.Content ?? ""), Value.String(page.Source ?? ""), Value.String(page.SourceType ?? ""),
            Value.Long(page.Timestamp), Value.Long(page.Timestamp), latitude, longitude, elevation, Text(page.Tags));
        var id = database.LastRowId;
        if (page.Kind == PageKind.Comment)
            Command.Run(database, PageSql.CountComments, Value.Long(page.Entry!.Value));
        else
            Index(database, site, id, words);
        Remember(database, page.Kind, "Add", page.Timestamp, id);
        return id;
    }

    /// <summary>Changes the page of that title and parent, or adds it.</summary>
    public static (long Id, bool IsNew) AddOrUpdate(Database database, long site, NewPage page, PageWords words)
    {
        if (Command.Numbers(database, PageSql.FindByTitle, Value.Long(site), Number(page.Parent), Value.String(page.Title ?? "")) is not [var id])
            return (Add(database, site, page, words), true);
        Update(database, site, page.Kind, id, new(page.Timestamp)
        {
            Timestamp = page.Timestamp, Content = page.Content, Source = page.Source, SourceType = page.SourceType, Tags = page.Tags, Location = page.Location,
        }, words);
        return (id, false);
    }

    /// <summary>Changes what the change names.</summary>
    public static void Update(Database database, long site, PageKind kind, long id, PageChange change, PageWords words)
    {
        Demand(database, site, kind, id);
        if (change.Parent is { } parent)
        {
            Demand(database, site, kind, parent);
            if (Command.Numbers(database, PageSql.IsAbove, Value.Long(parent), Value.Long(id)).Count > 0)
                throw new PlatformException(ErrorCode.BadRequest, $"Page {parent} cannot be the parent of page {id}: it is that page or lies below it.");
        }

        var (latitude, longitude, elevation) = Place(change.Location);
        Command.Run(database, PageSql.Update, Value.Boolean(change.IsMoved), Number(change.Parent), Text(change.Title), Text(change.Content),
            Text(change.Source), Text(change.SourceType), Number(change.Timestamp), Value.Long(change.Time), latitude, longitude, elevation,
            Text(change.Tags), change.IsSticky is { } sticky ? Value.Boolean(sticky) : Value.Null, Value.Long(id));
        if (kind != PageKind.Comment && (change.Title is not null || change.Content is not null))
            Index(database, site, id, words);
        Remember(database, kind, "Update", change.Timestamp ?? change.Time, id);
    }

    /// <summary>Deletes one; what hangs below it moves up.</summary>
    public static void Delete(Database database, long site, PageKind kind, long id, long time)
    {
        Demand(database, site, kind, id);
        Remember(database, kind, "Delete", time, id);
        var below = Command.Numbers(database, PageSql.Below, Value.Long(id));
        Command.Run(database, PageSql.LiftBelow, Value.Long(id), Value.Long(id));
        foreach (var lifted in below)
            Remember(database, kind, "Update", time, lifted);
        var entry = Command.Numbers(database, PageSql.EntryOf, Value.Long(id))[0];
        DeleteWhole(database, id);
        if (kind == PageKind.Comment)
            Command.Run(database, PageSql.CountComments, Value.Long(entry));
    }

    /// <summary>Sets a user's vote; gives the new average.</summary>
    public static double Rate(Database database, long site, long id, string user, double rating)
    {
        if (Command.Numbers(database, PageSql.ExistsOfAnyKind, Value.Long(id), Value.Long(site)).Count == 0)
            throw new PlatformException(ErrorCode.NotFound, $"There is no page, entry or comment {id} here.");
        Command.Run(database, PageSql.Rate, Value.Long(id), Value.String(user), Value.Number(rating));
        Command.Run(database, PageSql.CountRatings, Value.Long(id));
        var average = database.Prepare(PageSql.Average);
        average.Bind(1, id);
        average.Step();
        var result = average.Number(0);
        average.Reset();
        return result;
    }

    /// <summary>Deletes at most so many pages or entries of a span of time, up to an id, with all that belongs to them.</summary>
    public static int Purge(Database database, long site, long start, long end, long lastId, int rows)
    {
        var purged = Command.Numbers(database, PageSql.ToPurge, Value.Long(site), Value.Long(start), Value.Long(end), Value.Long(lastId), Value.Long(rows));
        foreach (var id in purged)
            DeleteWhole(database, id);
        return purged.Count;
    }

    /// <summary>Deletes at most so many of what a statement finds by site, number and rows: changes of pages, or entries with all that belongs to them.</summary>
    public static int Retain(Database database, bool isHistory, string find, long site, int rows, long number)
    {
        var gone = Command.Numbers(database, find, Value.Long(site), Value.Long(number), Value.Long(rows));
        foreach (var id in gone)
        {
            if (isHistory)
                Command.Run(database, PageSql.DeleteHistory, Value.Long(id));
            else
                DeleteWhole(database, id);
        }

        return gone.Count;
    }

    /// <summary>The site's key.</summary>
    /// <exception cref="PlatformException">NotFound: it was dropped, or never made.</exception>
    public static long SiteOf(Database database, Guid site) =>
        Command.Numbers(database, PageSql.FindSite, Value.String(site.ToString())) is [var key] ? key
        : throw new PlatformException(ErrorCode.NotFound, "The wiki or blog does not exist any more.");

    /// <summary>Refuses what the site does not have. A comment may be on a page or on an entry: either kind stands for both.</summary>
    public static void Demand(Database database, long site, PageKind kind, long id)
    {
        var isComment = kind == PageKind.Comment;
        var found = Command.Texts(database, "SELECT kind FROM page WHERE id = ? AND site = ?", 1, Value.Long(id), Value.Long(site));
        if (found is null || found[0] == Comment != isComment)
            throw new PlatformException(ErrorCode.NotFound, isComment ? $"There is no comment {id} here." : $"There is no page or entry {id} here.");
    }

    private static void DemandParent(Database database, long site, NewPage page, long parent)
    {
        Demand(database, site, page.Kind, parent);
        if (page.Entry is { } entry && Command.Numbers(database, PageSql.ExistsOnEntry, Value.Long(parent), Value.Long(site), Value.Long(entry)).Count == 0)
            throw new PlatformException(ErrorCode.BadRequest, $"Comment {parent} is not on {entry}, so that a comment there cannot answer it.");
    }

    private static void DeleteWhole(Database database, long id)
    {
        Command.Run(database, PageSql.DeleteText, Value.Long(id));
        Command.Run(database, PageSql.DeleteRatings, Value.Long(id), Value.Long(id));
        Command.Run(database, PageSql.DeleteComments, Value.Long(id));
        Command.Run(database, PageSql.Delete, Value.Long(id));
    }

    private static void Index(Database database, long site, long id, PageWords words)
    {
        var (title, content) = words;
        if (title is null || content is null)
        {
            var text = Command.Texts(database, PageSql.Text, 2, Value.Long(id))!;
            (title, content) = (title ?? text[0], content ?? HtmlText.Of(text[1]));
        }

        Command.Run(database, PageSql.DeleteText, Value.Long(id));
        Command.Run(database, PageSql.AddText, Value.Long(id), Value.String(PageRead.SiteWord(site)), Value.String(title), Value.String(content));
    }

    private static void Remember(Database database, PageKind kind, string type, long time, long id)
    {
        if (kind == PageKind.WikiPage)
            Command.Run(database, PageSql.AddHistory, Value.String(type), Value.Long(time), Value.Long(id));
    }

    private static (Value Latitude, Value Longitude, Value Elevation) Place(Location? location) => location is null ? default
        : (Value.Number(location.Latitude), Value.Number(location.Longitude), Value.Number(location.Elevation));

    private static Value Number(long? number) => number is { } given ? Value.Long(given) : Value.Null;

    private static Value Text(string? text) => text is null ? Value.Null : Value.String(text);
}

/// <summary>Title and content as words for the index, made by the caller's thread, as there is only one that writes; null where they stay.</summary>
internal readonly record struct PageWords(string? Title, string? Content)
{
    public static PageWords Of(string? title, string? content) => new(title, content is null ? null : HtmlText.Of(content));
}
