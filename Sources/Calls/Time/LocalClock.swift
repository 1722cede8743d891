// SPDX-License-Identifier: Apache-2.0

/// A wall clock: what it shows at an instant, and when it shows a reading.
package struct LocalClock: Sendable {
    private let offset: @Sendable (Instant) -> Int

    /// Creates a clock from its offset to UTC, in seconds, at an instant.
    package init(offset: @escaping @Sendable (Instant) -> Int) {
        self.offset = offset
    }

    /// A clock with a constant offset to UTC, in seconds.
    package static func fixed(_ offset: Int) -> LocalClock {
        LocalClock { _ in offset }
    }

    /// The clock's reading at an instant.
    package func local(_ instant: Instant) -> LocalTime {
        instant.local(offset: offset(instant))
    }

    /// Returns when the clock next shows a time of day, in seconds since midnight.
    ///
    /// A time that the clock shows twice counts twice; one that it skips comes later by the length of the gap.
    package func next(_ secondOfDay: Int, after now: Instant) -> Instant {
        let today = local(now).date.daysSince1970
        let shown = (0...2).flatMap { day in moments(of: Int64(today + day) * 86_400 + Int64(secondOfDay)) }
        return shown.filter { $0 > now }.min() ?? now.advanced(bySeconds: 86_400)
    }

    /// Returns when the clock shows a reading, in seconds since the midnight of a date: the first time where it shows it
    /// twice, and later by the length of the gap where it skips it.
    package func first(_ date: CivilDate, _ secondOfDay: Int) -> Instant {
        let reading = Int64(date.daysSince1970) * 86_400 + Int64(secondOfDay)
        return moments(of: reading).min() ?? Instant(seconds: reading)
    }

    /// Returns when the clock last showed a time of day by now, in seconds since midnight: the second time where it shows it
    /// twice.
    package func newest(_ secondOfDay: Int, by now: Instant) -> Instant? {
        let today = local(now).date.daysSince1970
        let shown = (-1...0).flatMap { day in moments(of: Int64(today + day) * 86_400 + Int64(secondOfDay)) }
        return shown.filter { $0 <= now }.max()
    }

    /// Whether the clock shows the reading of an instant twice, since it is set back.
    package func isShownTwice(_ instant: Instant) -> Bool { moments(of: local(instant).secondsSince1970).count > 1 }

    /// When the clock shows a reading: usually once, twice if the clock is set back.
    private func moments(of reading: Int64) -> [Instant] {
        let utc = Instant(seconds: reading)
        let (before, after) = (offset(utc.advanced(bySeconds: -86_400)), offset(utc.advanced(bySeconds: 86_400)))
        let offsets = before == after ? [before] : [before, after]
        let candidates = offsets.map { utc.advanced(bySeconds: Int64(-$0)) }
        let shown = candidates.filter { local($0).secondsSince1970 == reading }
        return shown.isEmpty ? Array(candidates.prefix(1)) : shown
    }
}

/// Reads a time of day as operators type it.
package enum TimeOfDay {
    /// The seconds since midnight of `17:30`, `9:05` or `1730`; `nil` for what is not a time, and 0 for `24:00`.
    package static func seconds(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let (hours, minutes): (Substring, Substring)
        switch parts.count {
        case 2: (hours, minutes) = (parts[0], parts[1])
        case 1 where (3...4).contains(text.count): (hours, minutes) = (text.dropLast(2), text.suffix(2))
        default: return nil
        }
        guard (1...2).contains(hours.count), minutes.count == 2,
            (hours + minutes).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let hour = Int(hours), let minute = Int(minutes), minute < 60, hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return (hour % 24) * 3600 + minute * 60
    }
}
