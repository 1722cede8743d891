// SPDX-License-Identifier: Apache-2.0

import EventLog
import Filters
import Overrides
import Screen

/// A filter while it is being typed; the list follows each letter that makes a whole filter.
struct FilterPrompt: Sendable {
    var field: TextField
    /// The filter that was in force before.
    let former: String?
    /// The call that was selected then; `nil` if the list was following.
    let origin: UInt64?
    /// What is wrong with what is typed; the last good filter stays in force.
    var error: FilterError?
    /// How the last word can go on, after Tab.
    private(set) var candidates: [String] = []
    /// The saved filter that is offered.
    private var offered: Int?
    /// What was typed before saved ones were offered.
    private var typed = ""

    init(_ former: String?, origin: UInt64?) {
        field = TextField(former ?? "")
        self.former = former
        self.origin = origin
    }

    /// Completes the word before the cursor as far as it is the same in all ways to go on, which are then offered.
    mutating func complete(values: (FilterKey) -> [String]) {
        let completion = FilterCompletion(of: String(field.characters.prefix(field.cursor)), values: values)
        let rest = field.characters.dropFirst(field.cursor)
        field = TextField(completion.text, before: String(rest))
        candidates = completion.candidates.count > 1 ? completion.candidates : []
    }

    /// Takes a key of the text.
    mutating func take(_ key: Key) -> Bool {
        candidates = []
        return field.take(key)
    }

    /// Offers the next saved filter, or what was typed.
    mutating func walk(by step: Int, through saved: [SavedFilter]) {
        guard !saved.isEmpty else { return }
        if offered == nil { typed = field.text }
        let next = (offered ?? (step > 0 ? -1 : saved.count)) + step
        offered = saved.indices.contains(next) ? next : nil
        field = TextField(offered.map { saved[$0].text } ?? typed)
    }

    /// The name of the saved filter that is offered.
    func name(among saved: [SavedFilter]) -> String? {
        offered.flatMap { saved.indices.contains($0) && saved[$0].text == field.text ? saved[$0].name : nil }
    }
}

extension DashboardState {
    /// A key while the filter is being typed.
    mutating func pressInFilter(_ key: Key) {
        switch key {
        case .enter:
            guard let error = filter.prompt?.error else {
                let text = filter.prompt?.field.trimmed ?? ""
                filter.prompt = nil
                return useFilter(text)
            }
            say("filter: \(error.message)", isAlert: true)
        case .escape:
            let former = filter.prompt?.former
            returnToFilterOrigin()
            filter.prompt = nil
            useFilter(former ?? "")
        case .backspace where filter.prompt?.field.text.isEmpty ?? true:
            filter.prompt = nil
        case .down, .up:
            let saved = settings.filters
            filter.prompt?.walk(by: key == .down ? 1 : -1, through: saved)
            filterTyped()
        case .tab:
            let lines = status?.lines ?? []
            filter.prompt?.complete { $0.names(in: lines) }
            filterTyped()
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .backTab, .pageUp, .pageDown,
            .function:
            if filter.prompt?.take(key) == true { filterTyped() }
        }
    }

    /// The keys that do something while it is typed, for the key bar.
    var filterPromptKeys: [(key: String, name: String)] {
        let saved = settings.filters.isEmpty ? [] : [("Up Down", "saved filters")]
        return [("Enter", "show these")] + saved + [("Esc", "back")]
    }

    /// Follows what is typed by now, if it is a filter.
    mutating func filterTyped() {
        guard let text = filter.prompt?.field.text else { return }
        do throws(FilterError) {
            let read = try readFilter(Self.settled(text))
            filter.prompt?.error = nil
            guard read != filter.inForce?.filter ?? CallFilter() else { return }
            filter.use(read, text: TextField(Self.settled(text)).trimmed)
            returnToFilterOrigin()
        } catch {
            filter.prompt?.error = error
        }
    }

    /// What is typed without a last word that may become a key: it is not looked for as a word before Enter.
    private static func settled(_ text: String) -> String {
        let word = text.reversed().prefix { !$0.isWhitespace }.reversed()
        let typed = String(word.drop { $0 == "-" }).lowercased()
        return FilterKey.all.contains { $0.name.hasPrefix(typed) } && !typed.isEmpty
            ? String(text.dropLast(word.count)) : text
    }

    private mutating func returnToFilterOrigin() {
        guard let prompt = filter.prompt else { return }
        if let origin = prompt.origin { list.select(origin) } else { list.follow() }
    }

    /// Draws the filter in the last row of the list, and below it what is wrong with it.
    func drawFilterPrompt(on grid: inout Grid) {
        guard let prompt = filter.prompt, dialog == nil, !layout.isTooSmall else { return }
        let row = layout.status - 1
        let end = size.columns - 1
        grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: .text)
        let known = [prompt.name(among: settings.filters).map { "\"\($0)\"" }, filterFacts].compactMap(\.self)
            .joined(separator: " \(glyphs.dot) ")
        let offered = CleanText.clean(prompt.candidates.joined(separator: " "))
        let most = max(0, end - 6 - max(20, min(end / 2, DisplayWidth.of(prompt.field.text) + 2)))
        let facts = CleanText.cut(offered.isEmpty ? known : offered, to: most, ellipsis: glyphs.ellipsis)
        let room = max(4, end - DisplayWidth.of(facts) - 5)
        grid.write("f", row: row, column: 1, as: .key)
        let area = Rect(row: row, column: 3, columns: room, rows: 1)
        grid.write(prompt.field, in: area)
        grid.write(facts, row: row, endingAt: end, as: .muted)
        guard let error = prompt.error else { return }
        drawMistake(error, in: prompt.field, below: area, cursor: grid.cursor?.column ?? area.column, on: &grid)
    }

    private var filterFacts: String {
        filter.inForce == nil ? "all \(Text.number(shown.sequences.count)) shown" : shownWords
    }

    /// Marks the wrong part under the prompt, and says what is wrong.
    private func drawMistake(
        _ error: FilterError, in field: TextField, below area: Rect, cursor: Int, on grid: inout Grid
    ) {
        let row = area.row + 1
        grid.fill(Rect(row: row, column: 0, columns: size.columns, rows: 1), as: .text)
        // Places are counted from the cursor, since a long text is scrolled.
        let scalars = Array(field.text.unicodeScalars)
        let before = String(String.UnicodeScalarView(scalars.prefix(error.range.lowerBound)))
        let wrong = String(
            String.UnicodeScalarView(
                scalars[min(error.range.lowerBound, scalars.count)..<min(error.range.upperBound, scalars.count)]))
        let typed = String(field.characters.prefix(field.cursor))
        let start = max(area.column, cursor - DisplayWidth.of(typed) + DisplayWidth.of(before))
        let carets = String(repeating: "^", count: max(1, min(DisplayWidth.of(wrong), size.columns - 2 - start)))
        let room = size.columns - 2
        let message = CleanText.clean(error.message)
        let after = start + carets.count + 1
        if after + DisplayWidth.of(message) <= room {
            grid.write(carets, row: row, column: start, as: .failed)
            grid.write(message, row: row, column: after, as: .failed)
        } else {
            // To the left of the carets, if there is more room, else in place of them.
            let isLeft = start > room / 2
            let short = CleanText.cut(message, to: isLeft ? start - 2 : room, ellipsis: glyphs.ellipsis)
            grid.write(short, row: row, column: 1, as: .failed)
            if isLeft { grid.write(carets, row: row, column: start, as: .failed) }
        }
    }
}

extension FilterKey {
    /// The values that the phone lines have for it.
    func names(in lines: [LineStatus]) -> [String] {
        let names: [String] =
            switch name {
            case "to": lines.map(\.name)
            case "group": lines.compactMap(\.group)
            default: []
            }
        return names.filter { !$0.isEmpty && CleanText.clean($0) == $0 }
    }
}
