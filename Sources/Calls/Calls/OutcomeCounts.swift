// SPDX-License-Identifier: Apache-2.0

/// How many calls have which outcome, in addition how many answers were late or not applied; of a line or of all.
package struct OutcomeCounts: Hashable, Sendable {
    package private(set) var ringing = 0
    package private(set) var live = 0
    package private(set) var ended = 0
    package private(set) var failed = 0
    package private(set) var noNews = 0
    private var byHours = 0
    private var byOperator = 0
    private var byRule = 0
    private var byUnknownLine = 0
    private var byBlock = 0
    /// Answers that were replaced by the fallback because they were late.
    package var late = 0
    /// Calls whose answer the platform did not apply.
    package var notApplied = 0

    package init() {}

    package subscript(outcome: CallOutcome) -> Int {
        get {
            switch outcome {
            case .ringing: ringing
            case .live: live
            case .ended: ended
            case .failed: failed
            case .noNews: noNews
            case .rejected(let cause): self[rejectedBy: cause]
            }
        }
        set {
            switch outcome {
            case .ringing: ringing = newValue
            case .live: live = newValue
            case .ended: ended = newValue
            case .failed: failed = newValue
            case .noNews: noNews = newValue
            case .rejected(.hours): byHours = newValue
            case .rejected(.operator): byOperator = newValue
            case .rejected(.rule): byRule = newValue
            case .rejected(.unknownLine): byUnknownLine = newValue
            case .rejected(.block): byBlock = newValue
            }
        }
    }

    package subscript(rejectedBy cause: RejectedBy) -> Int {
        switch cause {
        case .hours: byHours
        case .operator: byOperator
        case .rule: byRule
        case .unknownLine: byUnknownLine
        case .block: byBlock
        }
    }

    package var rejected: Int { byHours + byOperator + byRule + byUnknownLine + byBlock }

    /// All calls; each has one outcome.
    package var calls: Int { ringing + live + ended + failed + noNews + rejected }

    /// Calls that occupy their line.
    package var onLine: Int { ringing + live }
}

extension OutcomeCounts {
    /// The counts under their keys in JSON documents, in their order; the causes of rejections are apart.
    package static let keys: [(key: String, count: any WritableKeyPath<OutcomeCounts, Int> & Sendable)] = [
        ("live", \.[.live]), ("ringing", \.[.ringing]), ("ended", \.[.ended]), ("failed", \.[.failed]),
        ("no_news", \.[.noNews]), ("late", \.late), ("not_applied", \.notApplied),
    ]

    package static func - (left: OutcomeCounts, right: OutcomeCounts) -> OutcomeCounts {
        var difference = left
        for outcome in CallOutcome.all { difference[outcome] -= right[outcome] }
        difference.late -= right.late
        difference.notApplied -= right.notApplied
        return difference
    }

    package static func + (left: OutcomeCounts, right: OutcomeCounts) -> OutcomeCounts {
        var sum = left
        for outcome in CallOutcome.all { sum[outcome] += right[outcome] }
        sum.late += right.late
        sum.notApplied += right.notApplied
        return sum
    }
}

extension OutcomeCounts {
    /// One count in words, for people.
    package struct Fact: Hashable, Sendable {
        package let word: String
        package let count: Int
        /// Whether it wants somebody: a call that rings or was rejected is ordinary.
        package let isAlarm: Bool
        /// The same in parts, such as `2 by hours, 1 by rule`; empty where there is one part.
        package var parts = ""
    }

    /// What matters first; of what there is none, only what is always shown.
    package var facts: [Fact] {
        let causes = RejectedBy.allCases.filter { self[rejectedBy: $0] > 0 }
        let parts = causes.map { "\(self[rejectedBy: $0]) by \($0.words)" }.joined(separator: ", ")
        let always = [
            Fact(word: "live", count: live, isAlarm: false), Fact(word: "failed", count: failed, isAlarm: failed > 0),
            Fact(word: "rejected", count: rejected, isAlarm: false, parts: parts),
        ]
        let sometimes = [
            Fact(word: "late", count: late, isAlarm: true),
            Fact(word: "not applied", count: notApplied, isAlarm: true),
            Fact(word: "no news", count: noNews, isAlarm: true),
            Fact(word: "ringing", count: ringing, isAlarm: false),
        ]
        return always + sometimes.filter { $0.count > 0 }
    }

    /// The facts in one sentence, such as `4 calls: 1 live, 0 failed, 2 rejected (2 by hours), 1 ended`.
    package var words: String {
        let all = facts + (ended > 0 ? [Fact(word: "ended", count: ended, isAlarm: false)] : [])
        let words = all.map { "\($0.count) \($0.word)" + ($0.parts.isEmpty ? "" : " (\($0.parts))") }
        return "\(CountText.words(calls, "call")): " + words.joined(separator: ", ")
    }
}

extension CallOutcome {
    /// Every outcome, with each cause of a rejection.
    package static let all: [CallOutcome] =
        [.live, .ringing, .ended, .failed] + RejectedBy.allCases.map(CallOutcome.rejected) + [.noNews]
}
