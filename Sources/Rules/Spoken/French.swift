// SPDX-License-Identifier: Apache-2.0

import Calls

extension SpokenLanguage {
    /// `demain à 9 heures`, `lundi à 8 heures 30`, `lundi 4 janvier à midi`.
    static let french = SpokenLanguage(
        weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        months: [
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
            "décembre",
        ],
        today: "aujourd'hui", tomorrow: "demain",
        onWeekday: { $0 },
        onDate: { "\($0) \($1)" },
        date: { day, month in day == 1 ? "1er \(month)" : "\(day) \(month)" },
        clock: { hour, minute in
            if (hour, minute) == (12, 0) { return "midi" }
            let hours = hour < 2 ? "\(hour) heure" : "\(hour) heures"
            return minute == 0 ? hours : "\(hours) \(padded(minute, to: 2))"
        },
        dayAtClock: { day, clock in "\(day) à \(clock)" },
        midnight: "minuit",
        dayAtMidnight: { day in "\(day) à minuit" },
        parts: [.morning: "matin", .afternoon: "après-midi", .evening: "soir"],
        greetings: [.morning: "Bonjour", .afternoon: "Bonjour", .evening: "Bonsoir"])
}
