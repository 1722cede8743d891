// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Sharing
import Synchronization
import TestSupport
import Testing

@testable import CallSharing

struct SharedCallsTests {
    /// One replica with its two logs.
    private struct Replica {
        let name: ReplicaName
        let own: EventLog
        let noted = Noted()
        let desk = EventLog.sample([])
        let calls: SharedCalls

        init(_ name: String, own: EventLog = .sample([]), startedAt: Instant = .sample) throws {
            self.name = try #require(ReplicaName(name))
            self.own = own
            calls = SharedCalls(
                engine: InMemoryEngine(), replica: self.name, own: own, desk: desk, now: { startedAt },
                onAnswer: { [noted] in noted.add($0.request.callID.text) })
        }

        /// Takes what is new here, and returns it as others get it.
        func page() -> BatchPage {
            calls.take()
            var batches: [CallBatch] = []
            while let batch = calls.takeBatch() { batches.append(batch) }
            return BatchPage(batches: batches, cursor: BatchCursor(text: ""))
        }

        var rows: [CallRecord] {
            let snapshot = desk.snapshot()
            return snapshot.sequences.compactMap { snapshot[$0] }
        }
    }

    /// The calls whose answers of other replicas were told.
    private final class Noted: Sendable {
        private let ids = Mutex<[String]>([])

        var all: [String] { ids.withLock { $0 } }

        func add(_ id: String) { ids.withLock { $0.append(id) } }
    }

    private func row(_ replica: Replica, _ id: String) throws -> CallRecord {
        try #require(replica.desk.call(CallID(id)))
    }

    @Test func everyReplicaShowsAllCallsAndCountsItsOwn() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a").live().ended().record(in: one.own)
        CallSample("b", at: 10).rejected().record(in: two.own)
        let (first, second) = (one.page(), two.page())
        one.calls.take(second, of: two.name)
        two.calls.take(first, of: one.name)
        for replica in [one, two] {
            #expect(Set(replica.rows.map(\.id.text)) == ["a", "b"])
            let totals = replica.desk.snapshot().totals
            #expect(totals.calls == 2 && totals[ended] == 1 && totals.outcomes.rejected == 1)
            #expect(replica.own.snapshot().totals.calls == 1)
        }
        #expect(try row(one, "a").replica == "eu-1")
        #expect(try row(two, "a").replica == "eu-1")
        #expect(one.calls.received[two.name]?.lines == UInt64(second.batches.reduce(0) { $0 + $1.count }))
    }

    private let ended = Totals.counters.first { $0.key == "ended" } ?? Totals.counters[0]

    @Test func webhooksOfOneCallAtTwoReplicasAreOneRow() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        let call = CallSample("a")
        call.record(in: one.own)
        let asked = one.page()
        // The rest of the call reaches the other replica, which was not asked.
        call.with(\.isAsked, false).live(after: 2).ended(after: 45).record(in: two.own)
        let rest = two.page()
        one.calls.take(rest, of: two.name)
        two.calls.take(asked, of: one.name)
        for replica in [one, two] {
            let row = try row(replica, "a")
            #expect(replica.rows.count == 1)
            #expect(row.answered != nil && row.timeline.count == 4)
            guard case .ended = row.state else {
                Issue.record("\(row.state)")
                continue
            }
            // Who answered the call did not see the echo.
            #expect(row.confirmation == .unconfirmed)
            let totals = replica.desk.snapshot().totals
            #expect(totals.calls == 1 && totals[ended] == 1)
        }
        #expect(try row(two, "a").replica == "eu-1")
    }

    @Test(arguments: [Webhook.Event.status(.inProgress, reason: nil), .toolCalls(names: ["book"])])
    func aCallInProgressAtAnotherReplicaWasNotRejected(_ event: Webhook.Event) throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        let call = CallSample("a").rejected()
        call.record(in: one.own)
        call.with(\.isAsked, false).then(event, after: 2).record(in: two.own)
        let (asked, rest) = (one.page(), two.page())
        one.calls.take(rest, of: two.name)
        two.calls.take(asked, of: one.name)
        for replica in [one, two] { #expect(try row(replica, "a").confirmation == .notApplied) }
    }

    @Test func whatComesTwiceOrLateChangesNothing() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a").record(in: one.own)
        let early = one.page()
        CallSample("a").live().ended().record(in: one.own)
        let late = one.page()
        for page in [late, early, late, early] { two.calls.take(page, of: one.name) }
        let totals = two.desk.snapshot().totals
        #expect(two.rows.count == 1 && totals.calls == 1 && totals[ended] == 1)
        #expect(totals.kinds.values.reduce(0, +) == 1)
    }

    @Test func countsAreThoseOfAllReplicas() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        let refused = Refusal.badSignature
        CallSample("a").then(.assistantRequest, after: 1).live(after: 2).record(in: one.own)
        one.own.record(Webhook(call: .sample(id: ""), event: .other(type: "x"), echo: .none), at: .sample, body: [])
        for _ in 0..<500 { one.own.record(refused, from: "127.0.0.1", at: .sample) }
        CallSample("b").live().ended().record(in: two.own)
        for _ in 0..<2 { two.own.record(refused, from: "127.0.0.1", at: .sample) }
        let (first, second) = (one.page(), two.page())
        one.calls.take(second, of: two.name)
        two.calls.take(first, of: one.name)
        // A flood of refused requests is one line.
        #expect(first.batches.reduce(0) { $0 + $1.count } == 3)
        let parts = [one, two].map { $0.own.snapshot().totals }
        for replica in [one, two] {
            let totals = replica.desk.snapshot().totals
            for counter in Totals.counters {
                #expect(totals[counter] == parts.reduce(0) { $0 + $1[counter] }, "\(replica.name): \(counter.key)")
            }
            #expect(totals.refused == [refused.code: 502])
            #expect(totals.answerTimes.count == 2)
        }
        #expect(one.noted.all == ["b"] && two.noted.all == ["a"])
    }

    @Test func aBatchThatWasWrittenTwiceCountsOnce() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        one.own.record(.badSignature, from: "127.0.0.1", at: .sample)
        let page = one.page()
        for _ in 0..<2 { two.calls.take(page, of: one.name) }
        #expect(two.desk.snapshot().totals.refusedInAll == 1)
    }

    @Test func callsFromBeforeTheStartAreRowsOnly() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2", startedAt: .sample.advanced(bySeconds: 900)))
        CallSample("a").live().ended().record(in: one.own)
        CallSample("b", at: 890).record(in: one.own)
        two.calls.take(one.page(), of: one.name)
        let totals = two.desk.snapshot().totals
        #expect(two.rows.map(\.id.text) == ["a", "b"])
        // The second one still rings.
        #expect(totals.calls == 1 && totals.outcomes.onLine == 1 && totals.answered == 1)
        // Rules that look back count both.
        #expect(two.noted.all == ["a", "b"])
    }

    @Test func callsOfEarlierSessionsAreRestored() throws {
        let log = EventLog.sample([])
        #expect(log.begin(at: 7))
        let one = try Replica("eu-1", own: log)
        let earlier = EventLog.sample([CallSample("x").ended(), CallSample("y").ended()]).snapshot()
        for sequence in [UInt64(1), 0] {
            let call = try #require(earlier[sequence])
            #expect(log.restore(Self.renumbered(call, 5 + sequence), at: .sample))
        }
        CallSample("a").record(in: one.own)
        one.calls.restore()
        _ = one.page()
        #expect(one.rows.map(\.id.text) == ["x", "y", "a"])
        #expect(one.rows.map(\.sequence) == [5, 6, 7])
        #expect(one.rows.allSatisfy { $0.replica == "eu-1" })
        #expect(one.desk.snapshot().totals.calls == 1)
    }

    private static func renumbered(_ call: CallRecord, _ sequence: UInt64) -> CallRecord {
        CallRecord(
            sequence: sequence, id: call.id, caller: call.caller, called: call.called, calledName: call.calledName,
            firstHeardAt: call.firstHeardAt, answered: call.answered, state: call.state,
            confirmation: call.confirmation, timeline: call.timeline, droppedEntries: 0, report: call.report,
            asSent: call.asSent, remarks: call.remarks, remarkChanges: call.remarkChanges)
    }

    @Test func aReplicaThatWasStartedAgainGoesOnWithItsCalls() throws {
        let (first, other) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a").then(.assistantRequest, after: 1).live(after: 2).record(in: first.own)
        other.calls.take(first.page(), of: first.name)
        // Without a journal it knows nothing of the call, and counts its webhooks from 1.
        let again = try Replica("eu-1")
        CallSample("a").with(\.isAsked, false).ended(after: 45).record(in: again.own)
        other.calls.take(again.page(), of: again.name)
        let call = try row(other, "a")
        #expect(call.answered != nil && call.replica == "eu-1")
        guard case .ended = call.state else { throw Unexpected(state: call.state) }
        #expect(other.desk.snapshot().totals.outcomes.onLine == 0)
    }

    private struct Unexpected: Error { let state: CallState }

    @Test func whatTheLogDroppedIsOnScreensAllTheSame() throws {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 400_000))
        let one = try Replica("eu-1", own: log)
        for number in 0..<10 { CallSample("c-\(number)").record(in: log) }
        // More than a quarter of the bytes: the events before these are gone.
        for _ in 0..<30 { log.record(DeskEvent(at: .sample, words: String(repeating: "x", count: 9_000))) }
        CallSample("last").record(in: log)
        let page = one.page()
        #expect(page.batches.map(\.count) == [1])
        #expect(one.desk.snapshot().totals.calls == 11)
        // The others learn that they do not have everything.
        #expect(page.batches.allSatisfy { $0.missed >= 10 })
    }

    @Test func aClockThatIsAheadSpoilsNoCounts() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a", at: 3600).record(in: one.own)
        two.calls.take(one.page(), of: one.name)
        CallSample("b").record(in: two.own)
        _ = two.page()
        let minutes = two.desk.snapshot().totals.perMinute
        #expect(minutes.counts(until: .sample, minutes: 1) == [2])
        // The call in the future does not hold up those after it.
        two.desk.sweep(at: .sample.advanced(bySeconds: 1800))
        #expect(two.desk.snapshot().totals.outcomes.noNews == 1)
    }

    @Test func aForgottenNumberIsForgottenByTheOthers() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a", from: "+31612345678").rejected().record(in: one.own)
        two.calls.take(one.page(), of: one.name)
        let forgotten = ForgottenNumber("+31612345678", name: ForgottenNumber.prefix + "x")
        _ = try one.own.forget(forgotten, at: .sample.advanced(bySeconds: 60))
        two.calls.take(one.page(), of: one.name)
        #expect(try row(one, "a").caller.isForgotten && row(two, "a").caller.isForgotten)
    }

    @Test func whatWasSaidStaysWhereItWasHeard() throws {
        let one = try Replica("eu-1")
        CallSample("a").ended(summary: "A secret diagnosis.").record(in: one.own)
        let bytes = one.page().batches.flatMap(\.bytes)
        #expect(!bytes.isEmpty && !String(decoding: bytes, as: UTF8.self).contains("secret"))
        #expect(try row(one, "a").report?.summary == "A secret diagnosis.")
    }

    @Test func holesAreCounted() throws {
        let (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a").record(in: one.own)
        let page = one.page()
        let good = try #require(page.batches.first)
        let foreign = CallBatch(
            replica: one.name, fromSequence: 9, count: 4, bytes: good.bytes + Array("{\n\u{1B}[2J\n".utf8), missed: 2)
        two.calls.take(
            BatchPage(batches: [foreign], cursor: BatchCursor(text: ""), gap: 5), of: one.name)
        let received = try #require(two.calls.received[one.name])
        #expect(received.lines == 1)
        // 5 trimmed, 2 dropped, 2 that cannot be read, 1 that is not there.
        #expect(received.missed == 10)
        _ = two.page()
    }
}
