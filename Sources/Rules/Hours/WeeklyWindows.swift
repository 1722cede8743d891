// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The windows of a week; some weekdays may have others in odd or even weeks, or on the n-th of them in a month.
///
/// Windows of the n-th weekday replace those of odd and even weeks, and these the plain ones.
package struct WeeklyWindows: Equatable, Sendable {
    /// Windows by `Weekday.rawValue`, seven entries.
    package let plain: [[MinuteWindow]]
    /// The most specific first.
    package let exceptions: [Exception]

    /// Windows of some of the weekdays of a name.
    package struct Exception: Equatable, Sendable {
        package let when: Occasion
        package let weekday: Weekday
        /// An empty list is closed.
        package let windows: [MinuteWindow]

        package init(_ when: Occasion, _ weekday: Weekday, _ windows: [MinuteWindow]) {
            self.when = when
            self.weekday = weekday
            self.windows = windows
        }
    }

    /// On which of the weekdays of a name something holds.
    package enum Occasion: Hashable, Sendable {
        case ofMonth(WeekdayOrdinal)
        /// In weeks whose ISO number is odd.
        case oddWeek
        case evenWeek

        package func contains(_ date: CivilDate) -> Bool {
            switch self {
            case .ofMonth(let ordinal): ordinal.contains(date)
            case .oddWeek: date.isoWeek % 2 == 1
            case .evenWeek: date.isoWeek % 2 == 0
            }
        }

        fileprivate var isOfMonth: Bool {
            switch self {
            case .ofMonth: true
            case .oddWeek, .evenWeek: false
            }
        }
    }

    package init(_ plain: [[MinuteWindow]], exceptions: [Exception] = []) {
        precondition(plain.count == 7, "a week has seven days")
        self.plain = plain
        self.exceptions = exceptions.filter(\.when.isOfMonth) + exceptions.filter { !$0.when.isOfMonth }
    }

    /// No windows at all.
    package static let none = WeeklyWindows(Array(repeating: [], count: 7))

    /// The windows that begin on a date.
    func windows(on date: CivilDate) -> [MinuteWindow] {
        let weekday = date.weekday
        if !exceptions.isEmpty {
            for exception in exceptions where exception.weekday == weekday && exception.when.contains(date) {
                return exception.windows
            }
        }
        return plain[weekday.rawValue]
    }
}
