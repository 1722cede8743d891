// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Screen

/// Which columns the list has, in which order, and what it is sorted by.
enum ColumnKey: CaseIterable, Sendable {
    case choose, columns, sort
    // While the columns are chosen.
    case toggle, left, right, sortBy, usual, next, previous, first, last

    var binding: Binding {
        switch self {
        case .choose:
            Binding(
                [.character("C")], "C", "columns", "choose the columns, their order, and what the list is sorted by",
                in: .calls, contexts: [.list, .columns], bar: 15)
        case .columns:
            Binding(
                [], ":columns", "columns", "columns time,caller,state: these columns; :columns alone: the usual ones",
                in: .calls, contexts: [.list], word: "columns")
        case .sort:
            Binding(
                [], ":sort", "sort", "sort took: by a column, again for the other way; :sort alone: by time",
                in: .calls,
                contexts: [.list], word: "sort")
        case .toggle:
            bind([.character(" "), .enter], "Space", "show or hide", "show or hide the column", bar: 1)
        case .left: bind([.character("<")], "<", "left", "move it to the left", bar: 1)
        case .right: bind([.character(">")], ">", "right", "move it to the right", bar: 1)
        case .sortBy: bind([.character("s")], "s", "sort", "sort by it, or the other way", bar: 1)
        case .usual: bind([.character("u")], "u", "usual", "the usual columns, sorted by time", bar: 1)
        case .next: bind([.down, .character("j")], "Down j", "next", "the next column")
        case .previous: bind([.up, .character("k")], "Up k", "previous", "the column before")
        case .first: bind([.home], "Home", "first", "the first column")
        case .last: bind([.end, .character("G")], "End G", "last", "the last column")
        }
    }

    private func bind(_ keys: [Key], _ text: String, _ name: String, _ help: String, bar: Int? = nil) -> Binding {
        Binding(keys, text, name, help, in: .columns, contexts: [.columns], bar: bar)
    }
}

extension DashboardState {
    mutating func runColumns(_ key: ColumnKey) {
        switch key {
        case .choose:
            columns.picker =
                columns.picker == nil ? ColumnPicker(columnNames, contents: list.contents) : nil
        case .columns: columnNames = nil
        case .sort: sort(by: "")
        case .toggle, .left, .right, .sortBy, .usual, .next, .previous, .first, .last: chooseColumn(key)
        }
    }

    /// The columns that are typed after `columns`, and the column after `sort`, if that is the command.
    func typedColumns(in typed: String) -> String? { argument(of: .columns(.columns), in: typed) }

    func typedSort(in typed: String) -> String? { argument(of: .columns(.sort), in: typed) }

    /// Shows these columns, or says which of them there is not.
    mutating func useColumns(_ text: String) {
        let names = text.split { $0 == "," || $0 == " " }.map(String.init)
        if let unknown = names.first(where: { CallColumn.named($0) == nil }) {
            let known = CallColumn.all.map(\.name).joined(separator: ", ")
            return say("unknown column \"\(CleanText.clean(unknown))\"; columns: \(known)", isAlert: true)
        }
        let known = names.compactMap { CallColumn.named($0)?.name }
        columnNames = known.isEmpty ? nil : known.withoutRepeats
    }

    /// Sorts by a column, by the same one the other way round, or by time.
    mutating func sort(by name: String) {
        guard !name.isEmpty else { return listOrder = nil }
        let isReversed = name.hasPrefix("-")
        guard let column = CallColumn.named(name.dropFirst(isReversed ? 1 : 0)) else {
            let known = CallColumn.all.map(\.name).joined(separator: ", ")
            return say("unknown column \"\(CleanText.clean(name))\"; columns: \(known)", isAlert: true)
        }
        let isAgain = listOrder?.column == column.name && listOrder?.isReversed == false
        listOrder = ListOrder(column: column.name, isReversed: isReversed || isAgain)
        list.follow()
    }

    /// Sorts the listed calls where another order than that of time is chosen.
    mutating func followOrder() {
        guard let order = listOrder else { return columns.sorted = SortedCalls() }
        let unsorted = filter.listed(in: shown)
        columns.sorted.follow(
            unsorted, of: shown, by: order, filter: filter.inForce?.text, isFrozen: list.frozen != nil, at: now)
    }

    /// The chosen columns from left to right; `nil` for the usual ones.
    var columnNames: [String]? {
        get { settings.columns.isEmpty ? nil : settings.columns }
        set { settings.columns = newValue ?? [] }
    }

    /// What the list is sorted by; `nil` for the order of time, the newest first.
    var listOrder: ListOrder? {
        get {
            guard let sort = settings.sort, let column = CallColumn.named(sort.drop { $0 == "-" }) else { return nil }
            return ListOrder(column: column.name, isReversed: sort.hasPrefix("-"))
        }
        set { settings.sort = newValue.map { ($0.isReversed ? "-" : "") + $0.column } }
    }

    /// What is to be remembered of the choices that a key made.
    func remembered(since before: DashboardSettings) -> [DashboardEffect] {
        var changed: [Remembered] = []
        if settings.columns != before.columns { changed.append(.columns(settings.columns)) }
        if settings.sort != before.sort { changed.append(.sort(settings.sort)) }
        if settings.filters != before.filters { changed.append(.filters(settings.filters)) }
        return changed.map { .local(.remember($0)) }
    }
}

/// What the list needs for its columns and its order.
struct ColumnChoice: Sendable {
    var sorted = SortedCalls()
    /// The page on which columns are chosen.
    var picker: ColumnPicker?
}

extension [String] {
    /// Each once, where it is first.
    package var withoutRepeats: [String] {
        reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }
}
