// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `tomorrow at 9 am`, `on Monday at 8:30 am`, `on Monday 4 January at noon`.
    static let english = saying(
        onDate: { "on \($0) \($1)" }, date: { day, month in "\(day) \(month)" },
        on: { day, time in "\(day) at \(time)" })

    /// English where the month comes first: `on Monday, January 4, at noon`.
    static let americanEnglish = saying(
        onDate: { "on \($0), \($1)" }, date: { day, month in "\(month) \(day)" },
        on: { day, time in day.contains(",") ? "\(day), at \(time)" : "\(day) at \(time)" })

    /// Where the month comes first (ISO 3166-1).
    static let monthFirst: Set = ["US", "CA", "PH", "PR", "VI", "GU", "AS", "MP"]

    private static func saying(
        onDate: @escaping @Sendable (String, String) -> String, date: @escaping @Sendable (Int, String) -> String,
        on: @escaping @Sendable (String, String) -> String
    ) -> SpokenLanguage {
        SpokenLanguage(
            weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            months: [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ],
            today: "today", tomorrow: "tomorrow",
            onWeekday: { "on \($0)" },
            onDate: onDate,
            date: date,
            clock: { hour, minute in
                if (hour, minute) == (12, 0) { return "noon" }
                let half = hour < 12 ? "am" : "pm"
                let shown = hour % 12 == 0 ? 12 : hour % 12
                return minute == 0 ? "\(shown) \(half)" : "\(shown):\(padded(minute, to: 2)) \(half)"
            },
            dayAtClock: on,
            midnight: "midnight",
            dayAtMidnight: { day in on(day, "midnight") },
            parts: [.morning: "morning", .afternoon: "afternoon", .evening: "evening"],
            greetings: [.morning: "Good morning", .afternoon: "Good afternoon", .evening: "Good evening"])
    }
}
