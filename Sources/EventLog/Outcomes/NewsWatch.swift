// SPDX-License-Identifier: Apache-2.0

import Calls

/// Which calls are to be looked at, and when, to find those without news.
///
/// Every call is looked at once when it has had the time to ring, in the order of the log, which costs the answering path
/// nothing. Those that are then still going on wait for their own deadline; webhooks only ever put that off.
struct NewsWatch: Sendable {
    /// How many calls are looked at under one lock.
    static let mostAtOnce = 32

    /// Calls below this sequence number were looked at.
    private(set) var passed: UInt64 = 0
    private var waiting = DeadlineQueue()
    /// When somebody looks next; `nil` if nobody will.
    private var appointment: Instant?
    /// Whether a call must be looked at before the appointment.
    private var isTooLate = false

    /// The earliest deadline of a call that was looked at before.
    var next: Instant? { waiting.next }

    /// Begins with the first call of this session; older ones wait for their own deadline.
    mutating func begin(at first: UInt64) { passed = first }

    mutating func pass(_ sequence: UInt64) { passed = sequence + 1 }

    mutating func watch(_ id: CallID, until deadline: Instant) { waiting.insert(id, at: deadline) }

    mutating func pop(until now: Instant) -> CallID? { waiting.pop(until: now) }

    mutating func forget(_ id: CallID) { waiting.remove(id) }

    /// Notes that a call changed or began.
    mutating func note(_ entry: CallEntry, _ id: CallID) {
        guard entry.tally.outcome.isOnLine else {
            if entry.sequence < passed { waiting.remove(id) }
            return
        }
        guard entry.sequence < passed else {
            return require(NewsLimit.ringingEnd(entry.firstHeardAt))
        }
        guard let deadline = entry.newsDeadline else { return }
        waiting.insert(id, at: deadline)
        require(deadline)
    }

    private mutating func require(_ look: Instant) {
        guard appointment.map({ look < $0 }) ?? true else { return }
        appointment = look
        isTooLate = true
    }

    /// Notes when somebody looks next.
    mutating func appoint(_ next: Instant?) {
        appointment = next
        isTooLate = false
    }

    /// Whether the appointment has to be made earlier; asked once.
    mutating func takeTooLate() -> Bool {
        defer { isTooLate = false }
        return isTooLate
    }
}
