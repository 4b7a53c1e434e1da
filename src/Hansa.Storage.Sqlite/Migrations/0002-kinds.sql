-- The catalogue serves every kind of data Thing, not streams alone.

DROP INDEX stream_thing;
ALTER TABLE stream RENAME TO data_table;
ALTER TABLE data_table ADD COLUMN kind TEXT NOT NULL DEFAULT 'Stream';
CREATE UNIQUE INDEX data_table_thing ON data_table (thing, kind) WHERE is_dropped = 0;

ALTER TABLE stream_field RENAME TO data_field;
ALTER TABLE data_field RENAME COLUMN stream TO data_table;
