// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import Foundation
import GRDB
import JSON
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

/// A journal that the first version wrote; `Fixtures/first-version.sqlite` is never written again.
@Suite struct FirstVersionTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
        let fixture = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/first-version.sqlite")
        try FileManager.default.copyItem(at: fixture, to: bench.folder.url.appending(path: "calls.sqlite"))
    }

    @Test func isBroughtUpToDateWithoutAServer() throws {
        #expect(throws: JournalProblem.earlier(file: bench.path)) { try JournalReader(bench.path) }
        #expect(try JournalTools.upgrade(bench.path))
        #expect(try JournalReader(bench.path).calls(limit: 10).map(\.call.id.text) == ["third", "second", "first"])
        #expect(try !JournalTools.upgrade(bench.path))
    }

    /// Filters by columns that were indexes in earlier versions, with the calls that they select.
    @Test(arguments: [
        TestSupport.Row("by:vip", "by:vip", []), TestSupport.Row("by:blocked", "by:blocked", ["second"]),
        TestSupport.Row("state:rejected", "state:rejected", ["second"]),
        TestSupport.Row("state:ringing", "state:ringing", ["third"]),
        TestSupport.Row("from:+31655501234", "from:+31655501234", ["second"]),
    ])
    func isFiltered(row: TestSupport.Row<String, [String]>) throws {
        #expect(try JournalTools.upgrade(bench.path))
        let setting = FilterSetting(now: .sample, clock: .fixed(0), plan: NoNumberingPlan(), country: nil)
        let facts = FilterFacts(now: .sample) { _ in nil }
        var scan = try JournalScan(
            JournalReader(bench.path), CallFilter(row.input, setting), facts, .oldestFirst)
        #expect(try scan.records()?.map(\.call.id.text) ?? [] == row.expected)
    }

    /// Databases that are not journals.
    @Test(arguments: ["CREATE TABLE person (name TEXT)", "PRAGMA user_version = 0"])
    func aDatabaseOfAnotherProgramIsLeftAlone(_ sql: String) throws {
        let path = bench.folder.url.appending(path: "crm.sqlite").path
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
        let before = try Data(contentsOf: URL(filePath: path))
        #expect(throws: JournalProblem.foreign(file: path)) { try JournalTools.upgrade(path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }

    @Test func isReadAndGoneOnWith() throws {
        let session = bench.session()
        #expect(session.journal.status.state == .writing)
        #expect(session.calls.map(\.id.text) == ["first", "second", "third"])
        session.journal.start()
        session.record([CallSample("fourth")])
        session.end()
        let calls = try bench.written()
        #expect(calls.map(\.id.text) == ["first", "second", "third", "fourth"])
        #expect(calls.map(\.state.word) == ["ended", "rejected", "ringing", "ringing"])
        #expect(calls.map { $0.answered?.decision.by } == [.otherwise, .rule("blocked"), .otherwise, .rule("vip")])
        #expect(calls[0].timeline.map(\.event.wireName) == ["assistant-request", "status-update", "status-update"])
        #expect(calls[0].answered?.reply.starts(with: #"{"assistant":{"first_message":"Hi.""#.utf8) == true)
        #expect(calls[1].caller.number == "+31655501234")
        #expect(calls[1].answered?.steps.last?.what == "rule blocked")
        #expect(calls[1].answered.map { String(decoding: $0.reply, as: UTF8.self) } == #"{"error":"No."}"#)
        #expect(calls[2].caller == .withheld)
        let facts = try JournalReader(bench.path).facts()
        #expect((facts.sessions, facts.deskEvents, facts.refusedRequests) == (2, 1, 1))
        #expect(try JournalReader(bench.path).check() == [])
    }
}
