// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import EventLog
import Foundation
import Rules
import Signatures

/// Times signed webhooks whose caller is not in E.164 form against plain ones, on one thread, and prints medians.
///
/// The spellings take turns, so that a machine that slows down slows all; the ratios count, not the absolute figures.
enum Spellings {
    private static let batches = 100
    private static let perBatch = 100
    /// The most that a spelling that was read before may cost, against a plus sign and digits.
    private static let bound = 1.5
    /// The most that a new spelling may cost in addition, in microseconds.
    private static let mostForNew = 100.0

    private struct Spelling: Sendable {
        let name: String
        /// The caller of a call, by its index.
        let caller: @Sendable (Int) -> String
    }

    private static let spellings = [
        Spelling(name: "+31612345678") { _ in "+31612345678" },
        Spelling(name: "0031612345678") { _ in "0031612345678" },
        Spelling(name: "06 1234 5678") { _ in "06 1234 5678" },
        Spelling(name: "sip:+316...@host") { _ in "sip:+31612345678@198.51.100.7;user=phone" },
        Spelling(name: "06..., each new") { "06" + String(10_000_000 + $0) },
    ]

    static func measure() {
        let exchange = Sample.exchange(log: EventLog(keep: Retention(calls: 10_000, bytes: 64 << 20)))
        var times: [[Double]] = spellings.map { _ in [] }
        var next = 0
        // The first batch is not counted: it reads each spelling for the first time.
        for batch in 0...batches {
            for (place, spelling) in spellings.enumerated() {
                let calls = (next..<next + perBatch).map {
                    Call(Sample.body(call: Sample.callID($0), from: spelling.caller($0)))
                }
                next += perBatch
                let time = time(calls, exchange)
                if batch > 0 { times[place].append(time) }
            }
        }
        print("caller sent as           median µs   p90 µs    ratio   (signed webhook, all of it)")
        for place in times.indices { times[place].sort() }
        let medians = times.map { $0[batches / 2] }
        for (place, spelling) in spellings.enumerated() {
            let label = spelling.name + String(repeating: " ", count: max(0, 24 - spelling.name.count))
            let figures = [medians[place], times[place][batches * 9 / 10], medians[place] / medians[0]]
            print("\(label) \(figures.map(Stages.text).joined(separator: " "))")
        }
        let worst = (medians[1...3].max() ?? 0) / medians[0]
        let new = medians[4] - medians[0]
        let words = [worst, new].map { Stages.text($0).filter { $0 != " " } }
        print(
            "read before / plain: \(words[0]) (bound: at most \(bound)); new: \(words[1]) µs more (bound: at most \(Int(mostForNew)))"
        )
        if worst > bound || new > mostForNew { exit(1) }
    }

    private struct Call {
        let body: [UInt8]
        let timestamp: [UInt8]
        let signature: [UInt8]

        init(_ body: [UInt8]) {
            self.body = body
            let timestamp = String(WallClock.system.now().seconds)
            self.timestamp = Array(timestamp.utf8)
            signature = Array(Sample.secret.signature(timestamp: timestamp, body: body).utf8)
        }
    }

    /// Returns the microseconds of one call.
    private static func time(_ calls: [Call], _ exchange: AnswerService) -> Double {
        let clock = WallClock.system
        let start = clock.ticks()
        for call in calls {
            call.body.withUnsafeBytes { body in
                let response = call.signature.withUnsafeBytes { signature in
                    call.timestamp.withUnsafeBytes { timestamp in
                        exchange.answer(
                            InboundWebhook(
                                body: body, signature: signature, timestamp: timestamp, peer: "127.0.0.1",
                                startedAt: exchange.ticks))
                    }
                }
                guard case .ready(let reply) = response, reply.status == .ok else {
                    preconditionFailure("the benchmark measures a failure")
                }
            }
        }
        return Double(clock.ticks() - start) / Double(calls.count) / 1000
    }
}
