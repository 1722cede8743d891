// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing

@Suite struct ScalarReadingTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let yaml: String
        let json: JSONValue
        var testDescription: String { yaml }

        init(_ yaml: String, _ json: JSONValue) {
            self.yaml = yaml
            self.json = json
        }
    }

    @Test(arguments: [
        Example("text", .string("text")),
        Example("'5'", .string("5")),
        Example(#""true""#, .string("true")),
        Example("!!str 5", .string("5")),
        Example("true", .bool(true)), Example("False", .bool(false)),
        Example("null", .null), Example("~", .null), Example("", .null),
        Example("0", .number("0")), Example("-12", .number("-12")), Example("+5", .number("5")),
        Example("1.50", .number("1.50")), Example(".5", .number("0.5")), Example("5.", .number("5.0")),
        Example("-1e-3", .number("-1e-3")), Example("6E2", .number("6e2")),
        Example("12345678901234567890123", .number("12345678901234567890123")),
        Example("0x1F", .number("31")), Example("0o17", .number("15")),
        Example("007", .string("007")), Example("+", .string("+")), Example(".", .string(".")),
        Example("1.2.3", .string("1.2.3")), Example("1e", .string("1e")), Example("12:30", .string("12:30")),
        Example("2026-12-25", .string("2026-12-25")), Example("1_000", .string("1_000")),
        Example("off", .string("off")), Example("No", .string("No")),
        Example("[1, [a]]", .array([.number("1"), .array([.string("a")])])),
    ])
    func readsAScalarAsYAML12Does(_ example: Example) throws {
        let file = try RulesFile.sample("answers:\n  a:\n    settings:\n      value: \(example.yaml)\n")
        let expected = AssistantAnswer(settings: [.init("value", .fixed(example.json))])
        #expect(file.rules.answer(named: "a") == .assistant(expected))
    }

    @Test func aDoubledKeyKeepsItsName() {
        let text = "version: 1\nanswers:\n  a: { settings: { x: 1, x: 2, é: 3, é: 4 } }\n"
        let outcome = RulesFile.read(text, name: "rules.yaml") { _ in nil }
        #expect(outcome.findings.map(\.message).allSatisfy { $0.contains("stands twice") })
        #expect(outcome.findings.map(\.column) == [26, 38])
    }
}
