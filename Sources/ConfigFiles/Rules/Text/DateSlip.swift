// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Dates that are written as elsewhere, and what is meant.
enum DateSlip {
    /// Days that have a name, as a rules file writes them.
    private static let named = [
        "goodfriday": "easter-2", "holysaturday": "easter-1", "eastersunday": "easter", "eastermonday": "easter+1",
        "maundythursday": "easter-3", "ascension": "easter+39", "ascensionday": "easter+39", "pentecost": "easter+49",
        "whitsunday": "easter+49", "whitmonday": "easter+50", "pentecostmonday": "easter+50",
        "corpuschristi": "easter+60", "ashwednesday": "easter-46", "christmaseve": "12-24", "christmas": "12-25",
        "christmasday": "12-25", "xmas": "12-25", "boxingday": "12-26", "newyearseve": "12-31", "newyear": "01-01",
        "newyearsday": "01-01", "thanksgiving": "fourth thursday of november", "labourday": "05-01",
        "laborday": "first monday of september", "memorialday": "last monday of may",
    ]

    /// What was probably meant by `christmas`, `25.12.`, `2-1` or `25-12-2026`; `nil` where that is not clear.
    static func meant(_ text: String) -> String? {
        if let name = named[Suggestion.folded(text)] { return name }
        let parts = text.split { "-./ ".contains($0) }
        guard text.allSatisfy({ $0.isNumber || "-./ ".contains($0) }), parts.allSatisfy({ $0.count <= 4 }) else {
            return nil
        }
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count else { return nil }
        switch numbers.count {
        case 2: return monthDay(numbers[0], numbers[1], isDayFirst: text.contains(".")).map(\.description)
        case 3 where parts[0].count == 4: return date(numbers[0], numbers[1], numbers[2])
        case 3 where parts[2].count == 4:
            let day = monthDay(numbers[0], numbers[1], isDayFirst: text.contains("."))
            return day.flatMap { date(numbers[2], $0.month, $0.day) }
        default: return nil
        }
    }

    /// Month and day in the order in which they make a date; `nil` where both orders do.
    private static func monthDay(_ first: Int, _ second: Int, isDayFirst: Bool) -> MonthDay? {
        if isDayFirst { return MonthDay(month: second, day: first) }
        switch (MonthDay(month: first, day: second), MonthDay(month: second, day: first)) {
        case (let day?, nil), (nil, let day?): return day
        case (let day?, _?) where first == second: return day
        case (_?, _?), (nil, nil): return nil
        }
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int) -> String? {
        CivilDate(year: year, month: month, day: day)?.description
    }
}
