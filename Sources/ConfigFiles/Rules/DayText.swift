// SPDX-License-Identifier: Apache-2.0

import Calls

/// Reads the days of a week as `mon`, `mon-fri`, `fri-mon` or `mon,wed`.
enum DayText {
    /// Returns the days, or `nil` when a part is no day.
    static func read(_ text: String) -> Set<Weekday>? {
        var days: Set<Weekday> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { day($0) }
            guard let first = ends.first, let from = first, let last = ends.last, let to = last, ends.count <= 2 else {
                return nil
            }
            // A range may run over the end of the week.
            let span = (to.rawValue - from.rawValue + 7) % 7
            days.formUnion((0...span).compactMap { Weekday(rawValue: (from.rawValue + $0) % 7) })
        }
        return days
    }

    private static func day(_ text: Substring) -> Weekday? {
        let name = text.filter { $0 != " " }.lowercased()
        return Weekday.allCases.first { $0.shortName == name }
    }
}
