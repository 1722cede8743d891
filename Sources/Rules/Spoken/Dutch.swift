// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `morgen om 9 uur`, `maandag om 8.30 uur`, `maandag 4 januari om 13 uur`.
    static let dutch = SpokenLanguage(
        weekdays: ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
        months: [
            "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
            "november", "december",
        ],
        today: "vandaag", tomorrow: "morgen",
        onWeekday: { $0 },
        onDate: { "\($0) \($1)" },
        date: { day, month in "\(day) \(month)" },
        clock: { hour, minute in minute == 0 ? "\(hour) uur" : "\(hour).\(padded(minute, to: 2)) uur" },
        dayAtClock: { day, clock in "\(day) om \(clock)" },
        midnight: "middernacht",
        dayAtMidnight: { day in "\(day) om middernacht" },
        parts: [.morning: "ochtend", .afternoon: "middag", .evening: "avond"],
        greetings: [.morning: "Goedemorgen", .afternoon: "Goedemiddag", .evening: "Goedenavond"])
}
