-- Ids of Things and entities are GUIDs as text, times are milliseconds since 1970 UTC.

CREATE TABLE entity (
    id       TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    name     TEXT NOT NULL,
    document TEXT NOT NULL,
    version  INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    UNIQUE (kind, name)
);

-- The value is in Hansa's own encoding, which says its type.
CREATE TABLE property (
    thing   TEXT NOT NULL,
    name    TEXT NOT NULL,
    value   BLOB NOT NULL,
    time    INTEGER NOT NULL,
    quality TEXT NOT NULL,
    PRIMARY KEY (thing, name)
) WITHOUT ROWID;

-- One table a stream. next_id is at least the next entry id: it is written when entries are deleted, as what is there says the rest.
CREATE TABLE stream (
    key        INTEGER PRIMARY KEY,
    thing      TEXT NOT NULL,
    name       TEXT NOT NULL,
    table_name TEXT NOT NULL,
    next_id    INTEGER NOT NULL DEFAULT 1,
    is_dropped INTEGER NOT NULL DEFAULT 0
);

-- A dropped stream keeps its row until its table is gone; by then a new one may stand for the same Thing.
CREATE UNIQUE INDEX stream_thing ON stream (thing) WHERE is_dropped = 0;

-- Which column holds a field. A field that had several base types has several columns; the stream's Data Shape says which is in use.
CREATE TABLE stream_field (
    stream      INTEGER NOT NULL,
    field       TEXT NOT NULL,
    base_type   TEXT NOT NULL,
    column_name TEXT NOT NULL,
    PRIMARY KEY (stream, field, base_type)
) WITHOUT ROWID;
