// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Testing
import TimeZones

/// A block of the rules file whose keys are fixed: where the schema has it, and a file in which one key of it stands.
struct SchemaLevel: Sendable, CustomTestStringConvertible {
    /// A JSON pointer into the schema.
    let pointer: String
    /// The file, with `@` in place of the key.
    private let file: String

    init(_ pointer: String, _ file: String) {
        self.pointer = pointer
        self.file = file
    }

    var testDescription: String { pointer.isEmpty ? "/" : pointer }

    /// What the reader says when a key stands in the block.
    func messages(with key: String) -> [String] {
        RulesFile.read(file.replacing("@", with: key), name: "f", zones: TimeZones.zone).findings.map(\.message)
    }

    /// The keys that the reader lists when it meets one that it does not know.
    var keysOfTheReader: Set<String>? {
        let words = "; known are "
        let message = messages(with: "zzzzzzzz").first { $0.hasPrefix("unknown key `zzzzzzzz`") }
        return message?.firstRange(of: words).flatMap { range in
            message.map { Set($0[range.upperBound...].split(separator: ", ").map(String.init)) }
        }
    }

    static let all = [
        SchemaLevel("", "@: 1"),
        SchemaLevel("/$defs/server", "server: { @: 1 }"),
        SchemaLevel("/$defs/server/properties/keep", "server: { keep: { @: 1 } }"),
        SchemaLevel("/$defs/secret", "server: { secrets: [{ @: 1 }] }"),
        SchemaLevel("/$defs/line", "lines: [{ @: 1 }]"),
        SchemaLevel("/$defs/hours", "hours: { h: { @: 1 } }"),
        SchemaLevel("/$defs/answerBlock", "otherwise: { @: 1 }"),
        SchemaLevel("/$defs/ask", "otherwise: { ask: { @: 1 } }"),
        SchemaLevel("/$defs/contactSource", "contacts: [{ @: 1 }]"),
        SchemaLevel("/$defs/contactSource/properties/sqlite", "contacts: [{ sqlite: { @: 1 } }]"),
        SchemaLevel("/$defs/contactSource/properties/http", "contacts: [{ http: { @: 1 } }]"),
        SchemaLevel("/$defs/forward", "forward: { @: 1 }"),
        SchemaLevel("/$defs/backEnd", "forward: { tool-calls: { @: 1 } }"),
        SchemaLevel("/$defs/rule", "rules: [{ @: 1 }]"),
        SchemaLevel("/$defs/split", "rules: [{ split: { @: 1 } }]"),
        SchemaLevel("/$defs/split/properties/arms/items", "rules: [{ split: { by: call, arms: [{ @: 1 }, {}] } }]"),
        SchemaLevel("/$defs/condition", "rules: [{ when: { @: 1 } }]"),
        SchemaLevel("/$defs/caller/anyOf/2", "rules: [{ when: { caller: { @: 1 } } }]"),
        SchemaLevel(
            "/$defs/condition/properties/contact/anyOf/1/additionalProperties/anyOf/2",
            "rules: [{ when: { contact: { a: { @: 1 } } } }]"),
        SchemaLevel("/$defs/condition/properties/during/anyOf/2", "rules: [{ when: { during: { @: 1 } } }]"),
        SchemaLevel("/$defs/condition/properties/seen_before", "rules: [{ when: { seen_before: { @: 1 } } }]"),
        SchemaLevel("/$defs/limit", "rules: [{ when: { calls_to_line: { @: 1 } } }]"),
        SchemaLevel("/$defs/case", "tests: [{ @: 1 }]"),
        SchemaLevel("/$defs/case/properties/call", "tests: [{ call: { @: 1 } }]"),
        SchemaLevel(
            "/$defs/case/properties/with",
            "tests: [{ call: { from: withheld, to: withheld, at: \"2026-07-01T00:00:00Z\" }, with: { @: 1 } }]"),
        SchemaLevel("/$defs/case/properties/expect", "tests: [{ expect: { @: 1 } }]"),
    ]
}
