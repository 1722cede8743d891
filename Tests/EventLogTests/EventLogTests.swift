// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies
import TestSupport
import Testing

/// The log as a whole: bounded, counted, followed.
@Suite struct EventLogTests {
    @Test func keepsTheNewestCallsAndCountsTheRest() throws {
        let log = EventLog.sample((0..<1000).map { CallSample("c\($0)") }, keep: 300)
        let snapshot = log.snapshot()
        #expect(snapshot.sequences == 700..<1000)
        #expect(snapshot[699] == nil)
        #expect(snapshot[700]?.id.text == "c700")
        #expect(snapshot[999]?.id.text == "c999")
        #expect(snapshot[1000] == nil)
        #expect(snapshot.totals.calls == 1000)
        #expect(snapshot.totals.evicted == 700)
        #expect(log.answerAgain(CallID("c699"), at: .sample, body: []) == nil)
        #expect(log.answerAgain(CallID("c700"), at: .sample, body: []) != nil)
    }

    @Test func isBoundedInBytesToo() {
        let log = EventLog(keep: Retention(calls: 10_000, bytes: 100_000))
        let large = String(repeating: "x", count: 9_000)
        for number in 0..<100 { CallSample("c\(number)").with(\.body, "\"\(large)\"").record(in: log) }
        let snapshot = log.snapshot()
        let kept = snapshot.sequences.compactMap { snapshot[$0] }
        #expect(kept.reduce(0) { $0 + $1.weight } <= 100_000)
        #expect(kept.count >= 5)
        #expect(snapshot.totals.evicted == 100 - kept.count)
    }

    @Test func oneCallDoesNotEvictAllOthers() throws {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 16 << 20))
        for number in 0..<100 { CallSample("c\(number)").record(in: log) }
        let report = CallReport(seconds: 7, summary: String(repeating: "é", count: 300_000), endReason: "user_hangup")
        let body = [UInt8](repeating: 0x20, count: 700_000)
        for _ in 0..<200 {
            log.record(
                Webhook(call: .sample(id: "c50"), event: .report(report), echo: .none), at: .sample, body: body)
        }
        let snapshot = log.snapshot()
        #expect(snapshot.totals.evicted == 0, "break 8")
        let call = try #require(snapshot[50])
        #expect(call.weight < 2 << 20)
        #expect(call.timeline.count == 200)
        #expect(call.timeline.map(\.leftOut) == Array(repeating: nil, count: 1) + Array(repeating: 700_000, count: 199))
        #expect(call.timeline.last?.body == [])
        #expect(call.report?.seconds == 7)
        #expect(call.report?.summary == String(repeating: "é", count: 200), "cut at a character")
        #expect(call.state == .ended(seconds: 7))
    }

    @Test func messagesAreBoundedInBytesToo() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 400_000))
        for _ in 0..<100 { log.record(DeskEvent(at: .sample, words: String(repeating: "x", count: 9_000))) }
        let batch = log.events(after: 0)
        #expect((1...11).contains(batch.events.count))
        #expect(Int(batch.dropped) + batch.events.count == 100)
    }

    @Test func ofATypeNobodyKnowsOnlyTheBeginningIsKept() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 400_000))
        // What people see as one character may have any number of bytes.
        let type = String(repeating: "x", count: 150) + String(repeating: "\u{301}", count: 9_000)
        let call = AssistantRequest(
            callID: CallID(""), callType: "", caller: .withheld, called: .withheld, calledName: nil, dialect: .snakeCase
        )
        log.record(Webhook(call: call, event: .other(type: type), echo: .none), at: .sample, body: [])
        guard case .unattributed(let kept, _) = log.events(after: 0).events.first else {
            Issue.record("no stray")
            return
        }
        #expect(kept.utf8.count == 200)
        #expect(type.utf8.starts(with: kept.utf8))
    }

    @Test func oneCallThatIsLargerThanEverythingIsKeptAlone() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 10))
        CallSample("a").record(in: log)
        CallSample("b").record(in: log)
        #expect(log.snapshot().sequences == 1..<2)
    }

    @Test func newsForAnEvictedCallBecomesARowOfItsOwn() {
        let log = EventLog.sample((0..<20).map { CallSample("c\($0)") }, keep: 10)
        CallSample("c0").with(\.isAsked, false).ended().record(in: log)
        #expect(log.snapshot()[20]?.id.text == "c0")
        #expect(log.snapshot()[20]?.answered == nil)
    }

    @Test func aTimelineIsBounded() throws {
        var sample = CallSample("a")
        for second in 0..<500 { sample = sample.then(.other(type: "noise"), after: Double(second)) }
        let snapshot = EventLog.sample([sample]).snapshot()
        let record = try #require(snapshot[0])
        #expect(record.timeline.count == 200)
        #expect(record.droppedEntries == 301)
        #expect(snapshot.totals.answered == 501, "what is dropped from a timeline stays counted")
    }

    @Test func aSnapshotDoesNotChangeAfterwards() {
        let log = EventLog.sample([CallSample("a")])
        let before = log.snapshot()
        CallSample("a").with(\.isAsked, false).live().record(in: log)
        CallSample("b").record(in: log)
        #expect(before[0]?.state == .ringing)
        #expect(before.sequences == 0..<1)
        #expect(log.snapshot()[0]?.state.word == "live")
    }

    @Test func theSameCallIsCountedOnceAndKeepsItsFirstAnswer() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        let first = log.record(CallSample("a").with(\.reply, "{}").answered)
        let second = log.record(CallSample("a").with(\.reply, "{\"error\":\"no\"}").answered)
        #expect(first.reply == second.reply)
        let totals = log.snapshot().totals
        #expect(totals.calls == 1)
        #expect(totals.answered == 2)
        #expect(totals.repeats == 1)
        #expect(totals.kinds == [.greeting: 1])
        #expect(log.events(after: 0).events.count == 2, "a repetition is an event too")
    }

    @Test func whatWasReceivedIsWhatWasAnsweredAndWhatWasRefused() {
        let log = EventLog.sample([CallSample("a").live().ended(), CallSample("b").rejected()])
        for refusal in [
            Refusal.badSignature, .missingSignature, .stale(age: 400), .wrongPath(AskedPath("/other")),
            .tooLarge(limit: 1),
        ] {
            log.record(refusal, from: "127.0.0.1", at: .sample)
        }
        let totals = log.snapshot().totals
        #expect(totals.answered == 5)
        #expect(totals.refusedInAll == 5)
        #expect(totals.received == 10)
        #expect(totals.unsigned == 3)
        #expect(totals.refused["wrong_path"] == 1)
    }

    @Test func aFloodOfBadRequestsNeverReachesTheCalls() {
        let log = EventLog.sample([CallSample("a")])
        for _ in 0..<10_000 { log.record(.badSignature, from: "127.0.0.1", at: .sample) }
        let snapshot = log.snapshot()
        #expect(snapshot.sequences == 0..<1)
        #expect(snapshot.refusals.count == 64)
        #expect(snapshot.totals.unsigned == 10_000)
    }

    @Test func aFollowerLearnsWhatItMissed() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 30))
        let start = log.cursor
        for number in 0..<5000 { CallSample("c\(number)").record(in: log) }
        let batch = log.events(after: start)
        #expect(batch.events.count == 4096)
        #expect(batch.dropped == 904)
        #expect(batch.next == 5000)
        #expect(log.events(after: batch.next).events.isEmpty)
        #expect(log.events(after: batch.next).dropped == 0)
    }

    @Test func whatFollowersMayStillReadIsBoundedInBytes() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 400_000))
        let large = String(repeating: "x", count: 9_000)
        for number in 0..<100 { CallSample("c\(number)").with(\.body, "\"\(large)\"").record(in: log) }
        let batch = log.events(after: 0)
        #expect((5...10).contains(batch.events.count))
        #expect(Int(batch.dropped) + batch.events.count == 100)
    }

    @Test func concurrentDeliveriesOfOneCallGetOneAnswer() async {
        let log = EventLog(keep: Retention(calls: 100, bytes: 1 << 20))
        let replies = await withTaskGroup(of: [UInt8].self) { group in
            for number in 0..<64 {
                group.addTask { log.record(CallSample("a").with(\.reply, "{\"n\":\(number)}").answered).reply }
            }
            var replies: Set<[UInt8]> = []
            for await reply in group { replies.insert(reply) }
            return replies
        }
        #expect(replies.count == 1)
        #expect(log.snapshot().totals.calls == 1)
        #expect(log.snapshot().totals.repeats == 63)
    }

    @Test func totalsChangeWithAnyCounter() {
        var keys: [String] = []
        let none = totals {
            keys.append($0.key); return 0
        }
        #expect(none.counts == Totals().counts)
        #expect(Set(keys).count == keys.count && !keys.isEmpty)
        for key in keys {
            let moved = totals { $0.key == key ? 1 : 0 }
            #expect(moved.counts != none.counts, "\(key)")
            #expect(Totals.counters.first { $0.key == key }.map { moved[$0] } == 1)
        }
    }

    private func totals(_ count: (Totals.Counter) -> Int) -> Totals {
        Totals(
            refused: [:], kinds: [:], deciders: [:], latency: LatencyHistogram(), lastAnswerAt: nil,
            perMinute: MinuteCounts(), count: count)
    }

    /// Whatever is derived from a call is out of date when the revision differs, and only then.
    @Test func everyChangeOfACallIsARevision() throws {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 30))
        var revisions: [Int] = []
        func note() throws { revisions.append(try #require(log.snapshot()[0]).revision) }
        CallSample("a").record(in: log)
        try note()
        _ = log.record(CallSample("a").answered)
        try note()
        _ = log.answerAgain(CallID("a"), at: .sample, body: [])
        try note()
        for kind in Webhook.Event.Kind.allCases where kind != .assistantRequest {
            let event: Webhook.Event =
                switch kind {
                case .assistantRequest: .assistantRequest
                case .status: .status(.inProgress, reason: nil)
                case .toolCalls: .toolCalls(names: [])
                case .report: .report(CallReport(seconds: 1, summary: "", endReason: nil))
                }
            CallSample("a").with(\.isAsked, false).then(event, after: 1).record(in: log)
            try note()
        }
        for _ in 0..<300 { CallSample("a").with(\.isAsked, false).then(.other(type: "x"), after: 1).record(in: log) }
        try note()
        #expect(revisions == revisions.sorted() && Set(revisions).count == revisions.count)
        #expect(revisions.last == 306, "what finds the timeline full counts too")
    }

    @Test func callsAreCountedByTheMinute() {
        let log = EventLog.sample([CallSample("a", at: 0), CallSample("b", at: 59), CallSample("c", at: 61)])
        let minutes = log.snapshot().totals.perMinute
        #expect(minutes.counts(until: .sample.advanced(bySeconds: 125), minutes: 4) == [0, 2, 1, 0])
        #expect(minutes.counts(until: .sample.advanced(bySeconds: 3600), minutes: 3) == [0, 0, 0])
    }

    @Test func aClockThatWasNeverSetCountsToo() {
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        CallSample("a", at: -Double(Instant.sample.seconds)).record(in: log)
        let minutes = log.snapshot().totals.perMinute
        #expect(minutes.counts(until: Instant(seconds: 30), minutes: 3) == [0, 0, 1])
    }

    @Test func percentilesCoverEveryAnswer() {
        let samples = (1...1000).map { CallSample("c\($0)").with(\.microseconds, UInt64($0 * 10)) }
        let latency = EventLog.sample(samples, keep: 10).snapshot().totals.latency
        #expect(latency.count == 1000)
        #expect((4_950...5_100).contains(latency.microseconds(atPercentile: 50)))
        #expect((9_800...10_100).contains(latency.microseconds(atPercentile: 99)))
        #expect((9_900...10_100).contains(latency.longestMicroseconds))
    }
}
