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

    package init(text: String) {
        self.text = text
    }

    package var description: String { "\"\(text)\" is not a time; examples: \(MomentText.pastExamples)" }
}

/// Two texts that should be the beginning and the end of a period and are not.
package enum NotAPeriod: Error, Hashable, Sendable {
    case since(NotAMoment)
    case until(NotAMoment)
    /// It begins after the moment at which it is asked for.
    case notYet(since: String)
    /// The end is not after the beginning.
    case reversed(since: String, until: String)
}

extension NotAPeriod: CustomStringConvertible {
    /// What is wrong, after the name of what it is wrong with.
    package var description: String {
        switch self {
        case .since(let error): "since: \(error)"
        case .until(let error): "until: \(error)"
        case .notYet(let since): "since: \"\(since)\" is in the future"
        case .reversed(let since, let until): "until: \"\(until)\" is not after \"\(since)\""
        }
    }
}

extension Period {
    /// Reads a period that is over or goes on: its beginning as a past moment, and its end as one after that.
    package static func read(
        since: String?, until: String?, now: Instant, clock: LocalClock
    ) throws(NotAPeriod) -> Period {
        var begin: Instant?
        var end: Instant?
        do throws(NotAMoment) {
            begin = try since.map { text throws(NotAMoment) in try MomentText.read(past: text, now: now, clock: clock) }
        } catch {
            throw .since(error)
        }
        if let since, let begin, begin > now { throw .notYet(since: since) }
        if let until {
            guard let read = MomentText.end(until, of: begin, now: now, clock: clock) else {
                throw .until(NotAMoment(text: until))
            }
            end = read
        }
        if let since, let until, let begin, let end, begin >= end { throw .reversed(since: since, until: until) }
        return Period(since: begin, until: end)
    }
}

extension MomentText {
    /// Reads a moment that is over, as ``past(_:now:clock:)`` does, or says what is wrong.
    package static func read(past text: String, now: Instant, clock: LocalClock) throws(NotAMoment) -> Instant {
        guard let instant = past(text, now: now, clock: clock) else { throw NotAMoment(text: text) }
        return instant
    }
}
