// SPDX-License-Identifier: Apache-2.0

/// The time between two moments; either may be open.
package struct Period: Hashable, Sendable {
    /// Its first moment; `nil` if it has no beginning.
    package let since: Instant?
    /// The moment at which it is over; `nil` if it has no end.
    package let until: Instant?

    package init(since: Instant? = nil, until: Instant? = nil) {
        self.since = since
        self.until = until
    }

    package func contains(_ instant: Instant) -> Bool {
        since.map { instant >= $0 } ?? true && until.map { instant < $0 } ?? true
    }

    /// Whether something that began and ended then was going on in the period; without an end it goes on.
    package func overlaps(from begin: Instant, to end: Instant?) -> Bool {
        until.map { begin < $0 } ?? true && since.map { since in end.map { $0 >= since } ?? true } ?? true
    }
}

/// A text that should be a past moment and is none.
package struct NotAMoment: Error, Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { "\"\(text)\" is not a time; examples: \(MomentText.pastExamples)" }
}

extension MomentText {
    /// Reads a moment that is over, as ``past(_:now:clock:)`` does, or says what is wrong.
    package static func read(past text: String, now: Instant, clock: LocalClock) throws(NotAMoment) -> Instant {
        guard let instant = past(text, now: now, clock: clock) else { throw NotAMoment(text: text) }
        return instant
    }
}
