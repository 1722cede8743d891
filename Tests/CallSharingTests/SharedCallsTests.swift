// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Sharing
import TestSupport
import Testing

@testable import CallSharing

struct SharedCallsTests {
    /// One replica with its two logs.
    private struct Replica {
        let name: ReplicaName
        let own = EventLog.sample([])
        let desk = EventLog.sample([])
        let calls: SharedCalls
        private var cursor: UInt64 = 0

        init(_ name: String) throws {
            self.name = try #require(ReplicaName(name))
            calls = SharedCalls(
                engine: InMemoryEngine(), replica: self.name, own: own, desk: desk, now: { .sample })
        }

        /// Takes what is new here, and returns it as others get it.
        mutating func page() -> BatchPage {
            calls.take(after: &cursor)
            var batches: [CallBatch] = []
            while let batch = calls.takeBatch() { batches.append(batch) }
            return BatchPage(batches: batches, cursor: BatchCursor(text: ""))
        }

        var rows: [CallRecord] {
            let snapshot = desk.snapshot()
            return snapshot.sequences.compactMap { snapshot[$0] }
        }
    }

    private func row(_ replica: Replica, _ id: String) throws -> CallRecord {
        try #require(replica.desk.call(CallID(id)))
    }

    @Test func everyReplicaShowsAllCallsAndCountsItsOwn() throws {
        var (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
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
        #expect(try row(one, "a").replica == nil)
        #expect(try row(two, "a").replica == "eu-1")
        #expect(one.calls.received[two.name]?.lines == UInt64(second.batches.reduce(0) { $0 + $1.count }))
    }

    private let ended = Totals.counters.first { $0.key == "ended" } ?? Totals.counters[0]

    @Test func webhooksOfOneCallAtTwoReplicasAreOneRow() throws {
        var (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
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

    @Test func whatComesTwiceOrLateChangesNothing() throws {
        var (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
        CallSample("a").record(in: one.own)
        let early = one.page()
        CallSample("a").live().ended().record(in: one.own)
        let late = one.page()
        for page in [late, early, late, early] { two.calls.take(page, of: one.name) }
        let totals = two.desk.snapshot().totals
        #expect(two.rows.count == 1 && totals.calls == 1 && totals[ended] == 1)
        #expect(totals.kinds.values.reduce(0, +) == 1)
    }

    @Test func whatWasSaidStaysWhereItWasHeard() throws {
        var one = try Replica("eu-1")
        CallSample("a").ended(summary: "A secret diagnosis.").record(in: one.own)
        let bytes = one.page().batches.flatMap(\.bytes)
        #expect(!bytes.isEmpty && !String(decoding: bytes, as: UTF8.self).contains("secret"))
        #expect(try row(one, "a").report?.summary == "A secret diagnosis.")
    }

    @Test func holesAreCounted() throws {
        var (one, two) = (try Replica("eu-1"), try Replica("eu-2"))
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
