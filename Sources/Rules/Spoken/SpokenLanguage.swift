// SPDX-License-Identifier: Apache-2.0

import Calls

/// How a language says dates and times of the day in a sentence.
///
/// Each language is one value in a file of its own. The sentences that the texts are made for are *We open ...* and *We
/// close ...*: `maandag om 8.30 uur`, `am Montag um 8:30 Uhr`, `el lunes a las 8:30 de la mañana`.
struct SpokenLanguage: Sendable {
    /// By `Weekday.rawValue`, as in *today is Monday*.
    let weekdays: [String]
    /// January first, as in a date.
    let months: [String]
    let today: String
    let tomorrow: String
    /// A weekday of the next days, as in *we open on Monday*.
    let onWeekday: @Sendable (_ weekday: String) -> String
    /// A date further ahead with its weekday, as in *we open on Monday, 4 January*.
    let onDate: @Sendable (_ weekday: String, _ date: String) -> String
    /// A day of a month.
    let date: @Sendable (_ day: Int, _ month: String) -> String
    /// A reading of the clock, 0 to 23 and 0 to 59.
    let clock: @Sendable (_ hour: Int, _ minute: Int) -> String
    /// A day with a reading of the clock.
    let dayAtClock: @Sendable (_ day: String, _ clock: String) -> String
    /// The end of a day.
    let midnight: String
    /// A day with its end, where that is not said as a reading of the clock is.
    let dayAtMidnight: @Sendable (_ day: String) -> String
    let parts: [DayPart: String]
    let greetings: [DayPart: String]

    /// Part of a day, for a greeting.
    enum DayPart: CaseIterable, Hashable, Sendable {
        case morning, afternoon, evening

        /// The part in which an hour lies; a night still belongs to the evening.
        init(hour: Int) {
            switch hour {
            case 5..<12: self = .morning
            case 12..<18: self = .afternoon
            default: self = .evening
            }
        }
    }

    /// The codes of the languages (ISO 639-1).
    static let codes = all.keys.sorted()

    private static let all: [String: SpokenLanguage] = [
        "de": german, "en": english, "es": spanish, "fr": french, "nl": dutch,
    ]

    /// Returns a language by its ISO 639-1 code, as a country speaks it (ISO 3166-1); `nil` for one that has no texts here.
    init?(code: String?, region: String?) {
        guard let code, let language = Self.all[code] else { return nil }
        self = code == "en" && region.map(Self.monthFirst.contains) == true ? .americanEnglish : language
    }

    init(
        weekdays: [String], months: [String], today: String, tomorrow: String,
        onWeekday: @escaping @Sendable (String) -> String, onDate: @escaping @Sendable (String, String) -> String,
        date: @escaping @Sendable (Int, String) -> String, clock: @escaping @Sendable (Int, Int) -> String,
        dayAtClock: @escaping @Sendable (String, String) -> String, midnight: String,
        dayAtMidnight: @escaping @Sendable (String) -> String, parts: [DayPart: String],
        greetings: [DayPart: String]
    ) {
        self.weekdays = weekdays
        self.months = months
        self.today = today
        self.tomorrow = tomorrow
        self.onWeekday = onWeekday
        self.onDate = onDate
        self.date = date
        self.clock = clock
        self.dayAtClock = dayAtClock
        self.midnight = midnight
        self.dayAtMidnight = dayAtMidnight
        self.parts = parts
        self.greetings = greetings
    }
}

extension SpokenLanguage {
    func weekday(_ date: CivilDate) -> String { weekdays[date.weekday.rawValue] }

    /// The day of the month and the month.
    func date(_ date: CivilDate) -> String {
        let parts = date.parts
        return self.date(parts.day, months[parts.month - 1])
    }

    func clock(_ time: LocalTime) -> String { clock(time.hour, time.minute) }

    func part(_ time: LocalTime) -> String { parts[DayPart(hour: time.hour)] ?? "" }

    func greeting(_ time: LocalTime) -> String { greetings[DayPart(hour: time.hour)] ?? "" }

    /// A day as seen from today: today, tomorrow, a weekday within six days, else the date.
    func day(_ date: CivilDate, from today: CivilDate) -> String {
        switch date.daysSince1970 - today.daysSince1970 {
        case 0: self.today
        case 1: tomorrow
        case 2...6: onWeekday(weekday(date))
        default: onDate(weekday(date), self.date(date))
        }
    }
}

/// A moment ahead, as the day and the reading that people give it.
struct SpokenMoment {
    private let day: CivilDate
    private let time: LocalTime
    private let today: CivilDate
    /// Midnight as the end of the day before.
    private let isEndOfDay: Bool

    /// Midnight is said as the end of a day where something ends.
    init(_ time: LocalTime, from now: LocalTime, isEnd: Bool) {
        isEndOfDay = isEnd && time.secondOfDay == 0
        day = isEndOfDay ? time.date.advanced(byDays: -1) : time.date
        self.time = time
        today = now.date
    }

    func day(in language: SpokenLanguage) -> String { language.day(day, from: today) }

    func clock(in language: SpokenLanguage) -> String { isEndOfDay ? language.midnight : language.clock(time) }

    /// Day and clock.
    func text(in language: SpokenLanguage) -> String {
        let day = day(in: language)
        return isEndOfDay ? language.dayAtMidnight(day) : language.dayAtClock(day, language.clock(time))
    }
}
