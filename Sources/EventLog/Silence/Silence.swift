// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// How long no call has come to a line; a broken tunnel looks like a quiet night.
package struct Silence: Hashable, Sendable {
    package let seconds: Int
    /// The usual time between two calls at this hour of the day; `nil` as long as too few calls came at this hour.
    package let usualSeconds: Int?
    /// Whether it is much longer than usual, on a line that is not closed by its hours.
    package let isUnusual: Bool

    /// It is unusual from this many usual times on: of calls that come by chance, one in 400 is as late.
    private static let most = 6
    /// A shorter silence is never unusual, in seconds.
    private static let least = 60

    package init(seconds: Int, usualSeconds: Int?, isUnusual: Bool) {
        self.seconds = seconds
        self.usualSeconds = usualSeconds
        self.isUnusual = isUnusual
    }

    /// The silence of a line at a moment; `nil` before its first call.
    package init?(_ rhythm: LineRhythm, of line: LineStatus, at now: Instant) {
        guard let last = rhythm.lastCallAt else { return nil }
        let seconds = Int(clamping: max(0, now.microseconds(since: last) / 1_000_000))
        let isLong = rhythm.usualSeconds.map { seconds / Self.most >= $0 && seconds >= Self.least } ?? false
        self.init(
            seconds: seconds, usualSeconds: rhythm.usualSeconds, isUnusual: isLong && !line.isClosedByHours)
    }

    /// For people: `no calls for 25 min, usually 4 min at this hour`.
    package var words: String {
        let usual = usualSeconds.map { ", usually \(DurationText.words(seconds: Int64($0))) at this hour" } ?? ""
        return "no calls for \(DurationText.words(seconds: Int64(seconds)))\(usual)"
    }
}

extension LineStatus {
    /// Whether its hours close it now, as every day at this time, whatever an operator has set.
    fileprivate var isClosedByHours: Bool {
        let (state, by) = withoutOverrides.map { ($0.state, $0.by) } ?? (state, by)
        guard case .hours = by else { return false }
        return switch state {
        case .closed, .inform: true
        case .open, .forcedOpen: false
        }
    }
}

extension LineCounts {
    /// The silence of a line; `nil` before its first call.
    package func silence(of line: LineStatus, at now: Instant) -> Silence? {
        rhythm(of: line.number, at: now).flatMap { Silence($0, of: line, at: now) }
    }
}
