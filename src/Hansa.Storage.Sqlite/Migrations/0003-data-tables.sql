-- The fields that a data table's keys were made of, with tabs between; "" where each row has a key of its own.
CREATE TABLE data_table_key (
    data_table INTEGER PRIMARY KEY,
    fields     TEXT NOT NULL
);
