// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Latencies

/// Counts since the start; evicted calls stay counted.
package struct Totals: Sendable {
    /// Webhooks answered with 200.
    package internal(set) var answered = 0
    /// Refused requests, by `Refusal.code`.
    package internal(set) var refused: [String: Int] = [:]
    /// Requests refused because of their signature.
    package internal(set) var unsigned = 0
    /// Calls seen.
    package internal(set) var calls = 0
    /// Calls of an earlier session that were still in progress at the start; they are among `calls`.
    package internal(set) var resumed = 0
    /// Calls evicted from memory.
    package internal(set) var evicted = 0
    /// Assistant-requests that repeated an earlier one for the same call.
    package internal(set) var repeats = 0
    /// What became of the calls.
    package internal(set) var outcomes = OutcomeCounts()
    /// By `AnswerKind.place`, since counting must not hash on the answering path.
    private var kindCounts = AnswerKind.allCases.map { _ in 0 }
    private var deciderCounts = DeciderCounts()
    package internal(set) var latency = LatencyHistogram()
    /// When the last assistant-request was answered.
    package internal(set) var lastAnswerAt: Instant?
    /// Calls by minute, for the newest minutes.
    package internal(set) var perMinute = MinuteCounts()

    package init() {}

    /// Totals that another log counted; `count` returns the value of each counter that is stored.
    package init<Failure>(
        refused: [String: Int], rejected: [RejectedBy: Int] = [:], kinds: [AnswerKind: Int], deciders: [Decider: Int],
        latency: LatencyHistogram, lastAnswerAt: Instant?, perMinute: MinuteCounts,
        count: (Counter) throws(Failure) -> Int
    ) throws(Failure) {
        self.refused = refused
        kindCounts = AnswerKind.allCases.map { kinds[$0] ?? 0 }
        deciderCounts = DeciderCounts(deciders)
        self.latency = latency
        self.lastAnswerAt = lastAnswerAt
        self.perMinute = perMinute
        for counter in Self.counters {
            if let stored = counter.stored { self[keyPath: stored] = try count(counter) }
        }
        for (cause, count) in rejected { outcomes[.rejected(cause)] = count }
    }
}

extension Totals {
    /// A number under its names on every surface.
    package struct Counter: Sendable {
        /// What a counter is about; `/metrics` lists those of a subject together.
        package enum Subject: Sendable { case requests, calls, memory, outcomes }

        /// The key in the `counts` of JSON documents.
        package let key: String
        /// The name in `/metrics`, of a number that only grows; `nil` where another metric covers it.
        package let metric: String?
        package let subject: Subject
        /// What it counts, for readers of `/metrics`.
        package let help: String
        fileprivate let value: any KeyPath<Totals, Int> & Sendable
        /// Where it is kept; `nil` for a sum of others.
        fileprivate let stored: (any WritableKeyPath<Totals, Int> & Sendable)?

        private init(
            _ key: String, _ metric: String?, _ subject: Subject, _ help: String,
            _ value: any KeyPath<Totals, Int> & Sendable, _ stored: (any WritableKeyPath<Totals, Int> & Sendable)?
        ) {
            self.key = key
            self.metric = metric
            self.subject = subject
            self.help = help
            self.value = value
            self.stored = stored
        }

        fileprivate static func kept(
            _ key: String, _ metric: String?, _ subject: Subject, _ help: String,
            at path: any WritableKeyPath<Totals, Int> & Sendable
        ) -> Counter {
            Counter(key, metric, subject, help, path, path)
        }

        fileprivate static func sum(
            _ key: String, _ metric: String?, _ subject: Subject, _ help: String,
            of path: any KeyPath<Totals, Int> & Sendable
        ) -> Counter {
            Counter(key, metric, subject, help, path, nil)
        }
    }

    /// Every counter, in the order of the documents.
    ///
    /// A new one needs its property above, a row here, and the code that counts.
    package static let counters: [Counter] = [
        .sum("received", "requests_received", .requests, "Requests to the webhook's address.", of: \.received),
        .kept("answered", "webhooks_answered", .requests, "Webhooks answered with 200.", at: \.answered),
        .sum("refused", nil, .requests, "Refused requests.", of: \.refusedInAll),
        .kept("calls", "calls", .calls, "Calls seen.", at: \.calls),
        .kept("evicted", "calls_evicted", .memory, "Calls evicted from memory.", at: \.evicted),
        .kept("unsigned", nil, .requests, "Requests refused because of their signature.", at: \.unsigned),
        .kept("repeats", "answers_repeated", .calls, "Answers repeated for the same call.", at: \.repeats),
        .kept(
            "late", "answers_late", .calls, "Answers replaced by the fallback because they were late.",
            at: \.outcomes.late),
        .kept("live", nil, .outcomes, "Calls in progress.", at: \.outcomes[.live]),
        .kept("ringing", nil, .outcomes, "Calls that ring.", at: \.outcomes[.ringing]),
        .kept("ended", nil, .outcomes, "Calls that ended.", at: \.outcomes[.ended]),
        .kept("failed", nil, .outcomes, "Calls that ended with an error of the platform.", at: \.outcomes[.failed]),
        .sum("rejected", nil, .outcomes, "Calls rejected by their answer.", of: \.outcomes.rejected),
        .kept("no_news", nil, .outcomes, "Calls without news.", at: \.outcomes[.noNews]),
        .kept(
            "not_applied", nil, .outcomes, "Calls whose answer the platform did not apply.",
            at: \.outcomes.notApplied),
    ]

    package subscript(counter: Counter) -> Int { self[keyPath: counter.value] }

    /// The values of all counters: totals changed if and only if these did.
    package var counts: [Int] {
        Self.counters.map { self[$0] } + RejectedBy.allCases.map { outcomes[rejectedBy: $0] }
    }

    /// Every request to the webhook's address.
    package var received: Int { answered + refusedInAll }

    /// Assistant-requests that got the fallback because the answer was late.
    package var late: Int { outcomes.late }

    package var refusedInAll: Int { refused.values.reduce(0, +) }
}

extension Totals {
    /// The kinds of answers that were given, with how many of each.
    package var kinds: [AnswerKind: Int] {
        Dictionary(uniqueKeysWithValues: zip(AnswerKind.allCases, kindCounts).filter { $0.1 > 0 })
    }

    /// How many answers each decider gave.
    package var deciders: [Decider: Int] { deciderCounts.all }

    package var answers: AnswerCounts {
        AnswerCounts(
            kinds: kinds,
            deciders: Dictionary(deciders.map { ($0.key.description, $0.value) }, uniquingKeysWith: +))
    }

    mutating func count(_ answered: Answered) {
        self.answered += 1
        kindCounts[answered.decision.kind.place] += 1
        deciderCounts.add(answered.decision.by)
        if case .deadline = answered.decision.by { outcomes.late += 1 }
        latency.record(microseconds: answered.microseconds)
        lastAnswerAt = answered.receivedAt
    }

    /// Moves a call from what it counted as to what it counts as now.
    mutating func move(from old: CallTally?, to new: CallTally) {
        if let old { outcomes.count(old, by: -1) }
        outcomes.count(new, by: 1)
    }

    mutating func count(_ refusal: Refusal, times: Int = 1) {
        guard times > 0 else { return }
        refused[refusal.code, default: 0] += times
        if refusal.isUnsigned { unsigned += times }
    }
}

extension Totals {
    /// How many answers took no longer than a time.
    package func answers(within microseconds: UInt64) -> Int { latency.count(within: microseconds) }

    /// The time that all answers took together, in microseconds.
    package var answeringMicroseconds: UInt64 { latency.sum }

    /// The percentiles that people see.
    package var answerTimes: AnswerTimes {
        AnswerTimes(
            count: latency.count, p50: latency.microseconds(atPercentile: 50),
            p99: latency.microseconds(atPercentile: 99), longest: latency.longestMicroseconds)
    }
}

/// How long answers took since the start, in microseconds; zeros without answers.
package struct AnswerTimes: Hashable, Sendable {
    package let count: Int
    package let p50: UInt64
    package let p99: UInt64
    package let longest: UInt64
}
