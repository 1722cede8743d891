// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls
package import EventLog
import Latencies

extension Totals {
    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        let counts = try fields.object("counts")
        var kinds: [AnswerKind: Int] = [:]
        for (word, count) in try counts.object("kinds").counts() {
            guard let kind = AnswerKind(rawValue: word) else {
                throw DocumentProblem(at: "\(counts.path("kinds")).\(word)", "is no kind of answer")
            }
            kinds[kind] = count
        }
        try self.init(
            refused: try counts.object("refused_by").counts(), kinds: kinds, deciders: try Self.deciders(fields),
            latency: LatencyHistogram(
                try fields.list("answer_times", LatencyHistogram.Share.init),
                sum: try fields.place("answering_microseconds")),
            lastAnswerAt: try fields.optionalInstant("last_answer_at"),
            perMinute: try MinuteCounts(try fields.object("per_minute"))
        ) { counter throws(DocumentProblem) in try counts.count(counter.key) }
    }

    private static func deciders(_ fields: ObjectReader) throws(DocumentProblem) -> [Decider: Int] {
        var counts: [Decider: Int] = [:]
        _ = try fields.list("deciders") { value, place throws(DocumentProblem) in
            let fields = try ObjectReader(value, at: place)
            counts[try Decider(fields)] = try fields.count("count")
        }
        return counts
    }
}

extension LatencyHistogram.Share {
    fileprivate init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        guard case .array(let pair) = value, pair.count == 2, case .number(let time) = pair[0],
            case .number(let count) = pair[1], let microseconds = UInt64(time), let count = UInt32(count)
        else { throw DocumentProblem(at: place, "must be a time in microseconds and a count") }
        self.init(microseconds: microseconds, count: Int(count))
    }
}

extension MinuteCounts {
    fileprivate init(_ fields: ObjectReader) throws(DocumentProblem) {
        let counts: [Int] = try fields.list("calls") { value, place throws(DocumentProblem) in
            guard case .number(let text) = value, let count = UInt32(text) else {
                throw DocumentProblem(at: place, "must be a count")
            }
            return Int(count)
        }
        self.init(newest: try fields.instant("newest"), oldestFirst: counts)
    }
}
