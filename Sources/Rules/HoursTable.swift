// SPDX-License-Identifier: Apache-2.0

package import Calls

/// When something is open: windows of the week, and dates that replace them.
///
/// A window belongs to the day on which it starts and runs to its end, also when it crosses midnight into a date
/// that has an entry of its own. A table is behind one reference, since calls on all event loops use it at once.
package final class HoursTable: Sendable {
    package let name: String
    /// The table's own clock; `nil` where the line's counts.
    package let zone: Zone?
    /// Windows by `Weekday.rawValue`, seven entries.
    package let weekly: [[MinuteWindow]]
    /// Windows of single dates; an empty list is closed.
    package let dates: [CivilDate: [MinuteWindow]]
    /// The answer outside these hours, as an index into `RuleSet.answers`; `nil` for one that only serves `during`.
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
}
