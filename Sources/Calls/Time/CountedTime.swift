// SPDX-License-Identifier: Apache-2.0

/// The time over which rules count calls: a number of seconds up to now, or what has passed of the day, week or month.
package enum CountedTime: Hashable, Sendable {
    /// 1 or more.
    case seconds(Int)
    case calendar(CalendarPeriod)

    /// The first instant that counts.
    package func start(before now: Instant, on clock: LocalClock) -> Instant {
        switch self {
        case .seconds(let seconds): now.advanced(bySeconds: -Int64(seconds))
        case .calendar(let period): period.start(before: now, on: clock)
        }
    }

    /// How many seconds it can take at most.
    package var mostSeconds: Int {
        switch self {
        case .seconds(let seconds): seconds
        case .calendar(let period): period.mostSeconds
        }
    }

    /// Whether what is within this time is always within the other one too.
    package func isWithin(_ other: CountedTime) -> Bool {
        switch (self, other) {
        case (.calendar(let own), .calendar(let other)): own == other || own == .day
        case (_, .seconds(let seconds)): mostSeconds <= seconds
        case (.seconds, .calendar): false
        }
    }
}

/// A period of the calendar, by a clock.
package enum CalendarPeriod: String, CaseIterable, Hashable, Sendable {
    case day
    /// From Monday on.
    case week
    case month

    /// The midnight at which the period of an instant began.
    package func start(before now: Instant, on clock: LocalClock) -> Instant {
        let today = clock.local(now).date
        let first =
            switch self {
            case .day: today
            case .week: CivilDate(daysSince1970: today.daysSince1970 - today.daysSinceMonday)
            case .month: CivilDate(daysSince1970: today.daysSince1970 - (today.parts.day - 1))
            }
        return clock.first(first, 0)
    }

    /// Its longest length in seconds, with an hour by which a clock may be set back.
    package var mostSeconds: Int {
        let days =
            switch self {
            case .day: 1
            case .week: 7
            case .month: 31
            }
        return days * 86_400 + 3600
    }
}

extension CivilDate {
    /// 0 on a Monday.
    fileprivate var daysSinceMonday: Int { weekday.rawValue }
}
