// SPDX-License-Identifier: Apache-2.0

extension RulesReader {
    /// Reads a block that replaces one of the assistant, and checks that it is whole.
    mutating func readBlock(_ node: YAMLNode, of what: String, needs required: [String]) -> MappingReader? {
        guard let entries = findings.block(node, of: what) else { return nil }
        let fields = MappingReader(position: node.position, entries: entries)
        for entry in entries where required.contains(entry.key) {
            if findings.text(entry.value, of: "`\(entry.key)`") != nil, case .number = YAMLScalar(entry.value) {
                findings.warning(
                    "`\(entry.key)` is a text, but this is sent as a number; put it in quotes",
                    at: entry.value.position)
            }
        }
        if let problem = AssistantBlock.problem(in: what, needing: required, has: { fields[$0] != nil }) {
            findings.error(problem, at: node.position)
        }
        return fields
    }

    /// Warns of a provider, or of a model of it, that was not known when this version was made.
    mutating func checkProvider(_ fields: MappingReader, of what: String, among known: [Providers.Provider]) {
        guard let node = fields["provider"], let name = node.scalarText, !node.isNull else { return }
        guard let provider = known.first(where: { $0.name == name }) else {
            return warnOfUnknown(node, name: name, kind: "provider of \(what)", among: known.map(\.name))
        }
        guard let node = fields["model"], let model = node.scalarText, !node.isNull, !provider.models.isEmpty,
            !provider.models.contains(model)
        else { return }
        warnOfUnknown(node, name: model, kind: "model of \(name) in \(what)", among: provider.models)
    }

    /// Warns of a language that was not known; one with a country, such as `nl-BE`, is known as the language is.
    mutating func checkLanguage(_ node: YAMLNode?) {
        guard let node, let text = node.scalarText, !node.isNull, let code = text.split(separator: "-").first,
            !Providers.languages.contains(String(code))
        else { return }
        findings.warning(
            "`\(text)` is no language of `stt` that we know; write a code such as nl, en or multi", at: node.position)
    }

    private mutating func warnOfUnknown(_ node: YAMLNode, name: String, kind: String, among known: [String]) {
        let hint = Suggestion.hint(for: name, among: known)
        let words = hint.isEmpty ? "; known are \(known.joined(separator: ", "))" : hint
        findings.warning("`\(name)` is no \(kind) that we know\(words)", at: node.position)
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

extension MappingReader {
    /// The keys of a node, without any check.
    static func of(_ node: YAMLNode) -> MappingReader? {
        node.entries.map { MappingReader(position: node.position, entries: $0) }
    }
}
