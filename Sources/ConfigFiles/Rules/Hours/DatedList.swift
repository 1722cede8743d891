// SPDX-License-Identifier: Apache-2.0

package import Calls
import Rules

/// A list of dates with its position in the file: it is over when the last of its dates is.
struct DatedList: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// `dates` of hours.
        case dates
        /// A list of holidays, from which something is expected every year.
        case holidays
    }

    let kind: Kind
    let dates: DatedWindows
    /// The dates of certain years that no rule of a calendar made.
    let singles: [DateSpan]
    let position: SourcePosition

    init(kind: Kind, dates: DatedWindows, singles: [DateSpan]? = nil, position: SourcePosition) {
        self.kind = kind
        self.dates = dates
        self.singles =
            singles ?? dates.entries.compactMap { if case .span(let span) = $0.pattern { span } else { nil } }
        self.position = position
    }

    /// How many days ahead a list of holidays that runs out is reported.
    private static let notice = 60
    /// How many days a feast may lie from where it was a year before.
    private static let drift = 35

    /// What is wrong with the list on a day.
    fileprivate func problem(on today: CivilDate) -> String? {
        guard let last = dates.lastDate else { return missing(on: today) }
        if last < today {
            let advice = "; add those to come, or write them without a year, such as \"12-25\""
            switch kind {
            case .dates: return "every date in `dates` is past, the last was \(last)\(advice)"
            case .holidays: return "every holiday of this list is past, the last was \(last)\(advice)"
            }
        }
        guard kind == .holidays, last < today.advanced(byDays: Self.notice) else { return missing(on: today) }
        let days = last.daysSince1970 - today.daysSince1970
        let distance = days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days"
        return "the last holiday of this list is \(last), \(distance); add those of the next year"
    }

    /// What was there a year ago and is about to be due again, while nothing in the list says what is true then.
    private func missing(on today: CivilDate) -> String? {
        let notice = today...today.advanced(byDays: Self.notice)
        let missed = singles.first { span in
            guard span.last < today, let due = span.first.sameDay(inYears: 1), notice.contains(due) else {
                return false
            }
            let isReplaced = singles.contains { other in
                other.first > span.first && abs(other.first.daysSince1970 - due.daysSince1970) <= Self.drift
            }
            return !isReplaced && !dates.entries.contains { $0.pattern.returns && $0.pattern.contains(due) }
        }
        return missed.map { span in
            "`\(span)` is past, and the list has nothing for these days of the next year; add them, write them without a "
                + "year, or remove the entry"
        }
    }
}

extension CivilDate {
    /// The same month and day some years later; 29 February becomes the day before.
    fileprivate func sameDay(inYears years: Int) -> CivilDate? {
        let parts = parts
        return CivilDate(year: parts.year + years, month: parts.month, day: parts.day)
            ?? CivilDate(year: parts.year + years, month: parts.month, day: parts.day - 1)
    }
}

extension RulesReader {
    /// Notes dates that may be over some day.
    mutating func noteDates(
        _ kind: DatedList.Kind, _ dates: DatedWindows, singles: [DateSpan]? = nil, at position: SourcePosition
    ) {
        datedLists.append(DatedList(kind: kind, dates: dates, singles: singles, position: position))
    }
}

extension RulesFile {
    /// Returns what is wrong with the file at a moment, by its own clock: dates that are over, holidays that run out.
    package func findings(at now: Instant) -> [Diagnostic] {
        let today = rules.zone.local(now).date
        return datedLists.compactMap { list in
            list.problem(on: today).map {
                Diagnostic(.warning, .datesOver, file: files[list.position.file], at: list.position, $0)
            }
        }
    }
}
