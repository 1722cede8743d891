// SPDX-License-Identifier: Apache-2.0

import Calls
import Filters
import Overrides
import Screen

/// A command that is being typed after a colon.
struct CommandLine: Hashable, Sendable {
    var field = TextField()
    /// How many commands back in the history it is; 0 for what is being typed.
    var recalled = 0
    /// What was being typed before an earlier command was recalled.
    var draft = ""

    /// The words that begin with what is typed.
    func completions(among words: [String]) -> [String] {
        let typed = field.text.drop(while: \.isWhitespace)
        let known = words.filter { $0.hasPrefix(typed) }
        return (known.isEmpty ? words.filter { $0.hasPrefix(field.trimmed) } : known).sorted()
    }

    /// Completes what all candidates have in common.
    mutating func complete(among words: [String]) {
        let completions = completions(among: words)
        if !completions.isEmpty { field = TextField(completions.sharedBeginning) }
    }
}

extension DashboardState {
    /// The words that the command line knows here.
    var commandWords: [String] {
        Keymap.named.filter { isOffered($0.command) || isKept(from: $0.command) }.map(\.word)
    }

    /// Whether only the missing contact keeps a command from being offered; if typed, it shows why.
    private func isKept(from command: Command) -> Bool {
        switch command {
        case .overrides, .caller, .audit(.note), .program(.reload): !isReadOnly && obstacle != nil
        case .remarks: !isReadOnly && obstacle != nil
        case .explain(.explain): record == nil && obstacle != nil
        case .explain: false
        case .copy, .themes, .settings: false
        case .dialog, .list, .lines, .search, .filtering, .columns, .detail, .scroll, .audit, .record, .statistics,
            .replicas, .wall, .program:
            false
        }
    }

    /// A key while a command is being typed.
    mutating func pressInCommandLine(_ key: Key) -> [DashboardEffect] {
        switch key {
        case .enter: return runTypedCommand()
        case .escape: commandLine = nil
        case .backspace where commandLine?.field.text.isEmpty ?? true: commandLine = nil
        case .tab: completeCommandLine()
        case .up: commandLine?.recall(by: 1, in: commandHistory)
        case .down: commandLine?.recall(by: -1, in: commandHistory)
        case .character, .control, .backspace, .delete, .left, .right, .home, .end, .backTab, .pageUp, .pageDown,
            .function:
            _ = commandLine?.field.take(key)
        }
        return []
    }

    /// Why a command that there is cannot be used as it was typed; `nil` if there is none.
    private func refusal(of typed: String) -> String? {
        let word = String(typed.prefix { !$0.isWhitespace })
        guard let command = Keymap.named.first(where: { $0.word == word })?.command else { return nil }
        if let obstacle = obstacle(to: command), !isReadOnly || record != nil { return "\":\(word)\": \(obstacle)" }
        if commandWords.contains(word) { return "\":\(word)\" takes nothing after it here" }
        let words = "\":\(word)\" does nothing here"
        return isReadOnly && record == nil ? "\(words); this dashboard is read-only" : words
    }

    private mutating func runTypedCommand() -> [DashboardEffect] {
        guard let typed = commandLine?.field.trimmed else { return [] }
        commandLine = nil
        guard !typed.isEmpty else { return [] }
        commandHistory.add(typed)
        if let effects = runWithChoice(typed) { return effects }
        if let text = noteText(in: typed) { return writeNote(text) }
        if let text = typedMoment(in: typed) { return travel(toTyped: text) }
        if let text = typedFilter(in: typed), !text.isEmpty {
            useFilter(text)
            showList()
            return []
        }
        if let text = typedColumns(in: typed) {
            useColumns(text)
            showList()
            return []
        }
        if let name = typedSort(in: typed) {
            sort(by: name)
            showList()
            return []
        }
        if let name = filterName(in: typed) {
            saveFilter(as: name)
            return []
        }
        let completions = commandWords.filter { $0.hasPrefix(typed) }
        let word = commandWords.contains(typed) ? typed : completions.count == 1 ? completions[0] : nil
        guard let word, let command = Keymap.named.first(where: { $0.word == word })?.command else {
            if let refusal = refusal(of: typed) {
                say(refusal, isAlert: true)
                return []
            }
            let meant = completions.isEmpty ? NearMiss.word(nearest: typed, among: commandWords) : nil
            let known = (completions.isEmpty ? commandWords : completions).sorted().joined(separator: ", ")
            let rest = meant.map { "did you mean :\($0)?" } ?? "commands: \(known)"
            say("unknown command \"\(typed)\"; \(rest)", isAlert: true)
            return []
        }
        if command.binding.contexts == [.list] { showList() }
        if command == .lines(.calls) { page = nil }
        return run(command)
    }
}

extension DashboardState {
    private mutating func showList() {
        page = nil
        detail = nil
        showsLines = false
        columns.picker = nil
    }
}

extension DashboardState {
    /// The command or the query while it is being typed, with completions or matches.
    func drawPrompt(on grid: inout Grid, row: Int) {
        if let commandLine {
            let (facts, role) = facts(of: commandLine.field)
            drawPrompt(":", commandLine.field, facts, role, on: &grid, row: row)
        } else if let notePrompt {
            let isNarrow = DisplayWidth.of(notePromptFacts) > Self.promptFacts(in: size.columns)
            drawPrompt(
                ";", notePrompt.field, isNarrow ? "Enter: write it" : notePromptFacts, .muted, on: &grid, row: row)
        } else if let search {
            let facts = search.query.isEmpty ? "search (Esc: back)" : matches(search)
            let role: Role = search.matches.isEmpty && !search.query.isEmpty ? .failed : .muted
            drawPrompt("/", search.field, facts, role, on: &grid, row: row)
        }
    }

    /// What is said next to a command that is being typed.
    private func facts(of field: TextField) -> (words: String, role: Role) {
        let typed = field.trimmed
        if noteText(in: typed)?.isEmpty == false { return ("Enter: write it", .muted) }
        if typedMoment(in: typed)?.isEmpty == false { return ("Enter: go there", .muted) }
        let ways = argumentCompletion(of: field.text)?.completion.candidates ?? []
        let isUsable = [typedFilter(in: typed), filterName(in: typed), typedColumns(in: typed), typedSort(in: typed)]
            .contains { $0?.isEmpty == false }
        if isUsable, ways.count < 2 { return ("Enter: use it", .muted) }
        if !ways.isEmpty { return (CleanText.clean(ways.joined(separator: " ")), .muted) }
        let words = commandLine?.completions(among: commandCandidates(for: field.text)) ?? []
        guard words.isEmpty else { return (words.joined(separator: " "), .muted) }
        return (obstacle(toTyped: field.text) ?? "no such command", .failed)
    }

    /// The columns for what is said next to a prompt.
    private static func promptFacts(in columns: Int) -> Int { max(0, columns - 21) }

    private func drawPrompt(
        _ sign: String, _ field: TextField, _ facts: String, _ role: Role, on grid: inout Grid, row: Int
    ) {
        let end = size.columns - 1
        let facts = CleanText.cut(facts, to: Self.promptFacts(in: size.columns), ellipsis: glyphs.ellipsis)
        let room = end - DisplayWidth.of(facts) - 5
        grid.write(sign, row: row, column: 1, as: .key)
        grid.write(field, in: Rect(row: row, column: 2, columns: max(4, room), rows: 1))
        grid.write(facts, row: row, endingAt: end, as: role)
    }
}
