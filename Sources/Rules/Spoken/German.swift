// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `morgen um 9 Uhr`, `am Montag um 8:30 Uhr`, `am Montag, dem 4. Januar, um 13 Uhr`.
    static let german = SpokenLanguage(
        weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        months: [
            "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
            "Dezember",
        ],
        today: "heute", tomorrow: "morgen",
        onWeekday: { "am \($0)" },
        onDate: { "am \($0), dem \($1)" },
        date: { day, month in "\(day). \(month)" },
        clock: { hour, minute in minute == 0 ? "\(hour) Uhr" : "\(hour):\(padded(minute, to: 2)) Uhr" },
        dayAtClock: { day, clock in day.contains(",") ? "\(day), um \(clock)" : "\(day) um \(clock)" },
        midnight: "Mitternacht",
        dayAtMidnight: { day in day.contains(",") ? "\(day), um Mitternacht" : "\(day) um Mitternacht" },
        parts: [.morning: "Morgen", .afternoon: "Nachmittag", .evening: "Abend"],
        greetings: [.morning: "Guten Morgen", .afternoon: "Guten Tag", .evening: "Guten Abend"])
}
