// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Journal
import Overrides
import TestSupport
import Testing

/// Marks and notes on calls that memory has no more.
@Suite struct EarlierRemarksTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private func remarked(_ id: String, _ changes: RemarkChange..., in session: JournalBench.Session) throws {
        var call = try #require(try session.journal.call(CallID(id)))
        for change in changes { call.apply(change, at: .sample, by: "anna") }
        session.journal.keepRemarks(of: call)
    }

    @Test func theyAreWrittenAndNothingElseChanges() throws {
        bench.record([
            CallSample("a").live().ended(), CallSample("b", at: 1).rejected().noted("first"), CallSample("c", at: 2),
        ])
        let before = try bench.written()
        let session = bench.session(keep: 1)
        session.journal.start()
        #expect(session.log.call(CallID("a")) == nil, "only one call is in memory")
        try remarked("a", .mark, .note("call back"), in: session)
        try remarked("b", .note("second"), in: session)
        try remarked("a", .note("done"), in: session)
        session.end()
        let after = try bench.written()
        #expect(after.map { $0.notes.compactMap(\.text) } == [["call back", "done"], ["first", "second"], []])
        #expect(after.map(\.isMarked) == [true, false, false])
        for (old, new) in zip(before, after) {
            #expect(new.timeline.map(\.body) == old.timeline.map(\.body))
            #expect(new.answered?.reply == old.answered?.reply)
            #expect(new.state == old.state)
        }
        #expect(try JournalReader(bench.path).check() == [])
    }

    @Test func aCallThatNobodyHasIsNotFound() throws {
        bench.record([CallSample("a")])
        let session = bench.session(keep: 1)
        session.journal.start()
        #expect(try session.journal.call(CallID("nobody")) == nil)
        session.end()
    }

    @Test func aCallThatWasTakenOutMeanwhileDoesNotComeBack() throws {
        bench.record([CallSample("a"), CallSample("b", at: 1)])
        let session = bench.session(keep: 1)
        var call = try #require(try session.journal.call(CallID("a")))
        call.apply(.mark, at: .sample, by: "anna")
        try bench.delete("a")
        session.journal.start()
        session.journal.keepRemarks(of: call)
        session.end()
        #expect(try bench.written().map(\.id.text) == ["b"])
    }
}
