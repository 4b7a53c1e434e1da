-- Writes to Things of other servers that were taken here and not yet there. Times are milliseconds since 1970 UTC.

-- One row: who this server is, and how often it was started.
CREATE TABLE identity (
    id   TEXT NOT NULL,
    boot INTEGER NOT NULL
);

-- Of each other server the highest number of this one that is known to be stored there, noted now and then.
CREATE TABLE proved (
    server TEXT PRIMARY KEY,
    number INTEGER NOT NULL
) WITHOUT ROWID;

-- What each proxy stands for, as it was bound last.
CREATE TABLE pin (
    proxy       TEXT PRIMARY KEY,
    server      TEXT NOT NULL,
    thing       TEXT NOT NULL,
    server_name TEXT NOT NULL
) WITHOUT ROWID;

-- A refused entry has its reason and waits for a person; the others wait for their server.
CREATE TABLE entry (
    server    TEXT NOT NULL,
    thing     TEXT NOT NULL,
    is_parked INTEGER NOT NULL DEFAULT 0,
    number    INTEGER NOT NULL,
    proxy     TEXT NOT NULL,
    call      BLOB NOT NULL,
    accepted  INTEGER NOT NULL,
    reason    TEXT NOT NULL DEFAULT '',
    crc       INTEGER NOT NULL,
    PRIMARY KEY (server, thing, is_parked, number)
) WITHOUT ROWID;
