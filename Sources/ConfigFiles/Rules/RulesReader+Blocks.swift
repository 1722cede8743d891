// SPDX-License-Identifier: Apache-2.0

extension RulesReader {
    /// Reads a block that replaces one of the assistant, and checks that it is whole.
    ///
    /// The platform replaces the block as it is given, so that a part of it would lose the rest (contract, section 7).
    mutating func readBlock(_ node: YAMLNode, of what: String, needs required: [String]) -> Fields? {
        guard let entries = findings.block(node, of: what) else { return nil }
        let fields = Fields(position: node.position, entries: entries)
        let missing = required.filter { fields[$0] == nil }
        for entry in entries where required.contains(entry.key) {
            _ = findings.text(entry.value, of: "`\(entry.key)`")
        }
        if !missing.isEmpty {
            let names = missing.map { "`\($0)`" }.joined(separator: " and ")
            findings.error(
                "\(what) replaces the whole block of the assistant, so it needs \(names) too", at: node.position)
        }
        return fields
    }

    /// Warns of a provider that was not known when this version was made.
    mutating func checkProvider(_ node: YAMLNode?, of what: String, among known: [String]) {
        guard let node, let name = node.scalarText, !node.isNull, !known.contains(name) else { return }
        let hint = Suggestion.hint(for: name, among: known)
        let words = hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint
        findings.warning("`\(name)` is no provider of \(what) that we know\(words)", at: node.position)
    }

    mutating func checkIsList(_ node: YAMLNode?, of what: String) {
        guard let node, node.items == nil else { return }
        findings.error("\(what) must be a list, but \(node.described) stands here", at: node.position)
    }

    mutating func refuseBesideRealtime(_ entry: YAMLNode.Entry) {
        findings.error(
            "`\(entry.key)` cannot stand beside a realtime model, which hears and speaks by itself",
            at: entry.keyPosition)
    }
}

extension Fields {
    /// The keys of a node, without any check.
    static func of(_ node: YAMLNode) -> Fields? {
        node.entries.map { Fields(position: node.position, entries: $0) }
    }
}
