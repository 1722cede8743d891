// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Synchronization
import TestSupport
import Testing

/// What calls count as, in all and by line, as time passes.
@Suite struct OutcomeTests {
    private static let lines: [CountedLine] = [
        CountedLine(number: "+31201234567", group: "amsterdam"),
        CountedLine(number: "+31201234568", group: "amsterdam"),
        CountedLine(number: "+31850835037", group: nil),
    ]
    /// Nobody decided on it, so that no decision has the name.
    @Test(
        arguments: [
            Row("a line", "+31201234567", "Front"), Row("no line", "+31999999999", "of the platform"),
        ] as [Row<String, String>])
    func aCallThatIsOnlyHeardOfHasTheNameOfItsLine(row: Row<String, String>) throws {
        let log = EventLog.sample([])
        log.use([CountedLine(number: "+31201234567", group: nil, name: "Front")])
        CallSample("a").with(\.isAsked, false).with(\.to, row.input).with(\.calledName, "of the platform").live()
            .record(in: log)
        #expect(log.call(CallID("a"))?.lineName == row.expected)
    }

    @Test(
        arguments: [
            Row("failed", CallSample("a").live(after: 2).then(.status(.endedWithError, reason: nil), after: 9), 7),
            Row("ended", CallSample("a").live(after: 2).then(.status(.ended, reason: nil), after: 12), 10),
            Row("never live", CallSample("a").then(.status(.endedWithError, reason: nil), after: 9), nil),
            Row("live", CallSample("a").live(after: 2), nil), Row("rejected", CallSample("a").rejected(), nil),
        ] as [Row<CallSample, Int?>])
    func aCallThatIsOverHasItsLength(row: Row<CallSample, Int?>) throws {
        let call = try #require(EventLog.sample([row.input]).call(CallID("a")))
        #expect(CallRow(call, at: .sample.advanced(bySeconds: 60)).seconds == row.expected)
    }

    private static let inProgress = Webhook.Event.status(.inProgress, reason: nil)

    private static func answer(_ most: Int) -> String { #"{"assistant":{},"max_duration_seconds": \#(most)}"# }

    /// A moment, in seconds after the call began, and what the call counts as then.
    struct Moment: Sendable {
        let after: Int64
        let outcome: CallOutcome
    }

    private static func row(
        _ name: String, _ call: @escaping @Sendable @autoclosure () -> CallSample, _ moments: (Int64, CallOutcome)...
    ) -> Row<@Sendable () -> CallSample, [Moment]> {
        Row(name, call, moments.map { Moment(after: $0.0, outcome: $0.1) })
    }

    static let examples = [
        row("row 13: ringing without news", CallSample("a"), (120, .ringing), (121, .noNews), (9000, .noNews)),
        row(
            "row 13: live for ever", CallSample("a").live(after: 2), (7000, .live), (7502, .live), (7503, .noNews)),
        row(
            "row 13: live beyond the answer's max_duration",
            CallSample("a").with(\.reply, answer(60)).live(after: 2), (362, .live), (363, .noNews)),
        row(
            "a limit in the older dialect",
            CallSample("a").with(\.reply, #"{"maxDurationSeconds":30}"#).live(after: 0), (330, .live), (331, .noNews)),
        row(
            "a text that looks like a limit is not one",
            CallSample("a").with(\.reply, #"{"assistant":{"first_message":"\"max_duration_seconds\": 5"}}"#)
                .live(after: 0), (7500, .live), (7501, .noNews)),
        row(
            "webhooks put it off while it rings",
            CallSample("a").then(.status(CallStatus("queued"), reason: nil), after: 100), (220, .ringing),
            (221, .noNews)),
        row(
            "tool calls show that a long call goes on",
            CallSample("a").with(\.reply, answer(60)).live(after: 0).then(.toolCalls(names: []), after: 340),
            (640, .live), (641, .noNews)),
        row("over is over", CallSample("a").live().ended(), (60, .ended), (90_000, .ended)),
        row(
            "a failure is no silence",
            CallSample("a").then(.status(.endedWithError, reason: "TTS"), after: 3), (4, .failed), (9000, .failed)),
        row(
            "transferred is live", CallSample("a").live().then(.status(.transferred, reason: nil), after: 30),
            (40, .live)),
        row("rejected by hours", CallSample("a").rejected(by: .hours("office")), (0, .rejected(.hours))),
        row("rejected by an operator", CallSample("a").rejected(by: .override(.all)), (0, .rejected(.operator))),
        row("rejected by a rule", CallSample("a").rejected(by: .rule("blocked")), (0, .rejected(.rule))),
        row("rejected by an arm", CallSample("a").rejected(by: .arm("b", ofRule: "ab")), (0, .rejected(.rule))),
        row("rejected otherwise", CallSample("a").rejected(by: .otherwise), (0, .rejected(.rule))),
        row("rejected, unknown line", CallSample("a").rejected(by: .unknownLine), (0, .rejected(.unknownLine))),
        row("late on a closed line", CallSample("a").rejected(by: .deadline), (0, .rejected(.operator))),
        row(
            "rejected and live all the same", CallSample("a").rejected().then(inProgress, after: 2), (2, .live)),
    ]

    /// The log and the record agree, whoever asks and however often.
    @Test(arguments: examples) func countsAs(_ row: Row<@Sendable () -> CallSample, [Moment]>) throws {
        let log = EventLog.sample([row.input()])
        for moment in row.expected {
            let now = Instant.sample.advanced(bySeconds: moment.after)
            log.sweep(at: now)
            let snapshot = log.snapshot()
            #expect(snapshot[0]?.outcome(at: now) == moment.outcome, "after \(moment.after) s")
            #expect(snapshot.totals.outcomes[moment.outcome] == 1, "after \(moment.after) s")
            #expect(snapshot.totals.outcomes.calls == 1)
        }
    }

    @Test(arguments: 0..<20) func aLimitIsFoundWhereverItIs(padding: Int) {
        let text = String(repeating: "x", count: padding)
        let call = CallSample("a").with(\.reply, #"{"max":"\#(text)","max_duration_seconds":30}"#).live(after: 0)
        let log = EventLog.sample([call])
        for (after, outcome) in [(330, .live), (331, .noNews)] as [(Int64, CallOutcome)] {
            let now = Instant.sample.advanced(bySeconds: after)
            log.sweep(at: now)
            #expect(log.snapshot().totals.outcomes[outcome] == 1, "after \(after) s")
        }
    }

    @Test func newsEndsTheSilence() {
        let log = EventLog.sample([CallSample("a")])
        log.sweep(at: .sample.advanced(bySeconds: 500))
        #expect(log.snapshot().totals.outcomes.noNews == 1)
        CallSample("a").with(\.isAsked, false).live(after: 501).record(in: log)
        #expect(log.snapshot().totals.outcomes.live == 1)
        #expect(log.snapshot().totals.outcomes.noNews == 0)
        log.sweep(at: .sample.advanced(bySeconds: 9000))
        #expect(log.snapshot().totals.outcomes.noNews == 1)
        CallSample("a").with(\.isAsked, false).ended(after: 9001).record(in: log)
        #expect(log.snapshot().totals.outcomes.ended == 1)
        #expect(log.snapshot().totals.outcomes.calls == 1)
    }

    /// Nobody is woken while nothing can change, and somebody is when it must be earlier than planned.
    @Test func knowsWhenToLookAgain() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        let wakes = Wakes()
        log.onEarlierSweep { wakes.add() }
        #expect(log.sweep(at: .sample) == nil)
        CallSample("a").record(in: log)
        #expect(wakes.count == 1)
        CallSample("b", at: 1).record(in: log)
        CallSample("c", at: 2).rejected().record(in: log)
        #expect(wakes.count == 1, "an earlier look is planned already")
        #expect(log.sweep(at: .sample.advanced(bySeconds: 3)) == NewsLimit.ringingEnd(.sample))
        for id in ["a", "b"] { CallSample(id).with(\.isAsked, false).live(after: 4).record(in: log) }
        #expect(
            log.sweep(at: .sample.advanced(bySeconds: 130)) == NewsLimit.end(.sample, 4 + 7200 + 300))
        #expect(wakes.count == 1)
        CallSample("d", at: 140).record(in: log)
        #expect(wakes.count == 2, "it rings for a shorter time than the others are live")
        for id in ["a", "b", "d"] { CallSample(id).with(\.isAsked, false).ended(after: 150).record(in: log) }
        #expect(log.sweep(at: .sample.advanced(bySeconds: 300)) == nil)
    }

    @Test func theGaugeOfALineHasWhatRingsAndWhatIsLive() {
        let log = EventLog(keep: Retention(calls: 2, bytes: 1 << 20))
        log.use(Self.lines)
        for (id, line) in [("a", "+31201234567"), ("b", "+31201234567"), ("c", "+31201234568"), ("d", "+4930123456")] {
            CallSample(id).with(\.to, line).record(in: log)
        }
        CallSample("e").rejected().record(in: log)
        CallSample("a").with(\.isAsked, false).live().record(in: log)
        #expect(log.live.count(on: "+31201234567") == 2)
        #expect(log.live.count(on: "+31201234568") == 1)
        #expect(log.live.count(in: "amsterdam") == 3)
        #expect(log.live.count(on: "+31850835037") == 0)
        #expect(log.live.count(on: "+4930123456") == nil, "it is not a line")
        #expect(log.live.count(in: "berlin") == nil)
        CallSample("b").with(\.isAsked, false).ended().record(in: log)
        #expect(log.live.count(on: "+31201234567") == 1)
        log.use([CountedLine(number: "+31201234567", group: "north")])
        #expect(log.live.count(on: "+31201234567") == 1, "a reload keeps the calls of a line")
        #expect(log.live.count(in: "north") == 1)
        #expect(log.live.count(in: "amsterdam") == nil)
        log.sweep(at: .sample.advanced(bySeconds: 100_000))
        #expect(log.live.count(on: "+31201234567") == 0)
    }

    @Test func evictionChangesNoCount() {
        let log = EventLog(keep: Retention(calls: 3, bytes: 1 << 20))
        log.use(Self.lines)
        for number in 0..<50 { CallSample("c\(number)", at: Double(number)).record(in: log) }
        #expect(log.snapshot().totals.outcomes.ringing == 50)
        for number in 0..<50 {
            CallSample("c\(number)").with(\.isAsked, false).live(after: 60).ended(after: 70).record(in: log)
        }
        let snapshot = log.snapshot()
        #expect(snapshot.totals.calls == 50, "a call that is a row again is the same call")
        #expect(snapshot.totals.outcomes.ended == 50)
        #expect(snapshot.lines[line: "+31201234567"]?.ended == 50)
        #expect(snapshot.totals.perMinute.counts(until: .sample.advanced(bySeconds: 60), minutes: 4).reduce(0, +) == 50)
        #expect(snapshot.sequences.count == 3)
    }

    @Test func lateAndNotAppliedAreBesideTheOutcome() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        log.use(Self.lines)
        CallSample("a").standard(by: .deadline).live().record(in: log)
        CallSample("b").then(Self.inProgress, after: 2, echo: .untagged).record(in: log)
        CallSample("c").with(\.to, "+4930123456").rejected().then(Self.inProgress, after: 2).record(in: log)
        let snapshot = log.snapshot()
        let counts = snapshot.totals.outcomes
        #expect(counts.live == 3 && counts.late == 1 && counts.notApplied == 2)
        #expect(snapshot.lines[line: "+31201234567"]?.late == 1)
        #expect(snapshot.lines[line: "+31201234567"]?.notApplied == 1)
        #expect(snapshot.lines.others(than: Self.lines.map(\.number)).notApplied == 1)
        #expect(counts.rejected == 0)
        #expect(snapshot.lines.otherEndings(than: []).rejected == 1, "a counter never shrinks")
    }

    @Test func aLineThatIsGoneFromTheFileCountsWithTheOthers() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        log.use(Self.lines)
        CallSample("a").live().record(in: log)
        log.use([Self.lines[1]])
        CallSample("a").with(\.isAsked, false).ended().record(in: log)
        let snapshot = log.snapshot()
        #expect(snapshot.lines.others(than: [Self.lines[1].number]).ended == 1)
        log.use(Self.lines)
        #expect(log.snapshot().lines[line: "+31201234567"]?.ended == 1)
    }
}

/// Counts how often somebody was woken.
private final class Wakes: Sendable {
    private let wakes = Mutex(0)

    var count: Int { wakes.withLock { $0 } }

    func add() { wakes.withLock { $0 += 1 } }
}
