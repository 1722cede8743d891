// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules

/// Reads dates as people write them: `2026-12-25`, `12-24..01-02`, `easter+1`, `first monday of september`.
enum DateText {
    /// A pattern, or what is wrong with the text.
    enum Reading: Equatable {
        case pattern(DatePattern)
        case problem(Diagnostic.Code, String)
    }

    /// The forms, for messages.
    static let forms =
        "\"2026-12-25\", \"12-25\" for every year, a span of these such as \"12-24..01-02\", easter+1, or "
        + "first monday of september"

    static func read(_ text: String) -> Reading {
        let words = text.lowercased().split { $0 == " " || $0 == "\t" }.map(String.init)
        if words.contains("orthodox") {
            return .problem(
                .invalidDate,
                "`\(text.prefix(40))`: only the Gregorian Easter is computed; write the Orthodox dates of "
                    + "each year")
        }
        if words.count > 1, let reading = monthlyWeekday(words, text) { return reading }
        let ends = words.joined().split(separator: "..", omittingEmptySubsequences: false).map(String.init)
        guard let first = ends.first, let last = ends.last, ends.count <= 2 else { return shape(text) }
        if let reading = dates(first, last, text) ?? yearly(first, last, text) ?? easter(first, last, text) {
            return reading
        }
        return shape(text)
    }

    private static func shape(_ text: String) -> Reading {
        .problem(
            .invalidDate,
            "invalid date `\(text.prefix(40))`; "
                + (DateSlip.meant(text).map { "write \"\($0)\"" } ?? "expected \(forms)"))
    }

    private static func reversed(_ text: String) -> Reading {
        .problem(.reversedSpan, "`\(text.prefix(40))` ends before it begins")
    }

    private static func dates(_ first: String, _ last: String, _ text: String) -> Reading? {
        guard let from = CivilDate(first), let to = CivilDate(last) else { return nil }
        return from <= to ? .pattern(.span(DateSpan(first: from, last: to))) : reversed(text)
    }

    /// A span that ends before it begins runs over New Year.
    private static func yearly(_ first: String, _ last: String, _ text: String) -> Reading? {
        guard let from = fields(first), let to = fields(last) else { return nil }
        guard let start = MonthDay(month: from.0, day: from.1), let end = MonthDay(month: to.0, day: to.1) else {
            let wrong = MonthDay(month: from.0, day: from.1) == nil ? (first, from) : (last, to)
            let swapped = MonthDay(month: wrong.1.1, day: wrong.1.0).map { "; the month comes first: \"\($0)\"" } ?? ""
            return .problem(.invalidDate, "there is no date `\(wrong.0)`\(swapped)")
        }
        return .pattern(.yearly(YearlySpan(first: start, last: end)))
    }

    /// Month and day of `12-25`.
    private static func fields(_ text: String) -> (Int, Int)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isDigit) }),
            let month = Int(parts[0]), let day = Int(parts[1])
        else { return nil }
        return (month, day)
    }

    private static func easter(_ first: String, _ last: String, _ text: String) -> Reading? {
        guard let from = offset(first), let to = offset(last) else { return nil }
        guard EasterSpan.offsets.contains(from), EasterSpan.offsets.contains(to) else {
            return .problem(
                .outOfRange,
                "`\(text.prefix(40))` is too far from Easter; use easter\(EasterSpan.offsets.lowerBound) to "
                    + "easter+\(EasterSpan.offsets.upperBound)")
        }
        return from <= to ? .pattern(.easter(EasterSpan(first: from, last: to))) : reversed(text)
    }

    /// Days after Easter Sunday.
    private static func offset(_ text: String) -> Int? {
        guard text.hasPrefix("easter") else { return nil }
        let rest = text.dropFirst("easter".count)
        guard let sign = rest.first else { return 0 }
        let digits = rest.dropFirst()
        guard sign == "+" || sign == "-", (1...4).contains(digits.count), digits.allSatisfy(\.isDigit),
            let days = Int(digits)
        else { return nil }
        return sign == "+" ? days : -days
    }

    /// `first monday`, `last friday of november`.
    private static func monthlyWeekday(_ words: [String], _ text: String) -> Reading? {
        guard let ordinal = WeekdayOrdinal(written: words[0]) else { return nil }
        guard let weekday = DayText.weekday(words[1]) else {
            return .problem(
                .invalidDate,
                "invalid weekday `\(words[1].prefix(40))` in `\(text.prefix(40))`; expected "
                    + "\(ordinal.rawValue) monday, and so on")
        }
        if words.count == 2 { return .pattern(.weekday(MonthlyWeekday(ordinal, weekday))) }
        let place = words.dropFirst(3).joined(separator: " ")
        guard words[2] == "of" || words[2] == "in", words.count > 3 else { return nil }
        if ["every month", "each month", "the month", "month"].contains(place) {
            return .pattern(.weekday(MonthlyWeekday(ordinal, weekday)))
        }
        guard
            let month = MonthlyWeekday.months.firstIndex(where: { place.count >= 3 && $0.hasPrefix(place) })
        else {
            let hint = Suggestion.hint(for: place, among: MonthlyWeekday.months)
            return .problem(.invalidDate, "unknown month `\(place.prefix(40))` in `\(text.prefix(40))`\(hint)")
        }
        return .pattern(.weekday(MonthlyWeekday(ordinal, weekday, month: month + 1)))
    }
}

extension WeekdayOrdinal {
    /// Reads `first`, `1st` and so on.
    init?(written text: String) {
        let short = ["1st": Self.first, "2nd": .second, "3rd": .third, "4th": .fourth, "5th": .fifth]
        guard let ordinal = Self(rawValue: text) ?? short[text] else { return nil }
        self = ordinal
    }
}

/// Reads the key of a week: days such as `mon-fri`, `mon odd` for odd weeks, `first mon` for one of a month.
enum WeekKeyText {
    /// Days, and on which of them; `nil` for all.
    struct Key: Equatable {
        let days: Set<Weekday>
        let when: WeeklyWindows.Occasion?
    }

    /// Returns the parts of a key; `nil` when one is wrong.
    static func read(_ text: String) -> [Key]? {
        var keys: [Key] = []
        var plain: [Substring] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            if let key = qualified(part) { keys.append(key) } else { plain.append(part) }
        }
        guard !plain.isEmpty else { return keys }
        guard let days = DayText.read(plain.joined(separator: ",")) else { return nil }
        return [Key(days: days, when: nil)] + keys
    }

    /// Reads `mon odd`, `odd mon-fri`, `first mon`.
    private static func qualified(_ part: Substring) -> Key? {
        let words = part.lowercased().split(separator: " ").map(String.init)
        guard words.count >= 2, let first = words.first, let last = words.last else { return nil }
        if let when = parity(last) { return key(words.dropLast(), when) }
        if let when = parity(first) { return key(words.dropFirst(), when) }
        guard let ordinal = WeekdayOrdinal(written: first), words.count == 2, let day = DayText.weekday(last) else {
            return nil
        }
        return Key(days: [day], when: .ofMonth(ordinal))
    }

    private static func key(_ days: some Sequence<String>, _ when: WeeklyWindows.Occasion) -> Key? {
        DayText.read(days.joined(separator: " ")).map { Key(days: $0, when: when) }
    }

    private static func parity(_ word: String) -> WeeklyWindows.Occasion? {
        switch word {
        case "odd": .oddWeek
        case "even": .evenWeek
        default: nil
        }
    }
}
