// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing

@Suite struct ScalarReadingTests {
    @Test(arguments: [
        ("text", JSONValue.string("text")),
        ("'5'", .string("5")),
        (#""true""#, .string("true")),
        ("!!str 5", .string("5")),
        ("true", .bool(true)), ("False", .bool(false)),
        ("null", .null), ("~", .null), ("", .null),
        ("0", .number("0")), ("-12", .number("-12")), ("+5", .number("5")),
        ("1.50", .number("1.50")), (".5", .number("0.5")), ("5.", .number("5.0")),
        ("-1e-3", .number("-1e-3")), ("6E2", .number("6e2")),
        ("12345678901234567890123", .number("12345678901234567890123")),
        ("0x1F", .number("31")), ("0o17", .number("15")),
        ("007", .string("007")), ("+", .string("+")), (".", .string(".")),
        ("1.2.3", .string("1.2.3")), ("1e", .string("1e")), ("12:30", .string("12:30")),
        ("2026-12-25", .string("2026-12-25")), ("1_000", .string("1_000")),
        ("off", .string("off")), ("No", .string("No")),
        ("[1, [a]]", .array([.number("1"), .array([.string("a")])])),
    ])
    func readsAScalarAsYAML12Does(text: String, json: JSONValue) throws {
        let file = try RulesFile.sample("answers:\n  a:\n    metadata:\n      value: \(text)\n")
        let expected = AssistantAnswer(metadata: [.init("value", .fixed(json))])
        #expect(file.rules.answer(named: "a") == .assistant(expected))
    }

    @Test func aDoubledKeyKeepsItsName() {
        let text = "version: 1\nanswers:\n  a: { metadata: { x: 1, x: 2, é: 3, é: 4 } }\n"
        let outcome = RulesFile.read(text, name: "rules.yaml") { _ in nil }
        #expect(outcome.findings.map(\.code) == [.duplicateKey, .duplicateKey])
        #expect(outcome.findings.map(\.column) == [26, 38])
    }
}
