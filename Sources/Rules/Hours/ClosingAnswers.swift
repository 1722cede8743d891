// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The answers outside hours: one for all, others at certain times of the day, each possibly by language.
///
/// A class, since calls on all event loops use it at once.
package final class ClosingAnswers: Sendable {
    package let otherwise: Choice
    /// In the order of the file; the first that holds counts.
    package let windows: [Window]

    /// An answer, and others by the language of the line; each an index into `RuleSet.answers`.
    package struct Choice: Equatable, Sendable {
        package let answer: Int
        /// By ISO 639-1 code, such as `de`.
        package let languages: [String: Int]

        package init(_ answer: Int, languages: [String: Int] = [:]) {
            self.answer = answer
            self.languages = languages
        }

        fileprivate func answer(in language: String?) -> Int {
            guard !languages.isEmpty, let language else { return answer }
            return languages[language] ?? answer
        }

        fileprivate func isSame(as other: Choice, _ isSame: (Int, Int) -> Bool) -> Bool {
            isSame(answer, other.answer) && languages.keys == other.languages.keys
                && languages.allSatisfy { language, answer in
                    other.languages[language].map { isSame(answer, $0) } ?? false
                }
        }

        fileprivate var all: [Int] { [answer] + languages.sorted { $0.key < $1.key }.map(\.value) }
    }

    /// An answer for a time of the day, such as lunch.
    package struct Window: Equatable, Sendable {
        /// The weekdays on which it begins.
        package let days: Set<Weekday>
        package let window: MinuteWindow
        package let choice: Choice

        package init(days: Set<Weekday> = Set(Weekday.allCases), _ window: MinuteWindow, _ choice: Choice) {
            self.days = days
            self.window = window
            self.choice = choice
        }
    }

    package init(otherwise: Choice, windows: [Window] = []) {
        self.otherwise = otherwise
        self.windows = windows
        isPlain = windows.isEmpty && otherwise.languages.isEmpty
    }

    /// One answer for all.
    package convenience init(_ answer: Int) {
        self.init(otherwise: Choice(answer))
    }

    /// Whether it is the same answer at all times and in all languages.
    let isPlain: Bool

    /// Whether both give the same answers at the same times and in the same languages; `isSame` compares two answers by
    /// their places in two files.
    func saysSame(as other: ClosingAnswers, _ isSame: (Int, Int) -> Bool) -> Bool {
        guard otherwise.isSame(as: other.otherwise, isSame), windows.count == other.windows.count else { return false }
        return zip(windows, other.windows).allSatisfy { window, other in
            window.days == other.days && window.window == other.window
                && window.choice.isSame(as: other.choice, isSame)
        }
    }

    /// Every answer, the usual one first.
    package var all: [Int] { otherwise.all + windows.flatMap(\.choice.all) }
}

extension ClosingAnswers: Equatable {
    package static func == (left: ClosingAnswers, right: ClosingAnswers) -> Bool {
        left.otherwise == right.otherwise && left.windows == right.windows
    }
}

extension HoursTable {
    /// The answer to a call outside the hours; `nil` for a table that has none.
    func closedAnswer(in context: EvaluationContext) -> Int? {
        guard let closing else { return nil }
        let window = closingWindow(at: clock(context.zone).local(context.now))
        return (window?.choice ?? closing.otherwise).answer(in: context.line?.language)
    }

    /// Returns when the clock next reaches an end of a time of the day with its own answer, within a day; `nil` for none.
    func nextClosingWindow(after now: Instant, zone: Zone) -> Instant? {
        guard let closing, !closing.windows.isEmpty else { return nil }
        let second = zone.local(now).secondOfDay
        let ends = closing.windows.flatMap { [$0.window.start, $0.window.end % 1440] }
        let moments = ends.map { end in
            let wait = end * 60 - second
            return now.advanced(bySeconds: Int64(wait > 0 ? wait : wait + 86_400))
        }
        // A clock that jumps reaches the end earlier or later.
        let jump = zone.transition(after: now.seconds).map { Instant(seconds: $0) }
        return (moments + [jump].compactMap(\.self)).min()
    }

    /// The time of the day with its own answer.
    ///
    /// A day that is closed has no lunch: such a window counts only on days on which the hours open.
    func closingWindow(at local: LocalTime) -> ClosingAnswers.Window? {
        guard let closing, !closing.windows.isEmpty else { return nil }
        return closing.windows.first { window in
            [0, 1].contains { earlier in
                let date = local.date.advanced(byDays: -earlier)
                return window.window.contains(second: local.secondOfDay + earlier * 86_400)
                    && window.days.contains(date.weekday) && !windows(on: date).isEmpty
            }
        }
    }
}
