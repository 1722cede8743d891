// SPDX-License-Identifier: Apache-2.0

package import Calls

/// When something is open: windows of the week, and dates that replace them.
///
/// A window belongs to the day on which it starts and runs to its end, also when it crosses midnight into a date
/// that has an entry of its own. It is a class because calls on all event loops share it.
package final class HoursTable: Sendable {
    package let name: String
    /// The table's own clock; `nil` follows the line's.
    package let zone: Zone?
    /// Windows by `Weekday.rawValue`, seven entries.
    package let weekly: [[MinuteWindow]]
    /// Windows of single dates; an empty list is closed.
    package let dates: [CivilDate: [MinuteWindow]]
    /// The answer outside these hours, as an index into `RuleSet.answers`; `nil` for a table that only serves `during`.
    package let closedAnswer: Int?

    package init(
        name: String, zone: Zone?, weekly: [[MinuteWindow]], dates: [CivilDate: [MinuteWindow]], closedAnswer: Int?
    ) {
        precondition(weekly.count == 7, "a week has seven days")
        self.name = name
        self.zone = zone
        self.weekly = weekly
        self.dates = dates
        self.closedAnswer = closedAnswer
    }
}

extension HoursTable: Equatable {
    package static func == (left: HoursTable, right: HoursTable) -> Bool {
        left.name == right.name && left.zone == right.zone && left.weekly == right.weekly && left.dates == right.dates
            && left.closedAnswer == right.closedAnswer
    }

    /// Whether both are open at the same times, whatever they answer outside them.
    func hasSameTimes(as other: HoursTable) -> Bool {
        name == other.name && zone == other.zone && weekly == other.weekly && dates == other.dates
    }
}

extension HoursTable {
    /// Whether the table is open when its clock shows this.
    package func isOpen(at local: LocalTime) -> Bool {
        if holds(on: local.date, second: local.secondOfDay) { return true }
        // What began yesterday may run beyond midnight.
        let yesterday = CivilDate(daysSince1970: local.date.daysSince1970 - 1)
        return holds(on: yesterday, second: local.secondOfDay + 86_400)
    }

    /// The windows that begin on a date: those of its own entry, or those of its weekday.
    func windows(on date: CivilDate) -> [MinuteWindow] {
        dates[date] ?? weekly[date.weekday.rawValue]
    }

    /// Whether a window that begins on the date contains the second, counted from the date's midnight.
    private func holds(on date: CivilDate, second: Int) -> Bool {
        for window in windows(on: date) where window.start * 60 <= second && second < window.end * 60 {
            return true
        }
        return false
    }
}

extension HoursTable {
    /// Whether the table has any window at all.
    package var everOpens: Bool { weekly.contains { !$0.isEmpty } || dates.values.contains { !$0.isEmpty } }

    /// Whether the other table is plainly open whenever this one is: both follow the same clock, and each window lies in
    /// one of the other's that begins on the same day.
    func isPlainlyWithin(_ other: HoursTable) -> Bool {
        guard zone == other.zone, everOpens else { return false }
        for (windows, others) in zip(weekly, other.weekly) where !Self.lie(windows, within: others) { return false }
        for date in Set(dates.keys).union(other.dates.keys)
        where !Self.lie(windows(on: date), within: other.windows(on: date)) { return false }
        return true
    }

    private static func lie(_ windows: [MinuteWindow], within others: [MinuteWindow]) -> Bool {
        windows.allSatisfy { window in
            others.contains { $0.start <= window.start && window.end <= $0.end }
        }
    }
}

/// A stretch of a day in minutes since midnight; one that ends at or before its start runs into the next day.
package struct MinuteWindow: Hashable, Sendable {
    /// 0 to 1439.
    package let start: Int
    /// 1 to 2880: more than 1440 lies in the next day.
    package let end: Int

    /// Creates a window from two readings of the clock, `24:00` allowed as an end; equal readings are a whole day.
    package init(start: Int, end: Int) {
        precondition((0..<1440).contains(start) && (0...1440).contains(end), "a window lies within a day")
        self.start = start
        self.end = end > start ? end : end + 1440
    }
}
