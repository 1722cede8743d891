// SPDX-License-Identifier: Apache-2.0

package import Calls

extension HoursTable {
    /// Tells whether the table is open when the clocks of its zone show this.
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

    /// Tells whether a window that begins on the date holds the second, counted from the date's midnight.
    private func holds(on date: CivilDate, second: Int) -> Bool {
        for window in windows(on: date) where window.start * 60 <= second && second < window.end * 60 {
            return true
        }
        return false
    }
}
