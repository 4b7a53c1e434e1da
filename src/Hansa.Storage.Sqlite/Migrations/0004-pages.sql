-- Wikis and blogs: all of them share these tables. Times are milliseconds since 1970 UTC.

-- One row a wiki or blog. A dropped one keeps its row until all that it had is gone.
CREATE TABLE page_site (
    key        INTEGER PRIMARY KEY AUTOINCREMENT,
    thing      TEXT NOT NULL,
    is_dropped INTEGER NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX page_site_thing ON page_site (thing) WHERE is_dropped = 0;

-- Pages, entries and comments alike; AUTOINCREMENT, so that no id comes again. Sums are kept with the row, as rows are sorted by them.
CREATE TABLE page (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    site          INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    entry         INTEGER,
    parent        INTEGER,
    title         TEXT NOT NULL,
    content       TEXT NOT NULL,
    source        TEXT NOT NULL,
    source_type   TEXT NOT NULL,
    timestamp     INTEGER NOT NULL,
    last_updated  INTEGER NOT NULL,
    latitude      REAL,
    longitude     REAL,
    elevation     REAL,
    tags          TEXT,
    is_sticky     INTEGER NOT NULL DEFAULT 0,
    comment_count INTEGER NOT NULL DEFAULT 0,
    rating_count  INTEGER NOT NULL DEFAULT 0,
    rating_sum    REAL NOT NULL DEFAULT 0
);

CREATE INDEX page_recent ON page (site, kind, timestamp);
CREATE INDEX page_entry ON page (entry) WHERE entry IS NOT NULL;
CREATE INDEX page_parent ON page (parent) WHERE parent IS NOT NULL;

-- One vote a user.
CREATE TABLE page_rating (
    page   INTEGER NOT NULL,
    user   TEXT NOT NULL,
    rating REAL NOT NULL,
    PRIMARY KEY (page, user)
) WITHOUT ROWID;

-- What a wiki page was after each change; type says which: Add, Update or Delete.
CREATE TABLE page_history (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    site        INTEGER NOT NULL,
    page        INTEGER NOT NULL,
    type        TEXT NOT NULL,
    parent      INTEGER,
    content     TEXT NOT NULL,
    source      TEXT NOT NULL,
    source_type TEXT NOT NULL,
    timestamp   INTEGER NOT NULL,
    latitude    REAL,
    longitude   REAL,
    elevation   REAL,
    tags        TEXT
);

CREATE INDEX page_history_site ON page_history (site, timestamp);
CREATE INDEX page_history_page ON page_history (page, timestamp);

-- The words of pages and entries, without their HTML; the rowid is the page's id. The site is a word, too, so that a search reads its own alone.
CREATE VIRTUAL TABLE page_text USING fts5 (site, title, content, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
