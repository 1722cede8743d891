// SPDX-License-Identifier: Apache-2.0

/// The state of a call, derived from its webhooks.
package enum CallState: Hashable, Sendable {
    /// Answered by us, or heard of, and not in progress yet.
    case ringing
    case live(since: Instant)
    /// Ended; the length in seconds where it is known.
    case ended(seconds: Int?)
    /// Ended with an error of the platform.
    case failed(reason: String?)
    /// Rejected by our answer; the platform sends nothing further for such a call (docs/platform.md, Answers).
    case rejected
    /// A status of the platform that we do not know, such as `transferred`.
    case other(CallStatus)

    /// Whether the call may still be in progress.
    package var isOpen: Bool {
        switch self {
        case .ringing, .live, .other: true
        case .ended, .failed, .rejected: false
        }
    }

    /// The word for it.
    package var word: String {
        switch self {
        case .ringing: "ringing"
        case .live: "live"
        case .ended: "ended"
        case .failed: "failed"
        case .rejected: "rejected"
        case .other(let status): status.text
        }
    }
}

/// How far a call has come; webhooks never take it back to an earlier phase (docs/platform.md, Ordering and repeats).
package enum CallPhase: Int, Comparable, Sendable {
    case ringing
    /// A status that we do not know, before the call is in progress.
    case unknown
    case live
    /// In progress, and handed on by the platform.
    case transferred
    case over

    package static func < (left: CallPhase, right: CallPhase) -> Bool { left.rawValue < right.rawValue }
}

extension CallState {
    package var phase: CallPhase {
        switch self {
        case .ringing: .ringing
        case .live: .live
        case .ended, .failed, .rejected: .over
        case .other(let status): status.phase
        }
    }
}

/// The platform's status of a call; an open set (docs/platform.md, Events).
package struct CallStatus: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static let inProgress = CallStatus("in-progress")
    package static let ended = CallStatus("ended")
    package static let endedWithError = CallStatus("ended-with-error")
    // The platform's interface for looking calls up also has these (docs/platform.md, Events).
    package static let failed = CallStatus("failed")
    package static let rejected = CallStatus("rejected")
    package static let insufficientCredits = CallStatus("insufficient-credits")
    package static let ringing = CallStatus("ringing")
    package static let transferred = CallStatus("transferred")
    /// A webhook without a status.
    package static let none = CallStatus("")

    /// Statuses of calls that nobody has answered yet.
    private static let beforeAnswer: Set<String> = ["ringing", "connecting", "queued", "initiated"]

    /// How far a call with this status has come.
    package var phase: CallPhase {
        switch self {
        case .inProgress: .live
        case .transferred: .transferred
        case .ended, .endedWithError, .failed, .rejected, .insufficientCredits: .over
        default: Self.beforeAnswer.contains(text) ? .ringing : .unknown
        }
    }
}

/// Whether the platform applied our answer, according to the tag that it echoes (docs/platform.md, Events).
package enum Confirmation: String, Hashable, Sendable, CaseIterable {
    /// The answer carries no tag, so no echo can come: `{}`, `error`, or tags switched off.
    case notExpected = "not expected"
    /// A tag was sent and no webhook has shown the assistant in use yet.
    case unconfirmed
    /// The tag came back.
    case applied
    /// The call started with an assistant that does not carry the tag.
    case notApplied = "not applied"
}
