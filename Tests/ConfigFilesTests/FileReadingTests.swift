// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing
import TimeZones

@Suite struct FileReadingTests {
    @Test func aFileThatSaysNothingHasTheStandardValues() throws {
        let file = try RulesFile.sample("")
        #expect(file.server == ServerSettings())
        #expect(file.rules.zone == .utc)
        #expect(file.rules.lines.isEmpty && file.rules.unknownLine == nil && file.rules.tagsAnswers)
        #expect(file.rules.answers[file.rules.otherwise].answer == .standard)
    }

    @Test func readsTheLines() throws {
        let file = try RulesFile.sample(
            """
            timezone: Europe/Amsterdam
            lines:
              - { number: "+31201234567", name: Front desk, group: a, hours: office, assistant_id: a-1 }
              - { number: "+12125550100", timezone: America/New_York }
            hours:
              office: { weekly: { mon: ["09:00-17:00"] }, closed: { reject: Closed. } }
            """)
        #expect(
            file.rules.lines == [
                PhoneLine(
                    number: "+31201234567", name: "Front desk", group: "a", hours: 0, zone: .named("Europe/Amsterdam"),
                    assistantID: "a-1"),
                PhoneLine(
                    number: "+12125550100", name: "+12125550100", group: nil, hours: nil,
                    zone: .named("America/New_York"), assistantID: nil),
            ])
    }

    @Test func readsTheHours() throws {
        let file = try RulesFile.sample(
            """
            timezone: Europe/Amsterdam
            answers: { closed: { reject: Closed. } }
            hours:
              office:
                timezone: America/New_York
                weekly: { fri-mon: "09:00-12:00", "mon, wed": ["13:00-24:00"], tue: closed }
                dates: { 2026-12-25: closed, "2026-12-31": ["09:00-15:00"] }
                closed: closed
            """)
        let table = try #require(file.rules.hours(named: "office"))
        let expected = HoursTable.sample(
            [
                .friday: ["09:00-12:00"], .saturday: ["09:00-12:00"], .sunday: ["09:00-12:00"],
                .monday: ["09:00-12:00", "13:00-24:00"], .wednesday: ["13:00-24:00"],
            ], dates: ["2026-12-25": [], "2026-12-31": ["09:00-15:00"]])
        #expect(table.weekly == expected.weekly)
        #expect(table.dates == expected.dates)
        #expect(table.zone == .named("America/New_York"))
        #expect(table.closing == ClosingAnswers(0))
    }

    @Test func readsUnknownLineOtherwiseAndTags() throws {
        let file = try RulesFile.sample(
            """
            answers: { a: { reject: No. } }
            unknown_line: a
            otherwise: { max_duration: 60 }
            tag_answers: false
            """)
        #expect(file.rules.unknownLine == 0)
        #expect(file.rules.answers[file.rules.otherwise].answer == .assistant(AssistantAnswer(maxDuration: 60)))
        #expect(!file.rules.tagsAnswers)
    }

    @Test func theRevisionIsThatOfTheExactBytes() throws {
        // FNV-1a 64 of "version: 1\n", its halves folded by exclusive or.
        #expect(try RulesFile.sample("").rules.revision == "3c9d3a78")
        #expect(try RulesFile.sample("#").rules.revision != RulesFile.sample("").rules.revision)
    }

    @Test(arguments: [
        ([0x61, 0x0A, 0x62, 0xFF], Diagnostic.Code.notUTF8, SourcePosition(line: 2, column: 2)),
        ([], .emptyFile, .start), (Array("# only a comment".utf8), .emptyFile, .start),
    ])
    func refusesBytesThatAreNotText(bytes: [UInt8], code: Diagnostic.Code, position: SourcePosition) {
        let outcome = RulesFile.read(bytes, name: "f") { _ in nil }
        #expect(outcome.findings.map(\.code) == [code])
        #expect(outcome.findings.map(\.position) == [position])
        #expect(outcome.file == nil)
    }

    @Test func refusesAFileAboveSixteenMebibytes() {
        let outcome = RulesFile.read(Array(repeating: 0x20, count: 16 << 20 | 1), name: "f") { _ in nil }
        #expect(outcome.findings.map(\.code) == [.fileTooLarge])
    }

    @Test func skipsAByteOrderMark() {
        let outcome = RulesFile.read([0xEF, 0xBB, 0xBF] + Array("version: 1".utf8), name: "f") { _ in nil }
        #expect(outcome.file != nil)
    }

    @Test func boundsWhatAliasesExpandTo() {
        let lists = (1...9).map {
            "l\($0): &l\($0) [" + Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ",") + "]"
        }
        let text = "l0: &l0 [x,x,x,x,x,x,x,x,x]\n" + lists.joined(separator: "\n")
        let outcome = RulesFile.read(text, name: "f") { _ in nil }
        #expect(outcome.findings.contains { $0.code == .tooManyValues })
    }

    @Test(arguments: [
        (70, Diagnostic.Code.tooDeep), (990, .tooDeep), (100_000, .yamlSyntax),
    ])
    func boundsTheDepth(depth: Int, code: Diagnostic.Code) {
        let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let text = "version: 1\nanswers: { a: { settings: { x: \(brackets) } } }"
        let findings = RulesFile.read(text, name: "f") { _ in nil }.findings
        #expect(findings.map(\.code) == [code])
    }

    @Test(arguments: ["a: \u{0}", "a: \u{7}", "\u{1B}[2J: x", "a: \"\u{1}\""])
    func refusesControlCharacters(text: String) {
        let outcome = RulesFile.read(text, name: "f") { _ in nil }
        #expect(outcome.findings.map(\.code) == [.yamlSyntax])
        #expect(outcome.file == nil)
    }
}
