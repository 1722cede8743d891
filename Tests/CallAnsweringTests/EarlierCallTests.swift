// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Overrides
import Synchronization
import TestSupport
import Testing

/// Operators mark calls that are not in memory where there is a record of them.
@Suite struct EarlierCallTests {
    private static let anna = Operator(user: "anna")

    @Test func aCallOfTheRecordIsMarkedThere() async throws {
        let record = FakeRecord([CallSample("old").ended()])
        let office = try Office()
        office.overrides.use(record)
        _ = try await office.overrides.carryOut(.remark(.mark, on: CallID("old")), by: Self.anna)
        #expect(record.kept.map(\.isMarked) == [true])
        await #expect(throws: OverrideError.alreadyMarked(CallID("old"))) {
            try await office.overrides.carryOut(.remark(.mark, on: CallID("old")), by: Self.anna)
        }
    }

    @Test(
        "a call that cannot be marked is said",
        arguments: [
            Row("without a record", nil, .noCall(CallID("x"))),
            Row("not in the record", FakeRecord([]), .noCall(CallID("x"))),
            Row("an unreadable record", FakeRecord([], failure: "disk full"), .journalUnreadable("disk full")),
        ] as [Row<FakeRecord?, OverrideError>])
    func refusals(row: Row<FakeRecord?, OverrideError>) async throws {
        let office = try Office()
        if let record = row.input { office.overrides.use(record) }
        await #expect(throws: row.expected) {
            try await office.overrides.carryOut(.remark(.mark, on: CallID("x")), by: Self.anna)
        }
    }

    @Test func aCallInMemoryIsMarkedInMemoryOnly() async throws {
        let record = FakeRecord([CallSample("c-0001")])
        let office = try Office()
        office.overrides.use(record)
        _ = await office.answered("c-0001")
        _ = try await office.overrides.carryOut(.remark(.mark, on: CallID("c-0001")), by: Self.anna)
        #expect(office.log.call(CallID("c-0001"))?.isMarked == true)
        #expect(record.kept.map(\.isMarked) == [false])
    }
}

/// A record of calls in memory.
final class FakeRecord: CallArchive {
    private let calls: Mutex<[CallRecord]>
    private let failure: String?

    init(_ samples: [CallSample], failure: String? = nil) {
        let log = EventLog.sample(samples).snapshot()
        calls = Mutex(log.sequences.compactMap { log[$0] })
        self.failure = failure
    }

    var kept: [CallRecord] { calls.withLock(\.self) }

    func call(_ id: CallID) throws(CallArchiveError) -> CallRecord? {
        if let failure { throw CallArchiveError(failure) }
        return kept.last { $0.id == id }
    }

    func keepRemarks(of call: CallRecord) {
        calls.withLock { calls in
            if let place = calls.lastIndex(where: { $0.id == call.id }) { calls[place] = call }
        }
    }
}
