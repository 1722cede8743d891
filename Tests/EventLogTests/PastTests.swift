// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import JSON
import Overrides
import TestSupport
import Testing
import WireFormat

/// A log as it was at a moment of the past.
@Suite struct PastTests {
    private static let line = CountedLine(number: "+31201234567", group: nil)

    /// Random webhooks, one a second or several, in any order.
    private static func webhooks(_ seed: UInt64) -> [CallSample] {
        var generator = SeededGenerator(seed: seed)
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
        return (0..<60).map { number in
            let sample = CallSample(pick(["a", "b", "c", "d", "e"]), at: Double(number / 2 * 20))
            let base = pick([sample, sample.rejected(), sample.standard()])
            guard pick([true, false, false]) == false else { return base }
            let event: Webhook.Event = pick([
                .status(.ringing, reason: nil), .status(.inProgress, reason: nil), .status(.ended, reason: nil),
                .status(.endedWithError, reason: "sip"), .toolCalls(names: ["book"]), .other(type: "ping"),
                .report(CallReport(seconds: 9, summary: "", endReason: "done")),
            ])
            return base.with(\.isAsked, false).then(event, after: 0)
        }
    }

    private static func text(_ log: LogSnapshot, at now: Instant) -> [String] {
        log.sequences.compactMap { sequence in
            log[sequence].map { "\($0.document.text) \(log.brief(sequence, at: now)?.outcome as Any)" }
        }
    }

    @Test(arguments: 0..<(Thoroughness.isFull ? 400 : 20) as Range<UInt64>)
    func aMomentIsAsALiveLogHadIt(seed: UInt64) {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 1 << 28))
        log.use([Self.line])
        var moments: [(at: Instant, log: LogSnapshot)] = []
        for webhook in Self.webhooks(seed) {
            webhook.record(in: log)
            let now = Instant.sample.advanced(bySeconds: Int64(webhook.at))
            log.sweep(at: now)
            if moments.last?.at == now { moments.removeLast() }
            moments.append((now, log.snapshot()))
        }
        let calls = log.snapshot().sequences.compactMap { log.snapshot()[$0] }
        for (now, then) in moments {
            let past = LogSnapshot(.init(at: now, calls: calls, lines: [Self.line]))
            #expect(Self.text(past, at: now) == Self.text(then, at: now))
            #expect(past.totals.counts == then.totals.counts)
            #expect(past.totals.outcomes == then.totals.outcomes)
            #expect(past.lines[line: "+31201234567"] == then.lines[line: "+31201234567"])
        }
    }

    @Test func onlyCallsSinceAStartCount() {
        let calls = [
            CallSample("over", at: 0).live().ended(), CallSample("live", at: 30).live(),
            CallSample("new", at: 100).rejected(),
        ]
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        for call in calls { call.record(in: log) }
        let records = log.snapshot().sequences.compactMap { log.snapshot()[$0] }
        let start = Instant.sample.advanced(bySeconds: 90)
        let past = LogSnapshot(
            .init(at: Instant.sample.advanced(bySeconds: 101), calls: records, older: 3, countedSince: start))
        #expect(past.sequences.count == 3)
        #expect(past.totals.calls == 5)
        #expect(past.totals.evicted == 3)
        #expect(past.totals.resumed == 1)
        #expect(past.totals.outcomes.rejected == 1)
    }

    @Test func remarksAreThoseOfThen() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        CallSample("a", at: 0).live().ended().record(in: log)
        for second in [10, 20] as [Int64] {
            let now = Instant.sample.advanced(bySeconds: second)
            #expect(log.remark(.note("at \(second)"), on: CallID("a"), by: "anna", at: now))
        }
        let records = log.snapshot().sequences.compactMap { log.snapshot()[$0] }
        for (second, notes) in [(5, []), (10, ["at 10"]), (100, ["at 10", "at 20"])] as [(Int64, [String])] {
            let past = LogSnapshot(.init(at: Instant.sample.advanced(bySeconds: second), calls: records))
            #expect(past[0]?.notes.compactMap(\.text) == notes)
        }
        let end = LogSnapshot(.init(at: Instant.sample.advanced(bySeconds: 100), calls: records))
        #expect(end[0]?.document.text == records[0].document.text)
    }

    @Test func remarksThatWereChangedSinceAreThoseOfThen() throws {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        CallSample("a", at: 0).live().ended().record(in: log)
        let changes: [(Int64, RemarkChange)] = [
            (10, .note("first")), (15, .mark), (20, .rewriteNote("second")), (30, .unmark), (40, .removeNotes),
        ]
        var events: [DeskEvent] = []
        for (second, change) in changes {
            let now = Instant.sample.advanced(bySeconds: second)
            #expect(log.remark(change, on: CallID("a"), by: "anna", at: now))
            let entry = AuditEntry(
                number: events.count + 1, at: now, who: Operator(user: "anna"),
                content: .remark(change, on: CallID("a")))
            events.append(DeskEvent(audited: entry))
        }
        let records = log.snapshot().sequences.compactMap { log.snapshot()[$0] }
        func remarks(at second: Int64, _ events: some Sequence<DeskEvent>) -> [String]? {
            LogSnapshot(
                .init(at: .sample.advanced(bySeconds: second), calls: records, deskEvents: Array(events)))[0]?.remarks
                .map { $0.text ?? "mark" }
        }
        let expected: [(Int64, [String])] = [
            (5, []), (10, ["first"]), (15, ["mark", "first"]), (20, ["mark", "second"]), (30, ["second"]), (40, []),
        ]
        for (second, words) in expected { #expect(remarks(at: second, events) == words) }
        // The audit begins too late to tell what the note said first.
        #expect(remarks(at: 25, events.dropFirst(2)) == [])
        #expect(remarks(at: 12, events.dropFirst(2)) == [])
    }

    @Test func whatCameLaterIsNotThere() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        CallSample("a", at: 0).live().record(in: log)
        CallSample("b", at: 60).record(in: log)
        let records = log.snapshot().sequences.compactMap { log.snapshot()[$0] }
        let past = LogSnapshot(.init(at: .sample, calls: records))
        #expect(past.sequences.compactMap { past[$0]?.state.word } == ["ringing"])
        #expect(past[0]?.timeline.count == 1)
        #expect(LogSnapshot(.init(at: Instant.sample.advanced(bySeconds: -1), calls: records)).sequences.isEmpty)
    }
}
