// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `tomorrow at 9 am`, `on Monday at 8:30 am`, `on Monday, January 4, at noon`.
    static let english = SpokenLanguage(
        weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        months: [
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ],
        today: "today", tomorrow: "tomorrow",
        onWeekday: { "on \($0)" },
        onDate: { "on \($0), \($1)" },
        date: { day, month in "\(month) \(day)" },
        clock: { hour, minute in
            if (hour, minute) == (12, 0) { return "noon" }
            let half = hour < 12 ? "am" : "pm"
            let shown = hour % 12 == 0 ? 12 : hour % 12
            return minute == 0 ? "\(shown) \(half)" : "\(shown):\(padded(minute, to: 2)) \(half)"
        },
        dayAtClock: { day, clock in day.contains(",") ? "\(day), at \(clock)" : "\(day) at \(clock)" },
        midnight: "midnight",
        dayAtMidnight: { day in day.contains(",") ? "\(day), at midnight" : "\(day) at midnight" },
        parts: [.morning: "morning", .afternoon: "afternoon", .evening: "evening"],
        greetings: [.morning: "Good morning", .afternoon: "Good afternoon", .evening: "Good evening"])
}
