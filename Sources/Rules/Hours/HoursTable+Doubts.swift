// SPDX-License-Identifier: Apache-2.0

package import Calls

// What is probably not meant in hours that can be kept as they are written.
extension HoursTable {
    /// The years whose days stand for all: one is a leap year.
    private static let sampleYears = 2027...2030

    /// A span of `dates`, as an index into its entries, that opens on a day which holidays close.
    package struct OpenedHoliday: Equatable, Sendable {
        package let entry: Int
        package let holiday: DatePattern
    }

    /// The spans of `dates` that open on holidays; a single date that does so is plainly meant.
    package var openedHolidays: [OpenedHoliday] {
        guard !holidays.isEmpty else { return [] }
        return dates.entries.indices.compactMap { index in
            let entry = dates.entries[index]
            guard !entry.windows.isEmpty, entry.pattern.isLong else { return nil }
            for date in Self.days(of: entry.pattern) where dates.index(on: date) == index {
                if let holiday = closedHoliday(on: date) { return OpenedHoliday(entry: index, holiday: holiday) }
            }
            return nil
        }
    }

    private func closedHoliday(on date: CivilDate) -> DatePattern? {
        for list in holidays {
            guard let index = list.index(on: date) else { continue }
            return list.entries[index].windows.isEmpty ? list.entries[index].pattern : nil
        }
        return nil
    }

    /// Days that a pattern has, at most four years of them.
    private static func days(of pattern: DatePattern) -> [CivilDate] {
        if case .span(let span) = pattern {
            return (0..<min(span.days, 1461)).map { span.first.advanced(byDays: $0) }
        }
        return sampleYears.flatMap { year in
            (0..<366).compactMap { CivilDate(year: year, month: 1, day: 1)?.advanced(byDays: $0) }
                .filter { $0.parts.year == year && pattern.contains($0) }
        }
    }
}

extension DatePattern {
    /// Whether it has several days in a row, or comes back within a year.
    fileprivate var isLong: Bool {
        switch self {
        case .span(let span): span.first < span.last
        case .yearly(let span): span.first != span.last
        case .easter(let span): span.first < span.last
        case .weekday(let weekday): weekday.month == nil
        }
    }
}

// Times of the day with their own answer.
extension HoursTable {
    /// What is probably not meant by a time of the day with its own answer.
    package enum ClosingDoubt: Equatable, Sendable {
        /// No caller gets the answer: the hours are open then, or an earlier time comes first.
        case neverUsed
        /// On these days the hours do not open again at its end, as they do on others.
        case staysClosed(on: [Weekday], opensOn: [Weekday])
    }

    /// A pause is at most this long, in minutes.
    private static let longestPause = 240

    /// The doubts about the windows of `closing`, by index, as far as the plain week shows them.
    package var closingDoubts: [(window: Int, doubt: ClosingDoubt)] {
        guard let closing, !closing.windows.isEmpty, weekly.plain.contains(where: { !$0.isEmpty }) else { return [] }
        let week = HoursTable(name: name, zone: zone, weekly: weekly, closing: closing)
        let hasOtherHours = ([dates] + holidays).contains { $0.entries.contains { !$0.windows.isEmpty } }
        return closing.windows.indices.compactMap { index in
            let window = closing.windows[index]
            let days = week.days(on: window)
            guard !days.isEmpty else { return hasOtherHours ? nil : (index, .neverUsed) }
            guard window.window.end <= min(1440, window.window.start + Self.longestPause) else { return nil }
            let opening = Set(days.filter { week.opens(within: window.window, on: $0) }.map(\.weekday))
            let staying = Set(days.map(\.weekday)).subtracting(opening)
            guard !opening.isEmpty, !staying.isEmpty else { return nil }
            return (index, .staysClosed(on: Self.sorted(staying), opensOn: Self.sorted(opening)))
        }
    }

    /// The days of a quarter on which callers get the answer of a window.
    private func days(on window: ClosingAnswers.Window) -> [CivilDate] {
        guard let start = CivilDate(year: 2027, month: 1, day: 4) else { return [] }
        return (0..<92).map { start.advanced(byDays: $0) }.filter { date in
            let yesterday = windows(on: date.advanced(byDays: -1)).map { $0.end - 1440 }
            let others = closing?.windows.map(\.window.end) ?? []
            // Within the window the hours close, or an earlier window ends, at one of these.
            let minutes = [window.window.start] + windows(on: date).map(\.end) + yesterday + others
            return minutes.contains { minute in
                guard window.window.start <= minute, minute < window.window.end else { return false }
                let local = LocalTime(
                    date: date.advanced(byDays: minute / 1440), secondOfDay: minute % 1440 * 60)
                return !isOpen(at: local) && closingWindow(at: local) == window
            }
        }
    }

    private static func sorted(_ days: Set<Weekday>) -> [Weekday] { Weekday.allCases.filter(days.contains) }

    private func opens(within window: MinuteWindow, on date: CivilDate) -> Bool {
        windows(on: date).contains { window.start < $0.start && $0.start <= window.end }
    }
}
