// SPDX-License-Identifier: Apache-2.0

import Calls

/// A source of contacts as the rules file names it, with its position.
package struct ContactSource: Equatable, Sendable {
    package let kind: Kind
    package let position: SourcePosition

    package init(_ kind: Kind, at position: SourcePosition) {
        self.kind = kind
        self.position = position
    }

    package enum Kind: Equatable, Sendable {
        /// A CSV file; a relative path starts at the rules file.
        case csv(path: String)
        /// An SQLite database; the query has one parameter, `:number`.
        case sqlite(path: String, query: String)
        /// A server; `{number}` in the URL is replaced by the caller's number.
        case http(url: String, timeout: Duration, cache: Duration)

        /// The name of the server that is asked; `nil` for a file.
        package var server: String? {
            switch self {
            case .csv, .sqlite: nil
            case .http(let url, _, _): Upstream.name(of: url)
            }
        }

        /// The file that stays open while it is used; its replacement is a change, as one of the rules file is.
        package var openFile: String? {
            switch self {
            case .sqlite(let path, _): path
            // A CSV file is read together with the rules file.
            case .csv, .http: nil
            }
        }
    }
}

extension RulesReader {
    /// The kinds of contact sources.
    static let sourceKeys = KeyTable<ContactSource.Kind?>([
        "csv": { reader, entry, source in source = reader.readCSV(entry.value) },
        "sqlite": { reader, entry, source in source = reader.readDatabase(entry.value) },
        "http": { reader, entry, source in source = reader.readContactServer(entry.value) },
    ])

    /// Reads `contacts`, the sources that know callers.
    mutating func readContacts(_ node: YAMLNode) -> [ContactSource] {
        guard let items = node.items else {
            findings.error(
                .wrongType, "`contacts` must be a list of sources such as - csv: contacts.csv", at: node.position)
            return []
        }
        return items.compactMap { readSource($0) }
    }

    private mutating func readSource(_ node: YAMLNode) -> ContactSource? {
        guard let fields = fields(node, of: "a contact source", Self.sourceKeys) else { return nil }
        guard let entry = fields.entries.first, fields.entries.count == 1 else {
            let kinds = Self.sourceKeys.names.joined(separator: ", ")
            findings.error(
                fields.entries.isEmpty ? .missingKey : .conflictingKeys, "a contact source must be one of \(kinds)",
                at: node.position)
            return nil
        }
        var kind: ContactSource.Kind?
        read(entry, Self.sourceKeys, into: &kind)
        return kind.map { ContactSource($0, at: entry.value.position) }
    }

    private mutating func readCSV(_ node: YAMLNode) -> ContactSource.Kind? {
        guard let path = findings.text(node, of: "`csv`") else { return nil }
        if case .unreadable(let problem) = files(path) {
            findings.error(.unreadableFile, "cannot read `\(path)`: \(problem)", at: node.position)
        }
        return .csv(path: path)
    }

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

    /// An HTTP source, while it is read.
    struct ContactServerDraft {
        fileprivate var url: String?
        fileprivate var timeout = Duration.milliseconds(500)
        fileprivate var cache = Duration.seconds(300)
    }

    static let contactServerKeys = KeyTable<ContactServerDraft>([
        "url": { reader, entry, source in source.url = reader.readContactURL(entry.value) },
        "timeout": { reader, entry, source in source.timeout = reader.readTimeout(entry.value) ?? source.timeout },
        "cache": { reader, entry, source in source.cache = reader.readCacheTime(entry.value) ?? source.cache },
    ])

    private mutating func readContactServer(_ node: YAMLNode) -> ContactSource.Kind? {
        var source = ContactServerDraft()
        guard let fields = read(node, of: "`http`", Self.contactServerKeys, into: &source) else { return nil }
        require("url", in: fields, of: "`http`")
        return source.url.map { .http(url: $0, timeout: source.timeout, cache: source.cache) }
    }

    private mutating func readContactURL(_ node: YAMLNode) -> String? {
        guard let url = readURL(node) else { return nil }
        if url.contains("{number}") { return url }
        findings.error(
            .invalidURL,
            "`url` must contain {number}, the caller's number, such as http://127.0.0.1:9000/contacts/{number}",
            at: node.position)
        return nil
    }

    private mutating func readCacheTime(_ node: YAMLNode) -> Duration? {
        if let text = node.scalarText, let seconds = DurationText.seconds(text), seconds <= 86_400 {
            return .seconds(seconds)
        }
        findings.error(
            .invalidDuration,
            "`cache` must be a duration such as 30s, 5m or 0s, at most a day, found \(node.described)",
            at: node.position)
        return nil
    }
}
