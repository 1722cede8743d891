// SPDX-License-Identifier: Apache-2.0

import Calls

extension RulesReader {
    /// `contacts` as a mapping, while it is read.
    struct ContactsDraft {
        fileprivate var sources: [ContactSource] = []
        fileprivate var areJoined = false
    }

    static let contactsKeys = KeyTable<ContactsDraft>([
        "all": { reader, entry, contacts in
            contacts.areJoined = reader.findings.flag(entry.value, of: "`all`") ?? false
        },
        "sources": { reader, entry, contacts in contacts.sources = reader.readSources(entry.value) },
    ])

    /// Reads `contacts`: the sources that know callers, as a list, or as a mapping that also says how they are asked.
    ///
    /// The second value is whether all are asked, and later ones add what earlier ones lack.
    mutating func readContacts(_ node: YAMLNode) -> (sources: [ContactSource], areJoined: Bool) {
        guard node.entries != nil else { return (readSources(node), false) }
        var contacts = ContactsDraft()
        guard let fields = read(node, of: "`contacts`", Self.contactsKeys, into: &contacts) else { return ([], false) }
        require("sources", in: fields, of: "`contacts`")
        return (contacts.sources, contacts.areJoined)
    }

    private mutating func readSources(_ node: YAMLNode) -> [ContactSource] {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`contacts` must be a list of sources such as - csv: contacts.csv", at: node.position)
            return []
        }
        return items.compactMap { readSource($0) }
    }

    /// A source, while it is read.
    struct SourceDraft {
        fileprivate var kind: ContactSource.Kind?
        fileprivate var columns: ContactColumns?
    }

    /// The kinds of contact sources, and what belongs to one of them.
    static let sourceKeys = KeyTable<SourceDraft>([
        "csv": { reader, entry, source in source.kind = reader.readCSV(entry.value) },
        "sqlite": { reader, entry, source in source.kind = reader.readDatabase(entry.value) },
        "http": { reader, entry, source in source.kind = reader.readContactServer(entry.value) },
        "columns": { reader, entry, source in source.columns = reader.readColumns(entry.value) },
    ])

    private static let sourceKinds = sourceKeys.names.filter { $0 != "columns" }

    private mutating func readSource(_ node: YAMLNode) -> ContactSource? {
        guard let fields = fields(node, of: "a contact source", Self.sourceKeys) else { return nil }
        var draft = SourceDraft()
        if let columns = fields.entry("columns") { read(columns, Self.sourceKeys, into: &draft) }
        let kinds = fields.entries.filter { Self.sourceKinds.contains($0.key) }
        guard let entry = kinds.first, kinds.count == 1 else {
            findings.error(
                kinds.isEmpty ? .missingKey : .conflictingKeys,
                "a contact source must be one of \(Self.sourceKinds.joined(separator: ", "))", at: node.position)
            return nil
        }
        read(entry, Self.sourceKeys, into: &draft)
        if let columns = draft.columns, let place = fields.entry("columns") {
            guard case .csv(let path, let own)? = draft.kind, own == .found else {
                findings.error(
                    .conflictingKeys, "`columns` belongs to one `csv`", at: place.keyPosition)
                return nil
            }
            draft.kind = .csv(path: path, columns: columns)
        }
        return draft.kind.map { ContactSource($0, at: entry.value.position) }
    }
}

// CSV files.
extension RulesReader {
    /// A CSV source, while it is read.
    struct TableDraft {
        fileprivate var path: String?
        fileprivate var columns = ContactColumns.found
    }

    static let tableKeys = KeyTable<TableDraft>([
        "file": { reader, entry, table in table.path = reader.readTablePath(entry.value, of: "`file`") },
        "columns": { reader, entry, table in table.columns = reader.readColumns(entry.value) ?? .found },
    ])

    private mutating func readCSV(_ node: YAMLNode) -> ContactSource.Kind? {
        guard node.entries != nil else {
            return readTablePath(node, of: "`csv`").map { .csv(path: $0, columns: .found) }
        }
        var table = TableDraft()
        guard let fields = read(node, of: "`csv`", Self.tableKeys, into: &table) else { return nil }
        require("file", in: fields, of: "`csv`")
        return table.path.map { .csv(path: $0, columns: table.columns) }
    }

    private mutating func readTablePath(_ node: YAMLNode, of what: String) -> String? {
        guard let path = findings.text(node, of: what) else { return nil }
        if case .unreadable(let problem) = files(path) {
            findings.error(.unreadableFile, "cannot read `\(path)`: \(problem)", at: node.position)
        }
        return path
    }

    /// Reads `columns`: which columns have the numbers, and attributes with names of their own.
    private mutating func readColumns(_ node: YAMLNode) -> ContactColumns? {
        guard let entries = findings.mapping(node, of: "`columns`") else { return nil }
        var columns = ContactColumns.found
        for entry in entries {
            guard let names = readEach(entry, { $0.findings.text($1, of: "`\(entry.key)`") }) else { return nil }
            if entry.key.lowercased() == "number" {
                columns.numbers = names
            } else {
                columns.attributes.append(.init(name: entry.key, columns: names))
            }
        }
        return columns
    }
}

// SQLite databases.
extension RulesReader {
    /// An SQLite source, while it is read.
    struct DatabaseDraft {
        fileprivate var path: String?
        fileprivate var query: String?
    }

    static let databaseKeys = KeyTable<DatabaseDraft>([
        "file": { reader, entry, source in source.path = reader.findings.text(entry.value, of: "`file`") },
        "query": { reader, entry, source in source.query = reader.findings.text(entry.value, of: "`query`") },
    ])

    private mutating func readDatabase(_ node: YAMLNode) -> ContactSource.Kind? {
        var source = DatabaseDraft()
        guard let fields = read(node, of: "`sqlite`", Self.databaseKeys, into: &source) else { return nil }
        require("file", "query", in: fields, of: "`sqlite`")
        guard let path = source.path, let query = source.query else { return nil }
        return .sqlite(path: path, query: query)
    }
}
