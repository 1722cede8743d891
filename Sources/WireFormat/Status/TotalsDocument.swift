// SPDX-License-Identifier: Apache-2.0

import Calls
package import EventLog
package import JSON
import Latencies

/// All that is counted, as another process needs it to show the same.
enum TotalsDocument: Document {
    typealias Subject = Totals

    static func fields<Coder: FieldCoder<Totals>>(_ key: inout Coder) throws(Coder.Failure) -> Totals {
        let counts = try key("counts", .object(CountsDocument.self), CountsDocument.Counts.init)
        key.derived("latency_ms", .percentiles, \.answerTimes)
        let latency = try key("answer_times", .latencies, \.latency)
        let deciders = try key("deciders", .deciders, \.deciders)
        let lastAnswerAt = try key("last_answer_at", .time, \.lastAnswerAt)
        let perMinute = try key("per_minute", .object(MinutesDocument.self), \.perMinute)
        if let totals = key.subject { return totals }
        return Totals(
            refused: counts.refused, rejected: counts.rejected, kinds: counts.kinds, deciders: deciders,
            latency: latency,
            lastAnswerAt: lastAnswerAt, perMinute: perMinute, count: { counts.values[$0.key] ?? 0 })
    }
}

/// The `counts` of a status: every counter, and some of them in parts.
enum CountsDocument: Document {
    struct Counts {
        let values: [String: Int]
        let rejected: [RejectedBy: Int]
        let kinds: [AnswerKind: Int]
        let refused: [String: Int]

        init(
            values: [String: Int], rejected: [RejectedBy: Int], kinds: [AnswerKind: Int], refused: [String: Int]
        ) {
            self.values = values
            self.rejected = rejected
            self.kinds = kinds
            self.refused = refused
        }

        init(_ totals: Totals) {
            let values = Totals.counters.map { ($0.key, totals[$0]) }
            self.init(
                values: Dictionary(uniqueKeysWithValues: values), rejected: totals.outcomes.causes,
                kinds: totals.kinds, refused: totals.refused)
        }
    }

    typealias Subject = Counts

    static func fields<Coder: FieldCoder<Counts>>(_ key: inout Coder) throws(Coder.Failure) -> Counts {
        var values: [String: Int] = [:]
        for counter in Totals.counters {
            let form: Form<Int> = counter.subject == .outcomes ? .laterCount : .count
            values[counter.key] = try key(counter.key, form) { $0.values[counter.key] ?? 0 }
        }
        let rejected = try key("rejected_by", .causes, \.rejected)
        let kinds = try key("kinds", .kinds, \.kinds)
        let refused = try key("refused_by", .counts(), \.refused)
        return Counts(values: values, rejected: rejected, kinds: kinds, refused: refused)
    }
}

/// The calls of the newest minutes.
private enum MinutesDocument: Document {
    typealias Subject = MinuteCounts

    static func fields<Coder: FieldCoder<MinuteCounts>>(_ key: inout Coder) throws(Coder.Failure) -> MinuteCounts {
        let newest = try key("newest", .time, \.newestMinute)
        return MinuteCounts(newest: newest, oldestFirst: try key("calls", .minutes, \.oldestFirst))
    }
}

extension Form where Value == AnswerTimes {
    /// Milliseconds; null without answers.
    static var percentiles: Self {
        Form(
            write: { times, key, object in
                object.addObject(key) { object in
                    for (key, time) in [("p50", times.p50), ("p99", times.p99), ("max", times.longest)] {
                        Form<UInt64?>.latency.write(times.count == 0 ? nil : time, key, &object)
                    }
                }
            },
            read: { _, _ in Totals().answerTimes })
    }
}

extension Form where Value == LatencyHistogram {
    /// Pairs of a time in microseconds and how many answers took it; and the sum of all times, under a key of its own.
    fileprivate static var latencies: Self {
        Form(
            write: { latency, key, object in
                let pairs = latency.shares.map { JSONValue.array([.integer($0.microseconds), .integer($0.count)]) }
                object.add(key, .array(pairs))
                object.add(sum, .integer(latency.sum))
            },
            read: { key, object throws(DocumentProblem) in
                let shares = try object.list(key) { value, place throws(DocumentProblem) in
                    guard case .array(let pair) = value, pair.count == 2, case .number(let time) = pair[0],
                        case .number(let count) = pair[1], let microseconds = UInt64(time), let count = UInt32(count)
                    else { throw DocumentProblem(at: place, "must be a time in microseconds and a count") }
                    return LatencyHistogram.Share(microseconds: microseconds, count: Int(count))
                }
                return LatencyHistogram(shares, sum: try object.place(sum))
            })
    }

    private static var sum: String { "answering_microseconds" }
}

extension Form where Value == [Decider: Int] {
    /// In an order that does not change from one time to the next.
    fileprivate static var deciders: Self {
        Form(
            write: { deciders, key, object in
                let counts = deciders.map { DeciderCountDocument.Count(decider: $0, count: $1) }
                let written = counts.map { (DeciderCountDocument.document($0).text, $0) }
                let sorted = written.sorted { $0.0 < $1.0 }.map(\.1)
                object.addList(key, sorted) { DeciderCountDocument.write($0, into: &$1) }
            },
            read: { key, object throws(DocumentProblem) in
                let counts = try Form<[DeciderCountDocument.Count]>.list(DeciderCountDocument.self).read(key, object)
                return Dictionary(counts.map { ($0.decider, $0.count) }) { $1 }
            })
    }
}

private enum DeciderCountDocument: Document {
    struct Count {
        let decider: Decider
        let count: Int
    }

    typealias Subject = Count

    static func fields<Coder: FieldCoder<Count>>(_ key: inout Coder) throws(Coder.Failure) -> Count {
        Count(decider: try key("by", .decider, \.decider), count: try key("count", .count, \.count))
    }
}

extension Form where Value == [AnswerKind: Int] {
    /// Kinds that were given at all.
    fileprivate static var kinds: Self {
        Form(
            write: { kinds, key, object in
                object.addObject(key) { object in
                    for kind in AnswerKind.allCases {
                        if let count = kinds[kind] { object.add(kind.rawValue, .integer(count)) }
                    }
                }
            },
            read: { key, object throws(DocumentProblem) in
                let object = try object.object(key)
                var kinds: [AnswerKind: Int] = [:]
                for (word, count) in try object.counts() {
                    guard let kind = AnswerKind(rawValue: word) else {
                        throw object.problem(word, "is not a kind of answer")
                    }
                    kinds[kind] = count
                }
                return kinds
            })
    }
}

extension Form where Value == [Int] {
    fileprivate static var minutes: Self {
        Form(
            write: { $2.add($1, .array($0.map { .integer($0) })) },
            read: { key, object throws(DocumentProblem) in
                try object.list(key) { value, place throws(DocumentProblem) in
                    guard case .number(let text) = value, let count = UInt32(text) else {
                        throw DocumentProblem(at: place, "must be a count")
                    }
                    return Int(count)
                }
            })
    }
}

extension Totals {
    package var document: JSONDocument { TotalsDocument.document(self) }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        self = try TotalsDocument.read(value, at: place)
    }
}
