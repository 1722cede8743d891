// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import TestSupport
import Testing
import WireFormat

/// What a journal says of the calls before a server.
@Suite struct JournalHistoryTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private static let line: PhoneNumber = "+31201234567"

    /// An hour of calls, each a minute after the one before it.
    private static let calls = [
        CallSample("a").live().ended(), CallSample("b", from: nil, at: 60).rejected(),
        CallSample("c", at: 120).with(\.isAsked, false).live(after: 0),
        CallSample("d", at: 180).live().then(.status(.endedWithError, reason: "sip"), after: 7),
        CallSample("e", at: 240).with(\.to, "+31999999999").rejected(by: .unknownLine),
        CallSample("f", at: 300),
    ]

    private func record() throws -> JournalReader {
        bench.record(Self.calls)
        return try JournalReader(bench.path)
    }

    private static func moment(_ seconds: Int64) -> Instant { Instant.sample.advanced(bySeconds: seconds) }

    @Test func hasTheAnsweredCallsNewestFirst() throws {
        let reader = try record()
        var calls: [PastCall] = []
        try reader.pastCalls(below: .max, since: .sample) { call in
            calls.append(call)
            return true
        }
        #expect(calls.map(\.at) == [300, 240, 180, 120, 60, 0].map(Self.moment))
        #expect(calls.map(\.isAnswered) == [true, true, true, false, true, true])
        #expect(calls.map { $0.caller == nil } == [false, false, false, false, true, false])
        #expect(Set(calls.map(\.called)) == [Self.line, "+31999999999"])
    }

    @Test func givesOnlyWhatIsAskedFor() throws {
        let reader = try record()
        var count = 0
        try reader.pastCalls(below: 4, since: Self.moment(60)) { call in
            count += 1
            #expect((1...3).contains(call.number))
            return count < 2
        }
        #expect(count == 2)
    }

    @Test func countsByQuartersOfAnHour() throws {
        let reader = try record()
        var found: [PhoneNumber: [CallsOfQuarter]] = [:]
        try reader.callsByQuarter(below: .max, since: .sample) { found[$0, default: []].append($1) }
        #expect(
            found == [
                Self.line: [CallsOfQuarter(count: 5, first: .sample, last: Self.moment(300))],
                "+31999999999": [CallsOfQuarter(at: Self.moment(240))],
            ])
    }

    @Test func knowsHowALastCallEnded() throws {
        bench.record([
            CallSample("a").live().then(
                .report(.init(seconds: 60, summary: "A bill.", endReason: "customer-ended-call")), after: 60)
        ])
        var found: [LastCall] = []
        try JournalReader(bench.path).lastCalls([0, 17]) { call, caller in
            #expect(caller != nil)
            found.append(call)
        }
        #expect(found.map(\.id.text) == ["a"])
        #expect(found.first?.report == CallReport(seconds: 60, summary: "A bill.", endReason: "customer-ended-call"))
    }

    @Test func whatWasSaidIsNotThereUnlessItIsKept() throws {
        bench.record(
            [CallSample("a").live().then(.report(.init(seconds: 60, summary: "A bill.", endReason: nil)), after: 60)],
            contents: KeptContents(bodies: true, transcripts: false))
        try JournalReader(bench.path).lastCalls([0]) { call, _ in
            #expect(call.report?.summary == "")
            #expect(call.report?.seconds == 60)
        }
    }

    private struct Counted: Sendable, Equatable {
        var ended = 0
        var failed = 0
        var rejected = 0
        var noNews = 0
    }

    private static let counted: [Row<(from: Int64, at: Int64), Counted>] = [
        Row("while calls are in progress", (0, 310), Counted(ended: 1, failed: 1, rejected: 2)),
        Row("a day later", (0, 86_400), Counted(ended: 1, failed: 1, rejected: 2, noNews: 2)),
        Row("from the last calls on", (175, 310), Counted(failed: 1, rejected: 1)),
        Row("what rang until after midnight", (350, 86_400), Counted(noNews: 2)),
        Row("a day without calls", (86_400 * 3, 86_400 * 4), Counted()),
    ]

    @Test(arguments: counted)
    private func countsWhatCallsCameTo(row: Row<(from: Int64, at: Int64), Counted>) throws {
        let counts = try record().counts(
            below: .max, from: Self.moment(row.input.from), at: Self.moment(row.input.at))
        let found = counts.outcomes
        #expect(
            Counted(ended: found.ended, failed: found.failed, rejected: found.rejected, noNews: found.noNews)
                == row.expected, "\(row)")
        #expect(found.onLine == 0)
        let lines = counts.lines.values.reduce(OutcomeCounts(), +)
        #expect(lines == found)
    }

    /// Each answer once, whatever became of its call, and only of calls that came in the time.
    @Test(arguments: [Row("all", 0, 5), Row("the last ones", 175, 3), Row("none", 86_400, 0)] as [Row<Int64, Int>])
    func countsTheAnswers(row: Row<Int64, Int>) throws {
        let answers = try record().counts(below: .max, from: Self.moment(row.input), at: Self.moment(310)).answers
        #expect(answers.kinds.values.reduce(0, +) == row.expected, "\(answers)")
        #expect(answers.deciders.values.reduce(0, +) == row.expected)
    }

    @Test func thisSessionIsNotAmongThem() throws {
        #expect(try record().counts(below: 1, from: .sample, at: Self.moment(310)).outcomes.calls == 1)
    }

    @Test func sessionsHaveTheirTimes() throws {
        let later = Self.moment(3600)
        bench.record(Self.calls)
        let killed = bench.session(at: later)
        killed.journal.start()
        killed.record([CallSample("g", at: 3660)])
        #expect(killed.journal.waitUntilWritten(seconds: 20))
        #expect(killed.journal.nextNumber == Int64(Self.calls.count) + 1)
        let sessions = try JournalReader(bench.path).sessions(since: Self.moment(-86_400))
        // The clock of the first one stood still.
        #expect(sessions.map(\.from) == [later])
        #expect(sessions.map(\.until) == [Self.moment(3660)])
        killed.end()
    }
}
