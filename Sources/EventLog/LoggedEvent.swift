// SPDX-License-Identifier: Apache-2.0

package import Calls

/// One thing that happened, for those who follow the log as a stream.
package enum LoggedEvent: Sendable {
    /// A call was answered.
    case answered(CallRecord)
    /// The last entry of the call's timeline is new.
    case updated(CallRecord)
    /// An operator marked the call, wrote a note on it, or took that back.
    case remarked(CallRecord)
    case refused(RefusedRequest)
    /// A webhook without a call id.
    case unattributed(type: String, at: Instant)
    /// An operator did something, or the rules changed.
    case desk(DeskEvent)
}

/// A request that was turned away.
package struct RefusedRequest: Hashable, Sendable {
    /// How many of the newest are kept for inspection, so that a flood of them costs nothing.
    package static let mostKept = 64

    package let at: Instant
    package let refusal: Refusal
    /// The other end, such as `127.0.0.1`.
    package let peer: String

    package init(at: Instant, refusal: Refusal, peer: String) {
        self.at = at
        self.refusal = refusal
        self.peer = peer
    }
}

/// What a follower of the log has not read since its cursor.
package struct EventBatch: Sendable {
    package let events: [LoggedEvent]
    /// The cursor to continue with.
    package let next: UInt64
    /// How many events were gone before they were read.
    package let dropped: UInt64

    /// Whether nothing happened.
    package var isEmpty: Bool { events.isEmpty && dropped == 0 }
}

/// An event as the log keeps it: it shares the call with the ring buffer, since a copy would cost more than the event.
enum StoredEvent: Sendable {
    case answered(CallEntry)
    case updated(CallEntry)
    case remarked(CallEntry)
    indirect case other(LoggedEvent)

    /// About how many bytes it keeps in memory once the ring buffer has evicted its call.
    var weight: Int {
        switch self {
        case .answered(let entry), .updated(let entry), .remarked(let entry): entry.weight
        case .other(.unattributed(let words, _)): 128 + words.utf8.count
        case .other(.desk(let event)): 128 + event.words.utf8.count + 512 * event.audit.count
        case .other: 128
        }
    }

    /// The event as followers see it.
    var logged: LoggedEvent {
        switch self {
        case .answered(let entry): .answered(entry.record)
        case .updated(let entry): .updated(entry.record)
        case .remarked(let entry): .remarked(entry.record)
        case .other(let event): event
        }
    }
}
