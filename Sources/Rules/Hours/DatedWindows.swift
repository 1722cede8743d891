// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Windows of certain dates, which replace those of their weekdays.
///
/// Of several entries for a date the most specific counts: dates of a certain year come before those of every year, these
/// before Easter, and these before the n-th weekday of a month; then the shorter span, then the earlier entry. They are
/// sorted out once, so that a call looks a date up in a table.
package struct DatedWindows: Sendable {
    package let entries: [Entry]
    /// Runs of days of certain years that do not overlap, in order of time.
    private let runs: [Run]
    /// An index into `entries` by `MonthDay.place`, or -1; empty if no entry is yearly.
    private let yearly: [Int32]
    /// Indices into `entries`, the shortest span first.
    private let easter: [Int]
    /// Indices into `entries`, those of one month first.
    private let weekdays: [Int]

    /// Dates, and the windows on each.
    package struct Entry: Hashable, Sendable {
        package let pattern: DatePattern
        /// An empty list is closed.
        package let windows: [MinuteWindow]

        package init(_ pattern: DatePattern, _ windows: [MinuteWindow]) {
            self.pattern = pattern
            self.windows = windows
        }
    }

    package static let none = DatedWindows([])

    package init(_ entries: [Entry]) {
        self.entries = entries
        runs = Run.flattened(entries)
        yearly = Self.yearlyTable(entries)
        easter = entries.indices.compactMap { index in
            if case .easter(let span) = entries[index].pattern { (index, span.last - span.first) } else { nil }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
        weekdays = entries.indices.compactMap { index in
            if case .weekday(let weekday) = entries[index].pattern {
                (index, weekday.month == nil ? 1 : 0)
            } else {
                nil
            }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }

    /// The windows that begin on a date; `nil` where no entry has it.
    func windows(on date: CivilDate) -> [MinuteWindow]? {
        index(on: date).map { entries[$0].windows }
    }

    /// The entry that decides a date, as an index into `entries`; `nil` where no entry has it.
    func index(on date: CivilDate) -> Int? {
        if let index = Run.index(of: date, in: runs) { return index }
        if !yearly.isEmpty {
            let index = Int(yearly[MonthDay(date).place])
            if index >= 0, entries[index].pattern.contains(date) { return index }
        }
        return easter.first { entries[$0].pattern.contains(date) }
            ?? weekdays.first { entries[$0].pattern.contains(date) }
    }

    /// A span that counts from a later year gives way, as it is not there in every year.
    private static func yearlyTable(_ entries: [Entry]) -> [Int32] {
        let spans = entries.indices.compactMap { index in
            if case .yearly(let span) = entries[index].pattern { (index: index, span: span) } else { nil }
        }
        guard !spans.isEmpty else { return [] }
        var table = Array(repeating: Int32(-1), count: MonthDay.places)
        let ordered = spans.sorted { ($0.span.since, $0.span.days, $0.index) < ($1.span.since, $1.span.days, $1.index) }
        for (index, span) in ordered {
            for place in span.places where table[place] < 0 { table[place] = Int32(index) }
        }
        return table
    }
}

extension DatedWindows: Equatable {
    // The tables follow from the entries.
    package static func == (left: DatedWindows, right: DatedWindows) -> Bool { left.entries == right.entries }
}

extension DatedWindows {
    /// The last date that has an entry; `nil` where entries return every year, or where there are none.
    package var lastDate: CivilDate? {
        var last: CivilDate?
        for entry in entries {
            guard case .span(let span) = entry.pattern else { return nil }
            last = max(last ?? span.last, span.last)
        }
        return last
    }

    /// The dates that its spans of certain years cover; `nil` where an entry returns every year, or for more than `most`.
    func dates(atMost most: Int) -> [CivilDate]? {
        guard entries.allSatisfy({ !$0.pattern.returns }) else { return nil }
        let count = runs.reduce(0) { $0 + $1.last - $1.first + 1 }
        guard count <= most else { return nil }
        return runs.flatMap { run in (run.first...run.last).map(CivilDate.init(daysSince1970:)) }
    }
}

/// Consecutive days that one entry decides.
private struct Run: Sendable {
    /// Days since 1970, both included.
    let first: Int
    let last: Int
    /// An index into the entries.
    let index: Int

    /// Returns the index of the entry that decides a date.
    static func index(of date: CivilDate, in runs: [Run]) -> Int? {
        guard !runs.isEmpty else { return nil }
        let day = date.daysSince1970
        let next = runs.partitioningIndex { $0.first > day }
        guard next > 0, day <= runs[next - 1].last else { return nil }
        return runs[next - 1].index
    }

    /// Gives each date to the shortest span that contains it, then to the first.
    static func flattened(_ entries: [DatedWindows.Entry]) -> [Run] {
        let spans = entries.indices.compactMap { index in
            if case .span(let span) = entries[index].pattern { (index: index, span: span) } else { nil }
        }
        guard !spans.isEmpty else { return [] }
        let borders = Set(spans.flatMap { [$0.span.first.daysSince1970, $0.span.last.daysSince1970 + 1] }).sorted()
        var owners = [Int?](repeating: nil, count: borders.count)
        // The next place that nobody owns yet, so that a place is passed over once and not by every span.
        var free = Array(borders.indices) + [borders.count]
        func firstFree(from place: Int) -> Int {
            var place = place
            while free[place] != place {
                free[place] = free[free[place]]
                place = free[place]
            }
            return place
        }
        for (index, span) in spans.sorted(by: { ($0.span.days, $0.index) < ($1.span.days, $1.index) }) {
            let end = borders.partitioningIndex { $0 > span.last.daysSince1970 }
            var place = firstFree(from: borders.partitioningIndex { $0 >= span.first.daysSince1970 })
            while place < end {
                owners[place] = index
                free[place] = place + 1
                place = firstFree(from: place)
            }
        }
        return owners.indices.dropLast().compactMap { place in
            owners[place].map { Run(first: borders[place], last: borders[place + 1] - 1, index: $0) }
        }
    }
}
