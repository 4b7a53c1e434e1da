using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Reads of wikis and blogs as statements.</summary>
internal static class PageRead
{
    private const string Day = "86400000";
    private static readonly string[] Place = ["latitude", "longitude", "elevation"];
    private static readonly FieldDefinition TagsField = new("tags", BaseType.TAGS);

    /// <summary>The word in the index by which a site finds its own pages.</summary>
    public static string SiteWord(long site) => $"s{site}";

    /// <summary>Pages, entries or comments with their comments, all of one state of the file.</summary>
    public static InfoTable Rows(SqliteReader reader, Guid site, PageQuery query, CancellationToken cancellationToken)
    {
        var database = reader.Database;
        database.Execute("BEGIN");
        try
        {
            var key = PageRows.SiteOf(database, site);
            Check(database, key, query);
            var rows = Make(reader, key, query).Rows(query.MaxItems, cancellationToken);
            return query.Comments is null ? rows : WithComments(reader, key, rows, query.Comments, cancellationToken);
        }
        finally
        {
            if (database.InTransaction)
                database.Execute("ROLLBACK");
        }
    }

    /// <summary>Changes of pages, newest first.</summary>
    public static SelectRead History(SqliteReader reader, Guid site, long? page, DataShape shape)
    {
        var builder = new SelectBuilder([]);
        builder.Where($"site = {builder.Parameter(Value.Long(PageRows.SiteOf(reader.Database, site)))}");
        if (page is { } one)
            builder.Where($"page = {builder.Parameter(Value.Long(one))}");
        builder.ThenBy("timestamp", isAscending: false);
        builder.ThenBy("id", isAscending: false);
        return new(reader, builder, "page_history", shape, [.. shape.Fields.Select(field => new SelectColumn(field, HistoryColumn(field.Name)))]);
    }

    /// <summary>Days and how many entries and comments they brought.</summary>
    public static SelectRead Activity(SqliteReader reader, Guid site, DataShape shape)
    {
        var builder = new SelectBuilder([]);
        // The rest of a division has the sign of the time, also before 1970.
        var days = $"(SELECT timestamp - ((timestamp % {Day}) + {Day}) % {Day} AS day, count(*) AS number FROM page "
            + $"WHERE site = {builder.Parameter(Value.Long(PageRows.SiteOf(reader.Database, site)))} GROUP BY 1)";
        builder.ThenBy("day", isAscending: false);
        return new(reader, builder, days, shape, [new(shape.Fields[0], ["day"]), new(shape.Fields[1], ["number"])]);
    }

    private static void Check(Database database, long site, PageQuery query)
    {
        if (query.Id is { } id)
            PageRows.Demand(database, site, query.Kind, id);
        if (query.Parent is { } parent)
            PageRows.Demand(database, site, query.Kind, parent);
        if (query.Entry is { } entry)
            PageRows.Demand(database, site, PageKind.WikiPage, entry);
    }

    private static SelectRead Make(SqliteReader reader, long site, PageQuery query)
    {
        var builder = new SelectBuilder([new(TagsField, ["tags"])]);
        if (TextSearch.ToMatch(query.Words) is { } words)
            builder.Where($"id IN (SELECT rowid FROM page_text WHERE page_text MATCH {builder.Parameter(Value.String(Match(site, words)))})");
        builder.Where($"site = {builder.Parameter(Value.Long(site))}");
        builder.Where($"kind = {builder.Parameter(Value.String(query.Kind.ToString()))}");
        if (query.Id is { } id)
            builder.Where($"id = {builder.Parameter(Value.Long(id))}");
        if (query.Entry is { } entry)
            builder.Where($"entry = {builder.Parameter(Value.Long(entry))}");
        if (query.IsBelow)
            builder.Where(query.Parent is { } parent ? $"parent = {builder.Parameter(Value.Long(parent))}" : "parent IS NULL");
        builder.Between("timestamp", query.Start, query.End);
        if (query.Sources is { } sources)
            builder.Where($"source IN (SELECT value FROM json_each({builder.Parameter(Value.String(System.Text.Json.JsonSerializer.Serialize(sources)))}))");
        if (!string.IsNullOrWhiteSpace(query.Tags))
            builder.Where(new BoundField(0, TagsField, FilterOperator.Tagged, IsNegated: false, [Value.Text(query.Tags, BaseType.TAGS)], IsCaseSensitive: true));
        Order(builder, query.Order);
        return new(reader, builder, "page", query.Shape, [.. query.Shape.Fields.Select(field => new SelectColumn(field, Column(field.Name, query.WithContent)))]);
    }

    private static void Order(SelectBuilder builder, PageOrder order)
    {
        if (order is PageOrder.Newest or PageOrder.HighestRated or PageOrder.MostActive)
            builder.ThenBy("is_sticky", isAscending: false);
        switch (order)
        {
            case PageOrder.HighestRated:
                builder.ThenBy(Average, isAscending: false);
                builder.ThenBy("rating_count", isAscending: false);
                break;
            case PageOrder.MostActive:
                builder.ThenBy("comment_count", isAscending: false);
                break;
            case PageOrder.Title:
                builder.ThenBy($"{QueryFunctions.Upper}(title)", isAscending: true);
                break;
            case PageOrder.Added:
                builder.ThenBy("id", isAscending: true);
                return;
        }

        builder.ThenBy("timestamp", isAscending: false);
        builder.ThenBy("id", isAscending: false);
    }

    private const string Average = "iif(rating_count > 0, rating_sum / rating_count, 0.0)";

    private static InfoTable WithComments(SqliteReader reader, long site, InfoTable rows, DataShape shape, CancellationToken cancellationToken)
    {
        var (id, comments) = (rows.Shape.IndexOf("id"), rows.Shape.IndexOf("comments"));
        var builder = new InfoTable.Builder(rows.Shape);
        for (var i = 0; i < rows.RowCount; i++)
        {
            var entry = long.Parse(rows[i, id].ToString(), System.Globalization.CultureInfo.InvariantCulture);
            var query = new PageQuery(PageKind.Comment, shape, int.MaxValue) { Entry = entry, Order = PageOrder.Added };
            var row = builder.AddRow();
            rows.Row(i).CopyTo(row);
            row[comments] = Value.Table(Make(reader, site, query).Rows(query.MaxItems, cancellationToken));
        }

        return builder.Build();
    }

    // The site comes as a word, too, so that other sites' pages are not looked at.
    private static string Match(long site, string match) => $"site : \"{SiteWord(site)}\" AND {{title content}} : ({match})";

    private static string[] Column(string name, bool withContent) => name switch
    {
        "id" => ["CAST(id AS TEXT)"],
        "entryId" => ["CAST(coalesce(entry, id) AS TEXT)"],
        "parentId" => ["coalesce(CAST(parent AS TEXT), '')"],
        "type" => ["kind"],
        "content" when !withContent => [],
        "title" or "content" or "source" or "timestamp" or "tags" => [name],
        "sourceType" => ["source_type"],
        "lastUpdated" => ["last_updated"],
        "location" => Place,
        "isSticky" => ["is_sticky"],
        "count" => ["comment_count"],
        "ratingAverage" => [Average],
        "ratingCount" => ["rating_count"],
        _ => [],
    };

    private static string[] HistoryColumn(string name) => name switch
    {
        "entryId" => ["CAST(page AS TEXT)"],
        "type" => ["type"],
        "id" or "parentId" or "content" or "source" or "sourceType" or "timestamp" or "location" or "tags" => Column(name, withContent: true),
        _ => [],
    };
}
