// SPDX-License-Identifier: Apache-2.0

/// The keys of a mapping, each with the function that reads it, so that no key can be accepted and then ignored.
///
/// Suggestions for misspelled keys and the comparison with the JSON Schema use the same table.
struct KeyTable<Target>: Sendable {
    /// Reads the value of one key into what the mapping becomes.
    typealias Read = @Sendable (inout RulesReader, YAMLNode.Entry, inout Target) -> Void

    /// In the order of the table.
    let names: [String]
    /// Keys of a later version: they are in the schema and reported as not supported.
    let planned: [String]
    /// Whether keys that begin with `x-` are passed over, as places for anchors.
    let passesExtensions: Bool
    private let readers: [String: Read]

    init(_ keys: KeyValuePairs<String, Read>, planned: [String] = [], passesExtensions: Bool = false) {
        names = keys.map(\.key)
        self.planned = planned
        self.passesExtensions = passesExtensions
        readers = Dictionary(keys.map { ($0.key, $0.value) }) { first, _ in first }
    }

    private init(names: [String], planned: [String], passesExtensions: Bool, readers: [String: Read]) {
        self.names = names
        self.planned = planned
        self.passesExtensions = passesExtensions
        self.readers = readers
    }

    subscript(name: String) -> Read? { readers[name] }

    /// The same table with more keys.
    func adding(_ keys: KeyValuePairs<String, Read>) -> KeyTable {
        KeyTable(
            names: names + keys.map(\.key), planned: planned, passesExtensions: passesExtensions,
            readers: readers.merging(keys.map { ($0.key, $0.value) }) { first, _ in first })
    }
}

/// The entries of one mapping.
struct MappingReader {
    /// Where the mapping begins.
    let position: SourcePosition
    let entries: [YAMLNode.Entry]

    /// The value of a key, if the mapping has it.
    subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// A key with its position.
    func entry(_ key: String) -> YAMLNode.Entry? { entries.first { $0.key == key } }

    /// The entries of a node, without any check.
    static func of(_ node: YAMLNode) -> MappingReader? {
        node.entries.map { MappingReader(position: node.position, entries: $0) }
    }
}

extension RulesReader {
    /// Reads a mapping into `target`, key by key in the order of the file.
    @discardableResult
    mutating func read<Target>(
        _ node: YAMLNode, of what: String, _ table: KeyTable<Target>, into target: inout Target
    ) -> MappingReader? {
        guard let fields = fields(node, of: what, table) else { return nil }
        for entry in fields.entries { read(entry, table, into: &target) }
        return fields
    }

    /// Reads the value of one key.
    mutating func read<Target>(_ entry: YAMLNode.Entry, _ table: KeyTable<Target>, into target: inout Target) {
        table[entry.key]?(&self, entry, &target)
    }

    /// Returns the entries of a mapping and reports the keys that are not in the table.
    mutating func fields<Target>(_ node: YAMLNode, of what: String, _ table: KeyTable<Target>) -> MappingReader? {
        guard let entries = findings.mapping(node, of: what) else { return nil }
        for entry in entries where table[entry.key] == nil {
            if table.passesExtensions, entry.key.hasPrefix("x-") { continue }
            if table.planned.contains(entry.key) {
                findings.error(
                    .unsupportedKey, "`\(entry.key)` is not supported by this version", at: entry.keyPosition)
            } else {
                findings.error(
                    .unknownKey,
                    "unknown key `\(entry.key)` in \(what)\(hint(for: entry.key, table))", at: entry.keyPosition)
            }
        }
        return MappingReader(position: node.position, entries: entries)
    }

    private func hint<Target>(for key: String, _ table: KeyTable<Target>) -> String {
        // A place for an anchor, but for the spelling of its prefix.
        if table.passesExtensions, key.count > 2, key.first == "x" || key.first == "X",
            "-_".contains(key.dropFirst().prefix(1))
        {
            return "; did you mean `x-\(key.dropFirst(2))`?"
        }
        return Suggestion.words(forKey: key, among: table.names)
    }

    /// Reports the keys that a mapping needs and lacks.
    mutating func require(_ keys: String..., in fields: MappingReader, of what: String) {
        for key in keys where fields[key] == nil {
            findings.error(.missingKey, "\(what) needs the key `\(key)`", at: fields.position)
        }
    }
}

extension Diagnostics {
    /// Reads a mapping with keys of the writer's choice.
    mutating func mapping(_ node: YAMLNode, of what: String) -> [YAMLNode.Entry]? {
        if let entries = node.entries { return entries }
        error(.wrongType, "\(what) must be a mapping, found \(node.kindInWords)", at: node.position)
        return nil
    }
}
