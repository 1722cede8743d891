// SPDX-License-Identifier: Apache-2.0

/// What has become of a call; every call counts under exactly one outcome at a time.
///
/// Whether an answer was late or not applied is counted separately.
package enum CallOutcome: Hashable, Sendable {
    /// Answered by us, or heard of, and not in progress yet.
    case ringing
    case live
    case ended
    /// Ended with an error of the platform.
    case failed
    case rejected(RejectedBy)
    /// Ringing or live for longer than is likely without a webhook; see ``NewsLimit``.
    case noNews

    /// Whether the call occupies its line.
    package var isOnLine: Bool {
        switch self {
        case .ringing, .live: true
        case .ended, .failed, .rejected, .noNews: false
        }
    }

    /// The outcome in words, as rows and searches have it.
    package var words: String {
        switch self {
        case .ringing: "ringing"
        case .live: "live"
        case .ended: "ended"
        case .failed: "failed"
        case .rejected(let cause): "rejected by \(cause.words)"
        case .noNews: "no news"
        }
    }
}

/// What rejected a call; the raw value is a key of JSON documents and a label of `/metrics`.
package enum RejectedBy: String, Hashable, Sendable, CaseIterable {
    case hours
    /// A closure that an operator set.
    case `operator`
    /// A rule, `no_number` or `otherwise`.
    case rule
    /// The number called is not a line of the rules file.
    case unknownLine = "unknown_line"
    /// An operator blocked this caller.
    case block

    package var words: String { self == .unknownLine ? "unknown line" : rawValue }

    /// Whether a person decided it just now, so that it wants attention; hours and rules reject calls every day.
    package var isDeliberate: Bool { self == .operator }
}

extension Decider {
    /// What rejects a call that this decided to reject.
    package var rejects: RejectedBy {
        switch self {
        case .rule, .arm, .otherwise, .noNumber: .rule
        case .override: .operator
        case .block: .block
        case .hours: .hours
        case .unknownLine: .unknownLine
        // The fallback rejects only where an operator closed the line.
        case .deadline: .operator
        }
    }
}

/// How long a call may go without a webhook until it counts as without news, in seconds.
///
/// A caller who hangs up while it rings may cause no webhook, and the last one of a call may get lost
/// (docs/platform.md, Events).
package enum NewsLimit {
    /// From the last webhook of a call that rings.
    package static let ringing: Int64 = 120
    /// The longest time in progress, where the answer sets none.
    package static let live: Int64 = 7200
    /// Added to the longest time in progress, and the least after any webhook of a call in progress.
    package static let grace: Int64 = 300

    /// The first moment after a time that is that long.
    package static func end(_ since: Instant, _ seconds: Int64) -> Instant {
        Instant(microseconds: since.advanced(bySeconds: seconds).microseconds + 1)
    }

    /// From when on a call that rings counts as without news.
    package static func ringingEnd(_ since: Instant) -> Instant { end(since, ringing) }
}
