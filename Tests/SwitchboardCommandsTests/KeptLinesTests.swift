// SPDX-License-Identifier: Apache-2.0

import Calls
import Dispatch
import EventLog
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// Which numbers are phone lines by the rules that a journal keeps.
@Suite struct KeptLinesTests {
    private static func rules(_ lines: String...) -> String {
        let list = lines.map { "{ number: \"\($0)\", name: Line }" }.joined(separator: ", ")
        return "version: 1\nlines: [\(list)]\notherwise: default\n"
    }

    private static let former = rules("+31850835037", "+31701234569")
    private static let current = rules("+31850835037", "+31201234567")

    /// Writes a journal of a server that used rules one after the other.
    private func write(_ rules: [String], keepingFiles: Bool = true, to path: String) {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        let journal = Journal(
            Journal.Options(
                path: path, contents: KeptContents(bodies: true, transcripts: false),
                limits: JournalLimits(days: 3650, calls: 1000, bytes: 1 << 30), files: keepingFiles, version: "1"),
            log: log, now: { .sample }, ticks: { DispatchTime.now().uptimeNanoseconds }, report: { _ in })
        for (place, text) in rules.enumerated() {
            let file = UsedRules.File(path: "/etc/sb/rules.yaml", role: .rules, bytes: Array(text.utf8))
            journal.note(
                UsedRules(
                    revision: "r\(place)", at: Instant.sample.advanced(bySeconds: Int64(place)), overrides: [],
                    files: [file]))
        }
        journal.start()
        journal.stop(within: 20)
    }

    @Test(
        arguments: [
            Row("a line of now", "+31201234567", true), Row("a line of both", "+31850835037", true),
            Row("a line of before", "+31701234569", true), Row("a person", "+31612345678", false),
        ] as [Row<PhoneNumber, Bool>])
    func aLineIsKnown(row: Row<PhoneNumber, Bool>) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        write([Self.former, Self.current], to: path)
        #expect(try JournalReader(path).keepsLine(row.input) == row.expected)
    }

    @Test(
        arguments: [
            Row("no rules", [], false), Row("rules that cannot be read", ["lines: ["], false),
            Row("after rules that can be", [current, "lines: ["], true),
        ] as [Row<[String], Bool>])
    func rulesThatCannotBeReadArePassedOver(row: Row<[String], Bool>) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        write(row.input, to: path)
        #expect(try JournalReader(path).keepsLine("+31201234567") == row.expected)
    }

    @Test func rulesWithoutTheirFilesSayNothing() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        write([Self.current], keepingFiles: false, to: path)
        #expect(try !JournalReader(path).keepsLine("+31201234567"))
    }
}
