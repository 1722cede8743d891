// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

@Suite struct JournalTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private static let calls = [
        CallSample("a").live().ended(), CallSample("b", from: nil, at: 1).rejected(),
        CallSample("c", from: "weird\u{202E}\u{0}\n", at: 2).standard().with(\.sentTo, "tel:+31 20 123 4567"),
        CallSample("d", at: 3).with(\.isAsked, false).live(),
        CallSample("e", at: 4).then(.assistantRequest, after: 1).live()
            .then(.toolCalls(names: ["book", ""]), after: 5).then(.other(type: "ping"), after: 6)
            .then(.status(.endedWithError, reason: "sip \"503\""), after: 7),
    ]

    @Test func whatIsWrittenIsReadBack() throws {
        let session = bench.session()
        session.journal.start()
        session.record(Self.calls)
        let before = session.calls.map(\.text)
        session.end()
        #expect(session.journal.status.state == .writing)
        #expect(session.journal.status.dropped == 0)
        #expect(try bench.written().map(\.text) == before)
        #expect(try JournalReader(bench.path).check() == [])
        #expect(try bench.folder.mode("calls.sqlite") == "600")
    }

    @Test func aRestartHasTheCallsOfBeforeAndGoesOn() throws {
        let first = bench.session()
        first.journal.start()
        first.record(Self.calls)
        let before = first.calls.map(\.text)
        first.end()
        let second = bench.session()
        #expect(second.calls.map(\.text) == before)
        second.journal.start()
        second.record([CallSample("f", at: 60)])
        CallSample("e", at: 4).then(.report(.init(seconds: 3, summary: "", endReason: nil)), after: 62)
            .with(\.isAsked, false).record(in: second.log)
        let after = second.calls.map(\.text)
        second.end()
        #expect(after.count == before.count + 1)
        #expect(try bench.written().map(\.text) == after)
    }

    @Test func marksAndNotesSurviveARestart() throws {
        bench.record([CallSample("a").live().ended().marked().noted("Call back"), CallSample("b", at: 1).rejected()])
        let session = bench.session()
        session.journal.start()
        #expect(session.calls.map(\.remarks.count) == [2, 0])
        #expect(session.log.remark(.unmark, on: CallID("a"), by: "bob", at: .sample))
        #expect(session.log.remark(.mark, on: CallID("b"), by: "bob", at: .sample))
        let after = session.calls.map(\.text)
        session.end()
        #expect(try bench.written().map(\.text) == after)
        #expect(try bench.written().map { [$0.isMarked, $0.hasNote] } == [[false, true], [true, false]])
    }

    @Test func countsAreSinceTheStart() throws {
        bench.record(Self.calls)
        let session = bench.session(at: Instant.sample.advanced(bySeconds: 86_400))
        #expect(session.calls.count == Self.calls.count)
        #expect(session.log.snapshot().totals.calls == 0)
        #expect(session.log.snapshot().totals.outcomes.calls == 0)
        // Another webhook of a call that was over changes its row and no count.
        CallSample("a").then(.report(.init(seconds: 1, summary: "", endReason: nil)), after: 90)
            .with(\.isAsked, false).record(in: session.log)
        #expect(session.log.snapshot().totals.outcomes.calls == 0)
        #expect(session.calls.count == Self.calls.count)
    }

    @Test func aCallThatWasLiveIsLiveUntilItsTimeIsOver() throws {
        bench.record([CallSample("a").live()])
        let soon = bench.session(at: Instant.sample.advanced(bySeconds: 10))
        #expect(soon.log.snapshot().totals.outcomes[.live] == 1)
        #expect(soon.log.snapshot().totals.calls == 1)
        #expect(soon.log.live.count(on: "+31201234567") == 1)
        CallSample("a").ended().with(\.isAsked, false).record(in: soon.log)
        #expect(soon.log.snapshot().totals.outcomes[.live] == 0)
        #expect(soon.log.snapshot().totals.outcomes[.ended] == 1)
        soon.end()

        let later = bench.session(at: Instant.sample.advanced(bySeconds: 86_400))
        let log = later.log.snapshot()
        #expect(log.brief(0, at: Instant.sample.advanced(bySeconds: 86_400))?.outcome == .noNews)
        #expect(log.totals.outcomes.calls == 0)
    }

    @Test func aRetryAfterARestartGetsTheSameAnswer() throws {
        bench.record([CallSample("a")])
        let session = bench.session()
        let answered = session.log.answerAgain(CallID("a"), at: .sample, body: [])
        #expect(answered?.reply == CallSample("a").answered.reply)
        #expect(session.calls.count == 1)
    }

    @Test func theNewestCallsComeBackAsFarAsMemoryGoes() throws {
        bench.record((0..<700).map { CallSample("c\($0)", at: Double($0)).rejected() })
        // Some before the log is used, the rest beside it.
        let session = bench.session(keep: 500, restoring: 0)
        session.journal.start()
        session.journal.waitUntilRestored(seconds: 20)
        #expect(session.calls.map(\.id.text) == (200..<700).map { "c\($0)" })
        session.record([CallSample("new", at: 800)])
        #expect(session.calls.last?.sequence == 700)
        session.end()
        #expect(try bench.written().count == 701)
    }

    /// Memory has the newest refused requests of its session; the journal has those of before, and all of other sessions.
    @Test func refusedRequestsOfBeforeAreInTheJournal() throws {
        func refuse(_ session: JournalBench.Session, _ seconds: ClosedRange<Int64>) {
            for second in seconds {
                session.log.record(.noMessageType, from: "p\(second)", at: .sample.advanced(bySeconds: second))
            }
        }
        let former = bench.session()
        former.journal.start()
        refuse(former, 1...3)
        former.end()
        let session = bench.session()
        session.journal.start()
        refuse(session, 4...8)
        #expect(session.journal.waitUntilWritten(seconds: 20))
        func peers(_ since: Int64?, _ oldest: Int64?) -> [String] {
            session.journal.refusals(
                in: Period(since: since.map { .sample.advanced(bySeconds: $0) }),
                before: oldest.map { .sample.advanced(bySeconds: $0) }
            ).requests.map(\.peer)
        }
        #expect(peers(nil, 4) == ["p1", "p2", "p3"])
        #expect(peers(2, 6) == ["p2", "p3", "p4", "p5"])
        #expect(peers(nil, nil) == ["p1", "p2", "p3"])
        #expect(session.journal.refusals(in: Period(since: .sample.advanced(bySeconds: 8)), before: nil).ofSession == 0)
        let six = Instant.sample.advanced(bySeconds: 6)
        #expect(session.journal.refusals(in: Period(since: six), before: six).ofSession == 2)
        session.end()
    }

    @Test func sessionsWriteNothingTwice() throws {
        for _ in 0..<3 { bench.record(Self.calls) }
        // The ids are the same, so each session goes on with the calls of the one before.
        #expect(try bench.written().map(\.id.text) == Self.calls.map(\.id))
        let facts = try JournalReader(bench.path).facts()
        #expect(facts.sessions == 3)
        #expect(facts.calls == Self.calls.count)
    }

    @Test func callsArePagedByPeriodAndNumber() throws {
        bench.record((0..<10).map { CallSample("c\($0)", at: Double($0 * 60)).rejected() })
        let reader = try JournalReader(bench.path)
        let from = Instant.sample.advanced(bySeconds: 120)
        let until = Instant.sample.advanced(bySeconds: 480)
        let first = try reader.calls(from: from, until: until, limit: 4)
        #expect(first.map(\.call.id.text) == ["c7", "c6", "c5", "c4"])
        let second = try reader.calls(from: from, until: until, below: first.last?.number, limit: 4)
        #expect(second.map(\.call.id.text) == ["c3", "c2"])
    }
}
