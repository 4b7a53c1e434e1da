namespace Hansa.Storage.Sqlite;

/// <summary>The statements of wikis and blogs.</summary>
internal static class PageSql
{
    public const string FindSite = "SELECT key FROM page_site WHERE thing = ? AND is_dropped = 0";

    public const string AddSite = "INSERT OR IGNORE INTO page_site (thing) VALUES (?)";

    public const string MarkDropped = "UPDATE page_site SET is_dropped = 1 WHERE thing = ? AND is_dropped = 0";

    public const string FindDropped = "SELECT key FROM page_site WHERE is_dropped = 1 LIMIT 1";

    public const string ForgetSite = "DELETE FROM page_site WHERE key = ?";

    public const string Exists = "SELECT id FROM page WHERE id = ? AND site = ? AND kind = ?";

    public const string ExistsOfAnyKind = "SELECT id FROM page WHERE id = ? AND site = ?";

    public const string ExistsOnEntry = "SELECT id FROM page WHERE id = ? AND site = ? AND kind = 'Comment' AND entry = ?";

    public const string Add = """
        INSERT INTO page (site, kind, entry, parent, title, content, source, source_type, timestamp, last_updated, latitude, longitude, elevation, tags)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;

    public const string FindByTitle = "SELECT min(id) FROM page WHERE site = ? AND kind = 'WikiPage' AND parent IS ? AND title = ? HAVING min(id) IS NOT NULL";

    public const string Update = """
        UPDATE page SET
            parent = iif(?, ?, parent), title = coalesce(?, title), content = coalesce(?, content), source = coalesce(?, source),
            source_type = coalesce(?, source_type), timestamp = coalesce(?, timestamp), last_updated = ?, latitude = coalesce(?, latitude),
            longitude = coalesce(?, longitude), elevation = coalesce(?, elevation), tags = coalesce(?, tags), is_sticky = coalesce(?, is_sticky)
        WHERE id = ?
        """;

    /// <summary>Whether the second page is the first or above it.</summary>
    public const string IsAbove = """
        WITH RECURSIVE up (id) AS (SELECT ? UNION SELECT page.parent FROM page JOIN up ON page.id = up.id WHERE page.parent IS NOT NULL)
        SELECT id FROM up WHERE id = ?
        """;

    public const string Text = "SELECT title, content FROM page WHERE id = ?";

    public const string AddText = "INSERT INTO page_text (rowid, site, title, content) VALUES (?, ?, ?, ?)";

    public const string DeleteText = "DELETE FROM page_text WHERE rowid = ?";

    public const string CountComments = "UPDATE page SET comment_count = (SELECT count(*) FROM page AS comment WHERE comment.entry = page.id) WHERE id = ?";

    public const string EntryOf = "SELECT entry FROM page WHERE id = ?";

    public const string Below = "SELECT id FROM page WHERE parent = ?";

    public const string LiftBelow = "UPDATE page SET parent = (SELECT above.parent FROM page AS above WHERE above.id = ?) WHERE parent = ?";

    public const string DeleteRatings = "DELETE FROM page_rating WHERE page IN (SELECT id FROM page WHERE id = ? OR entry = ?)";

    public const string DeleteComments = "DELETE FROM page WHERE entry = ?";

    public const string Delete = "DELETE FROM page WHERE id = ?";

    public const string Rate = "INSERT INTO page_rating (page, user, rating) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rating = excluded.rating";

    public const string CountRatings = """
        UPDATE page SET (rating_count, rating_sum) = (SELECT count(*), sum(rating) FROM page_rating WHERE page_rating.page = page.id) WHERE id = ?
        """;

    public const string Average = "SELECT rating_sum / rating_count FROM page WHERE id = ?";

    public const string AddHistory = """
        INSERT INTO page_history (site, page, type, parent, content, source, source_type, timestamp, latitude, longitude, elevation, tags)
        SELECT site, id, ?, parent, content, source, source_type, ?, latitude, longitude, elevation, tags FROM page WHERE id = ?
        """;

    public const string LastId = "SELECT coalesce(max(id), 0) FROM page";

    public const string ToPurge = """
        SELECT id FROM page WHERE site = ? AND kind <> 'Comment' AND timestamp BETWEEN ? AND ? AND id <= ? LIMIT ?
        """;

    public const string LastHistory = "SELECT coalesce(max(id), 0) FROM page_history";

    public const string PurgeHistory = "DELETE FROM page_history WHERE id IN (SELECT id FROM page_history WHERE site = ? AND id <= ? LIMIT ?)";

    public const string HistoryBefore = "SELECT id FROM page_history WHERE site = ?1 AND timestamp < ?2 LIMIT ?3";

    public const string HistoryBeyond = "SELECT id FROM page_history WHERE site = ?1 ORDER BY timestamp DESC, id DESC LIMIT ?3 OFFSET ?2";

    public const string EntriesBefore = "SELECT id FROM page WHERE site = ?1 AND kind = 'BlogEntry' AND timestamp < ?2 LIMIT ?3";

    public const string EntriesBeyond = "SELECT id FROM page WHERE site = ?1 AND kind = 'BlogEntry' ORDER BY timestamp DESC, id DESC LIMIT ?3 OFFSET ?2";

    public const string DeleteHistory = "DELETE FROM page_history WHERE id = ?";

    public const string SweepRatings = "DELETE FROM page_rating WHERE page IN (SELECT id FROM page WHERE site = ? LIMIT ?)";

    public const string SweepTexts = "DELETE FROM page_text WHERE rowid IN (SELECT id FROM page WHERE site = ? LIMIT ?)";

    public const string SweepPages = "DELETE FROM page WHERE id IN (SELECT id FROM page WHERE site = ? LIMIT ?)";
}
