// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Filters
import Screen

/// Showing some of the calls only.
enum FilteringKey: CaseIterable, Sendable {
    case edit, bad, caller, save

    var binding: Binding {
        switch self {
        case .edit:
            bind("f", "filter", "show only the calls of a filter, such as is:bad from:+49 (docs/filters.md)", bar: 7)
        case .bad: bind("b", "bad", "only calls that went wrong (is:bad), or all again", bar: 13)
        case .caller:
            bind(".", "this caller", "only calls of this caller, or all again", contexts: [.list, .detail], bar: 14)
        case .save:
            Binding(
                [], ":save-filter", "save filter", "save-filter NAME: keep the filter; Up and Down in f offer it",
                in: .search, contexts: [.list], word: "save-filter")
        }
    }

    private func bind(
        _ key: Character, _ name: String, _ help: String, contexts: Set<InputContext> = [.list], bar: Int
    ) -> Binding {
        Binding(
            [.character(key)], String(key), name, help, in: .search, contexts: contexts, bar: bar,
            word: name.contains(" ") ? nil : name)
    }
}

extension DashboardState {
    /// What `is:bad` is, as a term of a filter.
    private static let bad = "is:bad"

    mutating func runFiltering(_ key: FilteringKey) {
        switch key {
        case .edit: filter.prompt = FilterPrompt(filter.inForce?.text, origin: list.isFollowing ? nil : list.selected)
        case .bad: toggleBad()
        case .caller: toggleCaller()
        case .save: say("save-filter needs a name: :save-filter NAME", isAlert: true)
        }
    }

    /// Adds `is:bad` to the filter, or takes it out.
    private mutating func toggleBad() {
        do throws(FilterError) {
            useFilter(try CallFilter.toggling(Self.bad, in: filter.inForce?.text ?? ""))
        } catch {
            say("filter: \(error.message)", isAlert: true)
        }
    }

    private mutating func toggleCaller() {
        guard let call = screenContext == .detail ? detail?.call : list.selected.flatMap({ shown[$0] }) else {
            return say("no call is selected")
        }
        detail = nil
        let text = "from:\(call.caller.filterValue)"
        useFilter(filter.inForce?.text == text ? "" : text)
    }

    /// Shows the calls of a filter, or says what is wrong with it.
    package mutating func useFilter(_ text: String) {
        do throws(FilterError) {
            filter.use(try readFilter(text), text: text)
        } catch {
            say("filter: \(error.message)", isAlert: true)
        }
    }

    /// The filter that is typed after `filter`, and the name after `save-filter`, if that is the command.
    func typedFilter(in typed: String) -> String? { argument(of: .filtering(.edit), in: typed) }

    func filterName(in typed: String) -> String? { argument(of: .filtering(.save), in: typed) }

    /// Keeps the filter in force by a name.
    mutating func saveFilter(as name: String) {
        guard !name.isEmpty else { return runFiltering(.save) }
        guard let current = filter.inForce else { return say("no filter to save; f sets one", isAlert: true) }
        settings.filters.removeAll { $0.name == name }
        settings.filters.append(SavedFilter(name: name, text: current.text))
        say("filter \"\(name)\" saved: \(current.text)")
    }
}

extension Party {
    /// The caller as the value of `from:`.
    fileprivate var filterValue: String {
        switch self {
        case .number(let number): "\(NumberMatch.exactSign)\(number)"
        case .withheld: "withheld"
        case .unusual(let text): "\(NumberMatch.exactSign)\(FilterText(text).quoted)"
        }
    }
}
