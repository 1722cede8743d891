// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import Overrides

/// Which calls the list shows.
struct ListFilter: Sendable {
    /// The filter in force; `nil` where all calls are shown.
    private(set) var inForce: InForce?
    private(set) var calls = FilteredCalls()
    /// The filter while it is being typed.
    var prompt: FilterPrompt?
    /// How numbers are read.
    let plan: any NumberingPlan

    struct InForce: Sendable {
        /// As it was typed.
        let text: String
        let filter: CallFilter
        /// The groups of the lines, where the filter asks for them.
        var groups: [PhoneNumber: String]

        var asksForGroups: Bool {
            filter.terms.contains { if case .group = $0.condition { true } else { false } }
        }
    }

    /// Shows the calls that a filter selects; without terms, all.
    mutating func use(_ filter: CallFilter, text: String) {
        guard filter != inForce?.filter else { return }
        if let before = inForce?.filter, filter.narrows(before) { calls.narrow() } else { calls.restart() }
        inForce = filter.terms.isEmpty ? nil : InForce(text: text, filter: filter, groups: [:])
    }

    /// Shows all calls.
    mutating func end() {
        inForce = nil
        calls = FilteredCalls()
    }

    /// Begins to test the calls of another log.
    mutating func restart() { calls.restart() }

    /// Brings the selected calls up to date.
    mutating func follow(_ log: LogSnapshot, at now: Instant, lines: [LineStatus], _ texts: inout CallTexts) {
        guard var current = inForce else { return }
        if current.asksForGroups {
            let groups = Dictionary(lines.compactMap { line in line.group.map { (line.number, $0) } }) { $1 }
            if groups != current.groups {
                calls.restart()
                current.groups = groups
                inForce = current
            }
        }
        let facts = FilterFacts(now: now) { [groups = current.groups] in groups[$0] }
        calls.follow(log, at: now) { call in
            // The words of an answer are worked out once.
            current.filter.holds(for: call, in: facts) { call.answered == nil ? nil : texts.words(of: call).answer }
        }
    }

    /// The calls that the list shows.
    func listed(in log: LogSnapshot) -> ListedCalls {
        inForce == nil
            ? ListedCalls(all: log.sequences) : ListedCalls(some: calls.sequences, isComplete: calls.isComplete)
    }
}

/// For a dashboard that was given no plan: E.164 is read, and no national spelling.
struct PlainNumbers: NumberingPlan {
    func number(dialled digits: String, country: String?) -> PhoneNumber? { PhoneNumber(digits) }

    func origin(of number: PhoneNumber) -> NumberOrigin? { nil }

    func isValid(_ number: PhoneNumber) -> Bool { true }
}

extension DashboardState {
    /// The calls that the list shows.
    var listed: ListedCalls {
        let byTime = filter.listed(in: shown)
        return listOrder == nil ? byTime : ListedCalls(columns.sorted, isComplete: byTime.isComplete)
    }

    /// Reads a filter as it is typed now.
    func readFilter(_ text: String) throws(FilterError) -> CallFilter {
        try CallFilter(
            text,
            FilterSetting(
                now: shownNow, clock: clock, plan: filter.plan,
                country: linesCountries.count == 1 ? linesCountries.first : nil,
                countries: linesCountries.isEmpty ? nil : linesCountries))
    }

    /// The countries of the phone lines, in which national numbers are spelled.
    private var linesCountries: [String] {
        Set((status?.lines ?? []).compactMap { filter.plan.origin(of: $0.number)?.country }).sorted()
    }

    /// Brings the filtered calls up to date.
    mutating func followFilter() {
        guard filter.inForce != nil else { return }
        var filter = filter
        // Taken out, so that its calls are not copied while they change.
        self.filter = ListFilter(plan: filter.plan)
        filter.follow(shown, at: shownNow, lines: status?.lines ?? [], &list.texts)
        self.filter = filter
    }

    /// How many calls of how many the list shows, while a filter is on.
    var shownWords: String {
        let more = filter.calls.isComplete ? "" : " so far"
        return "\(Text.number(listed.count)) of \(Text.number(shown.sequences.count)) shown\(more)"
    }
}
