// SPDX-License-Identifier: Apache-2.0

package import Calls

/// When something is open: windows of the week, dates that replace them, and lists of holidays in between.
///
/// A window belongs to the day on which it starts and runs to its end, also when it crosses midnight into a date
/// that has an entry of its own. It is a class because calls on all event loops share it.
package final class HoursTable: Sendable {
    package let name: String
    /// The table's own clock; `nil` follows the line's.
    package let zone: Zone?
    package let weekly: WeeklyWindows
    /// Windows of certain dates; they come before holidays.
    package let dates: DatedWindows
    /// Lists of holidays that several tables may share; the first that has a date decides.
    package let holidays: [DatedWindows]
    /// The answers outside these hours; `nil` for a table that only serves `during`.
    package let closing: ClosingAnswers?
    /// Whether a window runs into the next day, so that a day begins with the windows of the day before.
    private let runsOverMidnight: Bool
    /// Whether every day has the windows of its weekday, without dates or weeks of their own.
    private let isEveryWeekTheSame: Bool

    package init(
        name: String, zone: Zone?, weekly: WeeklyWindows, dates: DatedWindows = .none, holidays: [DatedWindows] = [],
        closing: ClosingAnswers?
    ) {
        self.name = name
        self.zone = zone
        self.weekly = weekly
        self.dates = dates
        self.holidays = holidays
        self.closing = closing
        isEveryWeekTheSame = dates.entries.isEmpty && holidays.isEmpty && weekly.exceptions.isEmpty
        runsOverMidnight = Self.windows(weekly, [dates] + holidays).contains { $0.end > 1440 }
    }

    /// Creates a table with plain weekdays, single dates and one answer outside the hours.
    package convenience init(
        name: String, zone: Zone?, weekly: [[MinuteWindow]], dates: [CivilDate: [MinuteWindow]], closedAnswer: Int?
    ) {
        self.init(
            name: name, zone: zone, weekly: WeeklyWindows(weekly),
            dates: DatedWindows(
                dates.sorted { $0.key < $1.key }.map { DatedWindows.Entry(.span(DateSpan(first: $0, last: $0)), $1) }),
            closing: closedAnswer.map { ClosingAnswers($0) })
    }

    private static func windows(_ weekly: WeeklyWindows, _ lists: [DatedWindows]) -> some Sequence<MinuteWindow> {
        (weekly.plain + weekly.exceptions.map(\.windows) + lists.flatMap(\.entries).map(\.windows)).joined()
    }
}

extension HoursTable: Equatable {
    package static func == (left: HoursTable, right: HoursTable) -> Bool {
        left.name == right.name && left.zone == right.zone && left.weekly == right.weekly && left.dates == right.dates
            && left.holidays == right.holidays && left.closing == right.closing
    }

    /// Whether both are open at the same times, whatever they answer outside them.
    func hasSameTimes(as other: HoursTable) -> Bool {
        name == other.name && zone == other.zone && weekly == other.weekly && dates == other.dates
            && holidays == other.holidays
    }
}

extension HoursTable {
    /// Whether the table is open when its clock shows this.
    package func isOpen(at local: LocalTime) -> Bool {
        if holds(on: local.date, second: local.secondOfDay) { return true }
        guard runsOverMidnight else { return false }
        // What began yesterday may run beyond midnight.
        return holds(on: local.date.advanced(byDays: -1), second: local.secondOfDay + 86_400)
    }

    /// The windows that begin on a date: those of its own entry, of a holiday, or of its weekday.
    func windows(on date: CivilDate) -> [MinuteWindow] {
        if let windows = dates.windows(on: date) { return windows }
        for list in holidays {
            if let windows = list.windows(on: date) { return windows }
        }
        return weekly.windows(on: date)
    }

    /// Whether a window that begins on the date contains the second, counted from the date's midnight.
    private func holds(on date: CivilDate, second: Int) -> Bool {
        if isEveryWeekTheSame { return weekly.plain[date.weekday.rawValue].contains { $0.contains(second: second) } }
        return windows(on: date).contains { $0.contains(second: second) }
    }
}

extension HoursTable {
    /// Whether the table has any window at all.
    package var everOpens: Bool { Self.windows(weekly, [dates] + holidays).contains { _ in true } }

    /// More dates than this are not compared one by one.
    private static let mostDates = 4000

    /// Whether the other table is plainly open whenever this one is: both follow the same clock, and each window lies in
    /// one of the other's that begins on the same day.
    func isPlainlyWithin(_ other: HoursTable) -> Bool {
        guard zone == other.zone, everOpens, weekly.exceptions == other.weekly.exceptions else { return false }
        for (windows, others) in zip(weekly.plain, other.weekly.plain) where !Self.lie(windows, within: others) {
            return false
        }
        if holidays == other.holidays, dates == other.dates { return true }
        guard holidays.isEmpty, other.holidays.isEmpty, let some = dates.dates(atMost: Self.mostDates),
            let others = other.dates.dates(atMost: Self.mostDates)
        else { return false }
        return Set(some).union(others).allSatisfy { Self.lie(windows(on: $0), within: other.windows(on: $0)) }
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

    /// Whether it contains a second, counted from the midnight before its start.
    func contains(second: Int) -> Bool { start * 60 <= second && second < end * 60 }
}

extension MinuteWindow: CustomStringConvertible {
    package var description: String { Self.clock(start) + "-" + Self.clock(end > 1440 ? end - 1440 : end) }

    private static func clock(_ minute: Int) -> String {
        padded(minute / 60, to: 2) + ":" + padded(minute % 60, to: 2)
    }
}
