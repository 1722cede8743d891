// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Foundation
import JSON
import Journal
import Overrides
import TestSupport
import Testing
import WireFormat

/// A person who asks to be forgotten.
@Suite struct ForgettingTests {
    private let bench: JournalBench

    init() throws {
        bench = try JournalBench()
    }

    @Test func noByteOfTheNumberStaysAndCountsDo() throws {
        let national = CallSample("n", from: "0612345678", at: 2)
        let calls = [
            CallSample("a").live().ended(summary: "UNSPEAKABLE"), CallSample("b", from: "+31687654321", at: 1).live(),
            national, CallSample("x-31612345678", at: 3).rejected(),
        ]
        bench.record(calls)
        #expect(try bench.bytes().contains("612345678"))
        let forgotten = try JournalTools.forget("+31612345678", in: bench.path)
        #expect(try !bench.bytes().contains("612345678"))
        #expect(try !bench.bytes().contains("UNSPEAKABLE"))
        #expect(forgotten.calls == 2)
        let written = try bench.written()
        #expect(written.count == calls.count)
        #expect(written.map(\.state.word) == ["ended", "live", "ringing", "rejected"])
        #expect(written[0].caller == written[3].caller)
        #expect(written[0].caller == .unusual(forgotten.name ?? ""))
        #expect(written[0].answered?.decision.by == .rule("vip"))
        #expect(written[0].answered?.reply == [])
        // The others keep what they had.
        #expect(written[1].answered?.reply == calls[1].answered.reply)
        #expect(try JournalReader(bench.path).check() == [])
    }

    @Test func aServerThatWritesTheJournalPreventsIt() throws {
        let session = bench.session()
        #expect(throws: JournalProblem.inUse(file: bench.path)) {
            try JournalTools.forget("+31612345678", in: bench.path)
        }
        session.end()
    }

    @Test(arguments: [
        Row("international", "call +31612345678 back", "call +31000000000 back"),
        Row("national, twice", "0612345678 0612345678", "0000000000 0000000000"),
        Row("another number", "+31612345679", "+31612345679"),
    ])
    func digitsBecomeZeros(row: Row<String, String>) {
        let text = NumberTraces(of: "+31612345678").blanking(Array(row.input.utf8)).text
        #expect(String(decoding: text, as: UTF8.self) == row.expected)
    }
}
