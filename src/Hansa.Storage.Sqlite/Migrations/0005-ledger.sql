-- What this server has done of other servers' writes (design federation 5). Numbers of one sender only rise.

-- Of each sender the highest number that is stored here.
CREATE TABLE ledger_sender (
    sender  TEXT PRIMARY KEY,
    highest INTEGER NOT NULL
) WITHOUT ROWID;

-- Of each lane the last number that was applied, and how many outcomes are kept of it.
CREATE TABLE ledger_lane (
    sender   TEXT NOT NULL,
    thing    TEXT NOT NULL,
    applied  INTEGER NOT NULL,
    outcomes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sender, thing)
) WITHOUT ROWID;

-- How writes ended that did not end in plain success, until the sender needs it no more.
CREATE TABLE ledger_outcome (
    sender TEXT NOT NULL,
    thing  TEXT NOT NULL,
    number INTEGER NOT NULL,
    code   INTEGER NOT NULL,
    text   TEXT NOT NULL,
    result BLOB,
    PRIMARY KEY (sender, thing, number)
) WITHOUT ROWID;
