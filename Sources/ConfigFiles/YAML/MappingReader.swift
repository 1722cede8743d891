// SPDX-License-Identifier: Apache-2.0

/// The keys of one block, after those that do not belong there have been reported.
struct MappingReader {
    /// Where the block begins.
    let position: SourcePosition
    let entries: [YAMLNode.Entry]

    /// The value of a key, if the block has it.
    subscript(key: String) -> YAMLNode? { entry(key)?.value }

    /// The key with its own place.
    func entry(_ key: String) -> YAMLNode.Entry? {
        entries.first { $0.key == key }
    }
}

extension Diagnostics {
    /// Reads a block of keys; every key that is not known is an error, and one that is only designed says so.
    mutating func fields(
        _ node: YAMLNode, of what: String, known: [String], later: Set<String> = []
    ) -> MappingReader? {
        guard let entries = block(node, of: what) else { return nil }
        for entry in entries where !known.contains(entry.key) {
            if later.contains(entry.key) {
                error("`\(entry.key)` is not supported by this version", at: entry.keyPosition)
            } else {
                let hint = Suggestion.hint(for: entry.key, among: known)
                let words = hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint
                error("unknown key `\(entry.key)` in \(what)\(words)", at: entry.keyPosition)
            }
        }
        return MappingReader(position: node.position, entries: entries)
    }

    /// Reads a block whose keys the writer chooses.
    mutating func block(_ node: YAMLNode, of what: String) -> [YAMLNode.Entry]? {
        if let entries = node.entries { return entries }
        error("\(what) must be a block of keys, but \(node.kindInWords) stands here", at: node.position)
        return nil
    }
}
