// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import Foundation
import Rules
import WebhookJSON

/// Times a decision with 10, 1 000 and 10 000 rules, on one thread, and prints medians.
///
/// The sizes take turns, so that a machine that slows down slows all; the ratios count, not the absolute figures.
enum RuleCounts {
    private static let sizes = [10, 1000, 10_000]
    private static let batches = 200
    private static let perBatch = 200
    /// The most that 1 000 rules may cost, against 10.
    private static let bound = 2.0

    static func measure() {
        let desks = sizes.map { LargeDesk(rules: $0) }
        let calls = (0..<perBatch).map(call)
        let facts = LargeDesk.facts
        var times: [[Double]] = sizes.map { _ in [] }
        // The first batch is not counted: it asks for the country of each caller for the first time.
        for batch in 0...batches {
            for (size, desk) in desks.enumerated() {
                let time = time(calls, desk: desk, facts: facts)
                if batch > 0 { times[size].append(time) }
            }
        }
        print("rules     median µs   p90 µs   read in ms   (\(LargeDesk.lines) lines, \(LargeDesk.contacts) contacts)")
        for size in sizes.indices {
            times[size].sort()
            let label = String(sizes[size]) + String(repeating: " ", count: 8 - String(sizes[size]).count)
            let medians = "\(Stages.text(times[size][batches / 2]))   \(Stages.text(times[size][batches * 9 / 10]))"
            print("\(label) \(medians)   \(Stages.text(desks[size].milliseconds))")
        }
        let medians = times.map { $0[batches / 2] }
        let ratio = medians[1] / medians[0]
        let words = [ratio, medians[2] / medians[0]].map { Stages.text($0).filter { $0 != " " } }
        print("1 000 rules / 10 rules: \(words[0]) (bound: at most \(bound)); 10 000 / 10: \(words[1])")
        if ratio > bound { exit(1) }
    }

    /// Returns the microseconds of one decision with everything that it asks for.
    private static func time(_ calls: [AssistantRequest], desk: LargeDesk, facts source: some FactSource<Never>)
        -> Double
    {
        let clock = WallClock.system
        let now = Instant(seconds: 1_782_900_000)
        let start = clock.ticks()
        for call in calls {
            var facts = CallFacts.none
            let (_, reply) = desk.policy.answer(
                call, gathering: &facts, from: source, id: "d-0-1", at: now, explainer: desk.explainer)
            precondition(!reply.isEmpty, "the benchmark measures a failure")
        }
        return Double(clock.ticks() - start) / Double(calls.count) / 1000
    }

    /// Calls to lines all over the list; every other caller is a contact.
    private static func call(_ index: Int) -> AssistantRequest {
        let caller = LargeDesk.caller(index % 2 == 0 ? index * 49 : LargeDesk.contacts + index)
        let body = Sample.body(
            call: Sample.callID(index), from: caller, to: LargeDesk.line(index * 7))
        guard let call = body.withUnsafeBytes({ try? WebhookDecoder.decode($0).call }) else {
            preconditionFailure("the benchmark's own request is wrong")
        }
        return call
    }
}
