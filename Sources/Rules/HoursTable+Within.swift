// SPDX-License-Identifier: Apache-2.0

import Calls

extension HoursTable {
    /// Whether the table has any window at all.
    package var everOpens: Bool { weekly.contains { !$0.isEmpty } || dates.values.contains { !$0.isEmpty } }

    /// Whether it can be seen that the other table is open whenever this one is: both follow the same clock, and each
    /// window lies in one of the other's that begins on the same day.
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
