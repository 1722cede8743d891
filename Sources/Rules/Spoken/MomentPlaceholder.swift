// SPDX-License-Identifier: Apache-2.0

import Calls

/// Placeholders that say a time: when the line opens and closes, and what its clock shows.
package enum MomentPlaceholder: String, CaseIterable, Hashable, Sendable {
    case opens = "line.opens"
    case opensDay = "line.opens.day"
    case opensTime = "line.opens.time"
    case closes = "line.closes"
    case closesDay = "line.closes.day"
    case closesTime = "line.closes.time"
    /// `true` or `false`, by the hours and the overrides.
    case isOpen = "line.open"
    case date = "time.date"
    case weekday = "time.weekday"
    case clock = "time.clock"
    case part = "time.part"
    case greeting = "time.greeting"

    /// Whether it needs the line's outlook.
    package var needsOutlook: Bool {
        switch self {
        case .opens, .opensDay, .opensTime, .closes, .closesDay, .closesTime, .isOpen: true
        case .date, .weekday, .clock, .part, .greeting: false
        }
    }

    /// Whether it is said in words, and so needs a language.
    package var needsLanguage: Bool { self != .isOpen }

    /// The languages in which it is said (ISO 639-1).
    package static var languages: [String] { SpokenLanguage.codes }
}

extension EvaluationContext {
    /// The value of a placeholder; `nil` where there is no such moment, or no words for it in the line's language.
    func value(of placeholder: MomentPlaceholder) -> String? {
        if placeholder == .isOpen { return outlook.map { String($0.isOpen) } }
        guard let language = SpokenLanguage(code: language, region: line?.region) else { return nil }
        let now = zone.local(self.now)
        switch placeholder {
        case .isOpen: return nil
        case .opens: return opening?.text(in: language)
        case .opensDay: return opening?.day(in: language)
        case .opensTime: return opening?.clock(in: language)
        case .closes: return closing?.text(in: language)
        case .closesDay: return closing?.day(in: language)
        case .closesTime: return closing?.clock(in: language)
        case .date: return language.date(now.date)
        case .weekday: return language.weekday(now.date)
        case .clock: return language.clock(now)
        case .part: return language.part(now)
        case .greeting: return language.greeting(now)
        }
    }

    private var opening: SpokenMoment? { outlook.flatMap { spoken($0.opens, isEnd: false, on: $0.clock) } }

    private var closing: SpokenMoment? { outlook.flatMap { spoken($0.closes, isEnd: true, on: $0.clock) } }

    /// A time as people say it, by the clock of the line's hours.
    private func spoken(_ moment: Instant?, isEnd: Bool, on clock: Zone) -> SpokenMoment? {
        moment.map { SpokenMoment(clock.local($0), from: clock.local(now), isEnd: isEnd) }
    }
}
