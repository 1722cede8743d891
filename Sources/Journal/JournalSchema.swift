// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of a journal, as the versions of the program built them up.
///
/// A migration that was released never changes. Columns are what is searched; the documents next to them are read back.
enum JournalSchema {
    /// The name of the newest migration.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("revisions") { database in
            try database.execute(sql: revisions)
        }
        migrator.registerMigration("marks") { database in
            try database.execute(sql: marks)
        }
        migrator.registerMigration("counts") { database in
            try database.execute(sql: counts)
        }
        migrator.registerMigration("removals") { database in
            try database.execute(sql: removals)
        }
        migrator.registerMigration("facets") { database in
            try database.execute(sql: facets)
        }
        return migrator
    }

    /// One index that has all columns that filters and counts decide by, which they read instead of the rows with their documents.
    ///
    /// An index for each column cost more than the call itself with each call. The values of ``Facet`` are known without one.
    private static let facets = """
        CREATE TABLE facet (
            name TEXT NOT NULL, value TEXT NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (name, value)) WITHOUT ROWID;
        INSERT INTO facet SELECT 'called', called, max(number) / 256 FROM call WHERE called IS NOT NULL GROUP BY called;
        INSERT INTO facet SELECT 'called_sent', called_sent, max(number) / 256 FROM call
            WHERE called_sent IS NOT NULL GROUP BY called_sent;
        INSERT INTO facet SELECT 'line', line, max(number) / 256 FROM call WHERE line IS NOT NULL GROUP BY line;
        INSERT INTO facet SELECT 'state', state, max(number) / 256 FROM call GROUP BY state;
        INSERT INTO facet SELECT 'decider', decider, max(number) / 256 FROM call WHERE decider IS NOT NULL GROUP BY decider;
        DROP INDEX call_called;
        DROP INDEX call_line;
        DROP INDEX call_called_sent;
        DROP INDEX call_state;
        DROP INDEX call_outcome;
        DROP INDEX call_applied;
        DROP INDEX call_decider;
        DROP INDEX call_kind;
        DROP INDEX call_microseconds;
        DROP INDEX call_counted;
        CREATE INDEX call_decided ON call(heard_at, called, caller, decider, line, state, outcome, applied, kind, microseconds,
            news_deadline, last_heard_at, caller_sent, called_sent);
        """

    /// One row, once calls were taken out; of calls that went before there was the table, only the next one is known.
    private static let removals = """
        CREATE TABLE removal (id INTEGER PRIMARY KEY CHECK (id = 0), heard_until INTEGER NOT NULL);
        INSERT INTO removal (id, heard_until) SELECT 0, heard_at FROM
            (SELECT number, heard_at FROM call ORDER BY number LIMIT 1) WHERE number > 0;
        """

    /// One index by time that has what is counted: reading that from the rows would read their documents too.
    private static let counts = """
        CREATE INDEX call_counted ON call(heard_at, called, caller, decider);
        DROP INDEX call_heard_at;
        """

    /// What rows and filters need in columns, with indexes.
    ///
    /// Rows of the first version have no `webhooks` until they are written again: what the new columns would have is in their
    /// documents. `summary` is empty where there is a report without one.
    private static let marks = """
        ALTER TABLE call ADD COLUMN caller_sent TEXT;
        ALTER TABLE call ADD COLUMN called_sent TEXT;
        ALTER TABLE call ADD COLUMN words TEXT;
        ALTER TABLE call ADD COLUMN seconds INTEGER;
        ALTER TABLE call ADD COLUMN reason TEXT;
        ALTER TABLE call ADD COLUMN summary TEXT;
        ALTER TABLE call ADD COLUMN webhooks INTEGER;
        ALTER TABLE call ADD COLUMN marked TEXT;
        ALTER TABLE call ADD COLUMN notes TEXT;
        CREATE INDEX call_called ON call(called);
        CREATE INDEX call_line ON call(line);
        CREATE INDEX call_called_sent ON call(called_sent) WHERE called_sent IS NOT NULL;
        CREATE INDEX call_state ON call(state);
        CREATE INDEX call_outcome ON call(outcome);
        CREATE INDEX call_news_deadline ON call(news_deadline) WHERE news_deadline IS NOT NULL;
        CREATE INDEX call_applied ON call(applied);
        CREATE INDEX call_decider ON call(decider);
        CREATE INDEX call_kind ON call(kind);
        CREATE INDEX call_microseconds ON call(microseconds);
        CREATE INDEX call_marked ON call(number) WHERE marked IS NOT NULL;
        CREATE INDEX call_notes ON call(number) WHERE notes IS NOT NULL;
        CREATE INDEX call_first_version ON call(number) WHERE webhooks IS NULL;
        """

    /// The first tables: `call` is small and written with every webhook, `answer` and `entry` are written once.
    ///
    /// Times are microseconds since 1970; what people wrote is in the documents.
    private static let first = """
        CREATE TABLE session (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, version TEXT NOT NULL,
            started_at INTEGER NOT NULL, ended_at INTEGER, base INTEGER NOT NULL);

        CREATE TABLE call (
            number INTEGER PRIMARY KEY, session INTEGER NOT NULL, id TEXT NOT NULL,
            heard_at INTEGER NOT NULL, last_heard_at INTEGER NOT NULL,
            caller TEXT, called TEXT, line TEXT,
            state TEXT NOT NULL, outcome TEXT NOT NULL, news_deadline INTEGER, applied TEXT NOT NULL,
            decider TEXT, kind TEXT, microseconds INTEGER,
            document BLOB NOT NULL);
        CREATE INDEX call_heard_at ON call(heard_at);
        CREATE INDEX call_caller ON call(caller, heard_at);
        CREATE INDEX call_id ON call(id);

        CREATE TABLE answer (call INTEGER PRIMARY KEY, document BLOB NOT NULL, reply BLOB NOT NULL);

        CREATE TABLE entry (
            call INTEGER NOT NULL, place INTEGER NOT NULL, document BLOB NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (call, place)) WITHOUT ROWID;

        CREATE TABLE refusal (
            session INTEGER NOT NULL, cursor INTEGER NOT NULL, at INTEGER NOT NULL, document BLOB NOT NULL,
            PRIMARY KEY (session, cursor)) WITHOUT ROWID;

        CREATE TABLE desk (
            session INTEGER NOT NULL, cursor INTEGER NOT NULL, at INTEGER NOT NULL, document BLOB NOT NULL,
            PRIMARY KEY (session, cursor)) WITHOUT ROWID;
        """

    /// The rules that servers used, with their files by content; `overrides` are those in force at `overrides_at`.
    private static let revisions = """
        CREATE TABLE content (id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, bytes BLOB NOT NULL);

        CREATE TABLE revision (
            id INTEGER PRIMARY KEY, session INTEGER NOT NULL, revision TEXT NOT NULL, used_at INTEGER NOT NULL,
            overrides BLOB NOT NULL, overrides_at INTEGER NOT NULL);
        CREATE INDEX revision_used_at ON revision(used_at);

        CREATE TABLE revision_file (
            revision INTEGER NOT NULL, place INTEGER NOT NULL, path TEXT NOT NULL, role TEXT NOT NULL,
            size INTEGER NOT NULL, content INTEGER,
            PRIMARY KEY (revision, place)) WITHOUT ROWID;
        CREATE INDEX revision_file_content ON revision_file(content);
        """
}
