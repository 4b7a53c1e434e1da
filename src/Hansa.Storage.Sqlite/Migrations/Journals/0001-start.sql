-- Logs and the audit. Times are milliseconds since 1970 UTC; the columns are those of the platform's LogEntry and AuditEntry.

CREATE TABLE log (
    id         INTEGER PRIMARY KEY,
    journal    TEXT NOT NULL,
    timestamp  INTEGER NOT NULL,
    level      TEXT NOT NULL,
    origin     TEXT NOT NULL,
    content    TEXT NOT NULL,
    user       TEXT NOT NULL,
    thread     TEXT NOT NULL,
    session    TEXT NOT NULL,
    instance   TEXT NOT NULL,
    platformId TEXT NOT NULL
);

CREATE INDEX log_time ON log (journal, timestamp);

CREATE TABLE audit (
    id            INTEGER PRIMARY KEY,
    journal       TEXT NOT NULL,
    timestamp     INTEGER NOT NULL,
    auditCategory TEXT NOT NULL,
    message       TEXT NOT NULL,
    source        TEXT NOT NULL,
    sourceType    TEXT NOT NULL,
    user          TEXT NOT NULL
);

CREATE INDEX audit_time ON audit (journal, timestamp);
CREATE INDEX audit_source ON audit (journal, source, timestamp);
