// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import class GRDB.DatabaseQueue
import struct GRDB.Configuration
import JSON
import Journal
import Overrides
import Synchronization
import TestSupport
import Testing
import WireFormat

/// A person who asks to be forgotten.
@Suite struct ForgettingTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    private static let jan = ForgottenNumber("+31612345678", name: "forgotten-0123456789ab")

    @Test func noByteOfTheNumberStaysAndCountsDo() throws {
        let national = CallSample("n", from: "0612345678", at: 2)
        let calls = [
            CallSample("a").live().ended(summary: "UNSPEAKABLE"), CallSample("b", from: "+31687654321", at: 1).live(),
            national, CallSample("x-31612345678", at: 3).rejected().noted("UNSPEAKABLE").marked(),
            CallSample("o", from: "+31687654321", at: 4).standard().noted("He knows +31 6 1234 5678 and +31612345678."),
            CallSample("t", from: "+31687654321", at: 5).with(\.to, "+31612345678").rejected(),
        ]
        bench.record(calls)
        #expect(try bench.bytes().contains("612345678"))
        let forgotten = try JournalTools.forget(Self.jan, in: bench.path)
        #expect(try !bench.bytes().contains("612345678"))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
        #expect(forgotten.calls == 3)
        let written = try bench.written()
        #expect(written.count == calls.count)
        #expect(written.map(\.state.word) == ["ended", "live", "ringing", "rejected", "ringing", "rejected"])
        #expect(written[0].caller == written[3].caller)
        #expect(written[0].caller == .unusual(Self.jan.name))
        #expect(written[0].answered?.decision.by == .rule("vip"))
        #expect(written[0].answered?.reply == [])
        #expect(written[3].isMarked)
        #expect(!written[3].hasNote)
        #expect(written[4].notes.map(\.text) == ["He knows +31 0 0000 0000 and forgotten-0123456789ab."])
        // The others keep what they had.
        #expect(written[1].answered?.reply == calls[1].answered.reply)
        #expect(try JournalReader(bench.path).check() == [])
    }

    @Test func memoryShowsTheNumberInNoIDAndStillFindsTheCall() throws {
        let log = EventLog.sample([CallSample("x-+31612345678_1").live().ended()])
        let later = Instant.sample.advanced(bySeconds: 600)
        _ = try log.forget(Self.jan, at: later)
        let call = try #require(log.snapshot()[0])
        #expect(call.id.text == "x-forgotten-0123456789ab_1")
        CallSample("x-+31612345678_1").with(\.isAsked, false).then(.other(type: "late"), after: 601).record(in: log)
        let snapshot = log.snapshot()
        #expect(snapshot.sequences.count == 1)
        #expect(snapshot[0]?.id == call.id)
    }

    @Test func aServerThatWritesTheJournalPreventsIt() throws {
        let session = bench.session()
        #expect(throws: JournalProblem.inUse(file: bench.path)) {
            try JournalTools.forget(Self.jan, in: bench.path)
        }
        let link = bench.folder.path("link.sqlite")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.path)
        #expect(throws: JournalProblem.inUse(file: link)) { try JournalTools.forget(Self.jan, in: link) }
        session.end()
    }

    @Test func aServerForgetsWhileItWrites() throws {
        let session = bench.session()
        session.journal.start()
        session.record([
            CallSample("a").live().ended(summary: "UNSPEAKABLE"), CallSample("b", from: "+31687654321", at: 1).live(),
            CallSample("o", from: "+31687654321", at: 4).standard().noted("He knows +31612345678."),
        ])
        session.log.record(
            DeskEvent(
                at: .sample, words: "anna noted: call +31612345678",
                audit: [
                    AuditEntry(number: 1, at: .sample, who: nil, content: .note("call +31612345678"))
                ]))
        let later = Instant.sample.advanced(bySeconds: 60)
        let memory = try session.log.forget(Self.jan, at: later)
        #expect((memory.calls, memory.others) == (1, 1))
        let forgotten = session.journal.forget(Self.jan, within: 20)
        #expect(forgotten?.calls == 1)
        #expect(forgotten?.isErased == true)
        #expect(try !bench.bytes().contains("612345678"))
        #expect(
            session.calls.map(\.caller) == [.unusual(Self.jan.name), .number("+31687654321"), .number("+31687654321")])
        #expect(session.log.snapshot().deskEvents.map(\.words) == ["anna noted: call \(Self.jan.name)"])
        // A late webhook does not bring it back.
        CallSample("a").with(\.isAsked, false)
            .then(.report(.init(seconds: 1, summary: "UNSPEAKABLE", endReason: nil)), after: 62).record(in: session.log)
        let before = session.calls.map(\.text)
        session.end()
        #expect(try !bench.bytes().contains("612345678"))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
        #expect(try bench.written().map(\.text) == before)
    }

    @Test func aServerForgetsWhatItWroteBefore() throws {
        bench.record((0..<300).map { CallSample("c\($0)", at: Double($0)).rejected("UNSPEAKABLE") })
        // Some of them are in memory again.
        let session = bench.session(keep: 100)
        session.journal.start()
        session.journal.waitUntilRestored(seconds: 20)
        _ = try session.log.forget(Self.jan, at: Instant.sample.advanced(bySeconds: 5000))
        #expect(session.journal.forget(Self.jan, within: 20)?.calls == 300)
        #expect(try !bench.bytes().contains("612345678"))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
        session.end()
        #expect(try Set(bench.written().map(\.caller)) == [.unusual(Self.jan.name)])
    }

    @Test func whatWasToBeForgottenIsForgottenAfterAStart() throws {
        bench.record([CallSample("a").rejected("UNSPEAKABLE"), CallSample("b", from: "+31687654321", at: 1).rejected()])
        let done = Mutex<[ForgottenNumber]>([])
        let session = bench.session(forgetting: [Self.jan]) { forgotten, calls in
            #expect(calls == [CallID("a")])
            done.withLock { $0.append(forgotten) }
        }
        // Memory does not show it in the meantime.
        #expect(session.calls.map(\.caller) == [.unusual(Self.jan.name), .number("+31687654321")])
        session.journal.start()
        waitUntil { done.withLock { !$0.isEmpty } }
        #expect(session.journal.stop(within: 20).numbers == 0)
        #expect(done.withLock { $0 } == [Self.jan])
        #expect(try !bench.bytes().contains("612345678"))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
    }

    @Test func whatALockPreventsIsStillToBeForgottenAtTheStop() throws {
        let session = bench.session()
        session.journal.start()
        session.record([CallSample("a").rejected("UNSPEAKABLE")])
        waitUntil { session.journal.status.written >= 1 }
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        configuration.busyMode = .timeout(20)
        let other = try DatabaseQueue(path: bench.path, configuration: configuration)
        try other.inDatabase { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        _ = try session.log.forget(Self.jan, at: Instant.sample.advanced(bySeconds: 60))
        #expect(session.journal.forget(Self.jan, within: 0.1) == nil)
        #expect(session.journal.stop(within: 0.3).numbers == 1)
        try other.inDatabase { try $0.execute(sql: "COMMIT") }
    }

    @Test func notesOnCallsOfTheNumberGoFromTheDesk() throws {
        let session = bench.session()
        session.journal.start()
        session.record([CallSample("a").rejected(), CallSample("b", from: "+31687654321", at: 1).rejected()])
        for (number, id) in [(1, "a"), (2, "b")] {
            session.log.record(
                DeskEvent(
                    audited: AuditEntry(
                        number: number, at: .sample, who: Operator(user: "anna"),
                        content: .remark(.note("UNSPEAKABLE \(id)"), on: CallID(id)))))
        }
        let memory = try session.log.forget(Self.jan, at: Instant.sample.advanced(bySeconds: 60))
        #expect(memory.own == [CallID("a")])
        #expect(session.journal.forget(Self.jan, notesOn: memory.own, within: 20) != nil)
        let words = ["anna noted on call a: (forgotten)", "anna noted on call b: UNSPEAKABLE b"]
        #expect(session.log.snapshot().deskEvents.map(\.words) == words)
        session.end()
        #expect(try JournalReader(bench.path).deskEvents().map(\.words) == words)
        #expect(try !bench.bytes().contains("UNSPEAKABLE a"))
    }

    @Test func aCallInProgressIsNotForgotten() throws {
        let log = EventLog.sample([CallSample("a").live()])
        #expect(throws: ForgettingProblem.inProgress(CallID("a"))) {
            try log.forget(Self.jan, at: Instant.sample.advanced(bySeconds: 60))
        }
        let young = EventLog.sample([CallSample("a").rejected()])
        #expect(throws: ForgettingProblem.inProgress(CallID("a"))) {
            try young.forget(Self.jan, at: Instant.sample.advanced(bySeconds: 9))
        }
    }

    @Test(arguments: [
        Row("international", "call +31612345678 back", "call forgotten-0123456789ab back"),
        Row("national, twice", "0612345678 0612345678", "0000000000 0000000000"),
        Row("without a plus", "31612345678", "31000000000"),
        Row("as a number in JSON", "{\"n\":31612345678}", "{\"n\":31000000000}"),
        Row("in groups", "06-1234 5678.", "00-0000 0000."),
        Row("in brackets", "+31 (0)6 12345678", "+31 (0)0 00000000"),
        Row("a longer number", "+316123456789", "+316123456789"), Row("nothing", "", ""),
        Row("another number", "+31612345679", "+31612345679"),
    ])
    func theNumberGoes(row: Row<String, String>) {
        #expect(Self.jan.removed(from: row.input) == row.expected)
    }
}
