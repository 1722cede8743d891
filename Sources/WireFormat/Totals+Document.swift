// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import EventLog
import Latencies

extension Totals {
    /// All that is counted, as another process needs it to show the same.
    package var document: JSONValue {
        .object([
            .init("counts", counts), .init("latency_ms", latencies),
            .init(
                "answer_times",
                .array(latency.shares.map { .array([.integer($0.microseconds), .integer($0.count)]) })),
            .init("answering_microseconds", .integer(answeringMicroseconds)),
            .init("deciders", .array(told(deciders))), .time("last_answer_at", lastAnswerAt),
            .init(
                "per_minute",
                .object([
                    .time("newest", perMinute.newestMinute),
                    .init("calls", .array(perMinute.oldestFirst.map { .integer($0) })),
                ])),
        ])
    }

    /// The deciders with their counts, in an order that does not change from one telling to the next.
    private func told(_ deciders: [Decider: Int]) -> [JSONValue] {
        deciders.map { decider, count in (decider.members, count) }
            .sorted { JSONValue.object($0.0).text < JSONValue.object($1.0).text }
            .map { members, count in .object(members + [.init("count", .integer(count))]) }
    }

    /// The counts of `status --json`.
    var counts: JSONValue {
        .object(
            Self.counters.map { .init($0.key, .integer(self[$0])) } + [
                .init(
                    "kinds",
                    .object(
                        AnswerKind.allCases.compactMap { kind in
                            kinds[kind].map { .init(kind.rawValue, .integer($0)) }
                        })),
                .init(
                    "refused_by", .object(refused.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) })
                ),
            ])
    }

    /// The percentiles of `status --json`; null without answers.
    var latencies: JSONValue {
        let times = answerTimes
        func milliseconds(_ time: UInt64) -> JSONValue {
            times.count == 0 ? .null : .number(SessionExport.milliseconds(time))
        }
        return .object([
            .init("p50", milliseconds(times.p50)), .init("p99", milliseconds(times.p99)),
            .init("max", milliseconds(times.longest)),
        ])
    }
}
