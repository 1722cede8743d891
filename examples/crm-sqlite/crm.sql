-- The customers of a shop; make crm.sqlite out of this with:  sqlite3 crm.sqlite < crm.sql
CREATE TABLE people (
    number   TEXT PRIMARY KEY, -- as +31612345678; where numbers are spelled otherwise, ask WHERE e164(number) = :number
    name     TEXT NOT NULL,
    tier     TEXT,
    language TEXT,
    balance  INTEGER           -- in cents; the query turns what is owed into a word
);
INSERT INTO people VALUES
    ('+31612345678', 'Jan de Vries', 'vip', 'nl', 0),
    ('+31655501234', 'Fatima', NULL, 'nl', -12050),
    ('+4930901820', 'Käthe', NULL, 'de', 0),
    ('+441632960001', 'Ms Lee', 'vip', 'en', 0);
