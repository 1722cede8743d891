// SPDX-License-Identifier: Apache-2.0

package import Calls
import Overrides
import Synchronization

extension OverrideService {
    /// How long an end that could not be kept waits to be tried again, in seconds.
    private static let retryAfter: Int64 = 10

    /// Takes out what is over; returns when there is something to do again, or `nil` when no override ends by itself.
    ///
    /// Calls do not need it: an override whose time is over counts no more. It keeps the audit and the screens right.
    /// What could not be kept is tried again, though not sooner than the returned moment.
    @discardableResult
    package func expire() -> Instant? {
        let (told, next) = turn.withLock { _ -> ([String], Instant?) in
            let now = clock.now()
            let step = state.expiring(at: now)
            guard !step.outcome.ended.isEmpty else { return ([], step.state.nextEnd) }
            if let seconds = secondsToRetry { return ([], now.advanced(bySeconds: seconds)) }
            do throws(OverrideStoreError) {
                try store.keep(step.state, audit: step.audit)
            } catch {
                return (note(error, of: step), now.advanced(bySeconds: Self.retryAfter))
            }
            let problem = put(step.state, warnings: kept.withLock { $0.warnings })
            return ([step.outcome.words] + [problem].compactMap(\.self), step.state.nextEnd)
        }
        for words in told { tell(words) }
        return next
    }

    /// Takes out what is over; returns how long to rest before the next time, or `nil` to rest until something changes.
    ///
    /// A second at most, since the wall clock may be set while one sleeps.
    package func expireAndRest() -> Duration? {
        expire().map { .microseconds(min(max($0.microseconds(since: clock.now()), 1000), 1_000_000)) }
    }

    /// How long an end that could not be kept is still to be left alone.
    private var secondsToRetry: Int64? {
        guard let failure = kept.withLock({ $0.failure }) else { return nil }
        let passed = Int64((clock.ticks() - failure.ticks) / 1_000_000_000)
        return passed < Self.retryAfter ? Self.retryAfter - passed : nil
    }

    /// Notes that an end could not be kept; returns what is to be told of it, once.
    private func note(_ error: OverrideStoreError, of step: OverrideTransition) -> [String] {
        let words =
            "\(step.outcome.words), but that could not be kept (\(error)). It counts no more all the same, and it is tried "
            + "again."
        let failure = Kept.Failure(words: words, ticks: clock.ticks())
        return kept.withLock { kept in
            defer { kept.failure = failure }
            return kept.failure?.words == words ? [] : [words]
        }
    }
}
