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
    let position: SourcePosition

    /// How many days ahead a list of holidays that runs out is reported.
    private static let notice = 60

    /// What is wrong with the list on a day.
    fileprivate func problem(on today: CivilDate) -> String? {
        guard let last = dates.lastDate else { return nil }
        if last < today {
            let advice = "; add those to come, or write them without a year, such as \"12-25\""
            switch kind {
            case .dates: return "every date in `dates` is past, the last was \(last)\(advice)"
            case .holidays: return "every holiday of this list is past, the last was \(last)\(advice)"
            }
        }
        guard kind == .holidays, last < today.advanced(byDays: Self.notice) else { return nil }
        let days = last.daysSince1970 - today.daysSince1970
        let distance = days == 0 ? "today" : days == 1 ? "tomorrow" : "in \(days) days"
        return "the last holiday of this list is \(last), \(distance); add those of the next year"
    }
}

extension RulesReader {
    /// Notes dates that may be over some day.
    mutating func noteDates(_ kind: DatedList.Kind, _ dates: DatedWindows, at position: SourcePosition) {
        datedLists.append(DatedList(kind: kind, dates: dates, position: position))
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
