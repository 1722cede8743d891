// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import JSON
import Rules
import TestSupport
import Testing
import TimeZones

/// A rules file that is spread over several files.
@Suite struct IncludeTests {
    private static let shared = """
        version: 1
        x-note: not read
        vars: { practice: Smile }
        phrases: { hello: "Hello from {{vars.practice}}." }
        answers:
          welcome: { greeting: "{{phrase.hello}}" }
          spare: { greeting: "Hi" }
        hours:
          office: { weekly: { mon-fri: ["09:00-17:00"] }, closed: { reject: "Closed." } }
        """

    private static func read(_ text: String, _ files: [String: String]) -> RulesFile.Outcome {
        RulesFile.read(
            Array(text.utf8), name: "rules.yaml", zones: TimeZones.zone,
            files: { path in files[path].map { .bytes(Array($0.utf8)) } ?? .unreadable("no such file") },
            plan: NoNumberingPlan())
    }

    private static let main = """
        version: 1
        timezone: UTC
        include: [shared.yaml, lines.yaml]
        answers: { own: { greeting: "Own." } }
        rules: [{ name: a, when: { caller: withheld }, answer: own }]
        otherwise: welcome
        """
    private static let lines = "lines:\n  - { number: \"+31201234567\", hours: office }\n"

    @Test func addsWhatTheFilesContain() throws {
        let outcome = Self.read(Self.main, ["shared.yaml": Self.shared, "lines.yaml": Self.lines])
        #expect(outcome.findings == [])
        let rules = try #require(outcome.file).rules
        #expect(rules.lines.map(\.hours) == [0])
        #expect(rules.phrases.map(\.name) == ["hello"])
        #expect(Set(rules.answers.compactMap(\.name)) == ["own", "welcome", "spare"])
    }

    @Test func aChangeOfAnIncludedFileIsAnotherRevision() throws {
        func revision(_ lines: String) throws -> String {
            let outcome = Self.read(Self.main, ["shared.yaml": Self.shared, "lines.yaml": lines])
            return try #require(outcome.file).rules.revision
        }
        #expect(try revision(Self.lines) == revision(Self.lines))
        #expect(try revision(Self.lines) != revision(Self.lines + "# more\n"))
    }

    @Test func unusedHolidaysOfAnIncludedFileAreNoFinding() {
        let shared = Self.shared + "\nholidays: { nl: { dates: [\"12-25\"] } }\n"
        #expect(Self.read(Self.main, ["shared.yaml": shared, "lines.yaml": Self.lines]).findings == [])
    }

    @Test func hoursThatAnUnreadableFileMayUseAreNotCalledUnused() {
        let text = Self.main + "\nhours: { extra: { weekly: { mon: \"09:00-10:00\" }, closed: { reject: C } } }\n"
        let outcome = Self.read(text, ["shared.yaml": Self.shared, "lines.yaml": "lines: ["])
        #expect(!outcome.findings.map(\.code).contains(.unusedHours))
    }

    @Test func anAttributeThatNoSourceHasIsFoundInItsFile() throws {
        let shared = Self.shared.replacing("Hi\" }", with: "Hi {{contact.naem|you}}\" }")
        let text = Self.main + "\ncontacts: [{ csv: c.csv }]\n"
        let outcome = Self.read(text, ["shared.yaml": shared, "lines.yaml": Self.lines, "c.csv": ""])
        let findings = try #require(outcome.file).unknownAttributes(besides: ["name"])
        #expect(findings.map(\.file) == ["shared.yaml"])
    }

    struct Slip: Sendable {
        var main = IncludeTests.main
        var shared = IncludeTests.shared
    }

    @Test(arguments: [
        Row(
            "an answer of the rules file",
            Slip(shared: shared.replacingOccurrences(of: "  spare:", with: "  own:")),
            ["shared.yaml:7:3: duplicate-name"]),
        Row(
            "a misspelled key",
            Slip(shared: shared.replacingOccurrences(of: "greeting: \"Hi\"", with: "greting: \"Hi\"")),
            ["shared.yaml:7:12: unknown-key"]),
        Row(
            "a placeholder",
            Slip(shared: shared.replacingOccurrences(of: "vars.practice}}.", with: "vars.practise}}.")),
            ["shared.yaml:4:19: unknown-placeholder"]),
        Row(
            "a key that cannot be included", Slip(shared: shared + "\nrules: []\nserver: {}\n"),
            ["shared.yaml:10:1: unknown-key", "shared.yaml:11:1: unknown-key"]),
        Row("a file within a file", Slip(shared: shared + "\ninclude: [x]\n"), ["shared.yaml:10:1: nested-include"]),
        Row(
            "the file itself", Slip(main: main.replacingOccurrences(of: "lines.yaml]", with: "rules.yaml]")),
            [
                "rules.yaml:3:24: unreadable-file"
            ]),
        Row(
            "broken YAML", Slip(shared: "answers: [\n"),
            ["shared.yaml:2:1: yaml-syntax"]),
        Row(
            "another version", Slip(shared: shared.replacingOccurrences(of: "version: 1", with: "version: 2")),
            [
                "shared.yaml:1:10: unsupported-version"
            ]),
        Row(
            "a file twice",
            Slip(main: main.replacingOccurrences(of: "[shared.yaml,", with: "[shared.yaml, shared.yaml,")),
            [
                "rules.yaml:3:24: duplicate-name"
            ]),
        Row(
            "a list where names are",
            Slip(shared: shared.replacingOccurrences(of: "vars: { practice: Smile }", with: "vars: [a]")),
            [
                "shared.yaml:3:7: wrong-type", "shared.yaml:4:19: unknown-placeholder",
            ]),
    ])
    func saysInWhichFileASlipIs(_ row: Row<Slip, [String]>) {
        let outcome = Self.read(row.input.main, ["shared.yaml": row.input.shared, "lines.yaml": Self.lines])
        let findings = outcome.findings.map { "\($0.file):\($0.line):\($0.column): \($0.code.rawValue)" }
        #expect(Set(findings) == Set(row.expected))
    }

    @Test func aDuplicateNamesBothFiles() throws {
        let files = [
            "shared.yaml": Self.shared.replacingOccurrences(of: "  spare:", with: "  own:"), "lines.yaml": Self.lines,
        ]
        let outcome = Self.read(Self.main, files)
        let finding = try #require(outcome.findings.first)
        #expect(finding.file == "shared.yaml")
        #expect(finding.message.contains("rules.yaml, line 4"))
        let text = Diagnostic.rendered(outcome.findings, source: Self.main, included: outcome.included)
        #expect(text.contains("    " + "  own: { greeting: \"Hi\" }\n      ^"))
    }
}

/// What YAML itself offers to say something once.
@Suite struct AnchorTests {
    @Test func extensionKeysAndMergeKeysShareABlock() throws {
        let file = try RulesFile.sample(
            """
            x-model: &model { provider: openai, model: gpt-4o, temperature: 0.3 }
            x-voice: &voice { model: other, max_completion_tokens: 5 }
            answers:
              day: { llm: { <<: *model, temperature: 0.5 } }
              night: { llm: { <<: [*model, *voice] } }
              literal: { metadata: { "<<": 1 } }
            """)
        func llm(_ members: KeyValuePairs<String, JSONValue>) -> Answer {
            let block = JSONValue.object(members.map { JSONValue.Member($0.key, $0.value) })
            return .assistant(AssistantAnswer(settings: [.init("llm_config", .fixed(block))]))
        }
        #expect(
            file.rules.answer(named: "day")
                == llm(["temperature": .number("0.5"), "provider": .string("openai"), "model": .string("gpt-4o")]))
        #expect(
            file.rules.answer(named: "night")
                == llm([
                    "provider": .string("openai"), "model": .string("gpt-4o"), "temperature": .number("0.3"),
                    "max_completion_tokens": .number("5"),
                ]))
        #expect(
            file.rules.answer(named: "literal")
                == .assistant(AssistantAnswer(metadata: [.init("<<", .fixed(.number("1")))])))
    }

    @Test(arguments: [
        Row("a text is no mapping", "answers: { a: { <<: x } }", ["empty-value", "wrong-type"]),
        Row("only at the top level", "answers: { x-a: {} , b: { x-b: 1 } }", ["empty-value", "unknown-key"]),
    ])
    func reportsWhatCannotBeMerged(_ row: Row<String, [String]>) {
        let outcome = RulesFile.read("version: 1\n" + row.input, name: "rules.yaml", zones: TimeZones.zone)
        #expect(outcome.findings.map(\.code.rawValue) == row.expected)
    }
}
