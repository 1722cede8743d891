// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Rules

extension HoursTable {
    /// A table from windows as `09:00-17:30`, by weekday and by date.
    package static func sample(
        _ weekly: [Weekday: [String]] = [:], dates: [String: [String]] = [:], zone: Zone? = nil,
        closedAnswer: Int? = nil
    ) -> HoursTable {
        var days: [CivilDate: [MinuteWindow]] = [:]
        for (text, windows) in dates {
            guard let date = CivilDate(text) else { preconditionFailure("\(text) is no date") }
            days[date] = windows.map(MinuteWindow.sample)
        }
        return HoursTable(
            name: "office", zone: zone, weekly: Weekday.allCases.map { (weekly[$0] ?? []).map(MinuteWindow.sample) },
            dates: days, closedAnswer: closedAnswer)
    }

    /// A table with the same windows on every day.
    package static func daily(_ windows: String...) -> HoursTable {
        sample(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, windows) }))
    }
}

extension MinuteWindow {
    /// A window as `09:00-17:30`.
    package static func sample(_ text: String) -> MinuteWindow {
        let minutes = text.split(separator: "-").map { clock in
            let parts = clock.split(separator: ":").compactMap { Int($0) }
            return parts[0] * 60 + parts[1]
        }
        return MinuteWindow(start: minutes[0], end: minutes[1])
    }
}
