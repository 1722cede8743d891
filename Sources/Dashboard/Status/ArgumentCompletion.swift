// SPDX-License-Identifier: Apache-2.0

import Filters
import Overrides

/// How a list of words or a filter that is typed after a command can go on.
struct ArgumentCompletion: Hashable, Sendable {
    /// The words that the last one can become.
    let candidates: [String]
    /// The argument with as much of its last word as all candidates have in common.
    let text: String

    /// A filter, completed as in its prompt.
    init(filter text: String, values: (FilterKey) -> [String]) {
        let completion = FilterCompletion(of: text, values: values)
        self.init(candidates: completion.candidates, text: completion.text)
    }

    /// Words with commas or blanks between them, each of them once.
    init(list text: String, of words: [String]) {
        let isApart = { (character: Character) in character == "," || character.isWhitespace }
        let begun = String(text.reversed().prefix { !isApart($0) }.reversed())
        let kept = text.dropLast(begun.count)
        let named = Set(kept.split(whereSeparator: isApart).map(String.init))
        let candidates = words.filter { $0.hasPrefix(begun) && !named.contains($0) }.sorted()
        self.init(candidates: candidates, text: kept + (candidates.isEmpty ? begun : candidates.sharedBeginning))
    }

    private init(candidates: [String], text: String) {
        self.candidates = candidates
        self.text = text
    }
}

extension DashboardState {
    /// How the argument of the typed command can go on, and what is typed before it; `nil` for a command whose argument is no
    /// list or filter.
    func argumentCompletion(of typed: String) -> (command: String, completion: ArgumentCompletion)? {
        let command = typed.prefix { !$0.isWhitespace } + typed.drop { !$0.isWhitespace }.prefix(while: \.isWhitespace)
        guard command.last?.isWhitespace == true else { return nil }
        let argument = String(typed.dropFirst(command.count))
        let names = CallColumn.all.map(\.name)
        let completion: ArgumentCompletion
        if typedFilter(in: typed) != nil {
            let lines = status?.lines ?? []
            completion = ArgumentCompletion(filter: argument) { $0.names(in: lines) }
        } else if typedColumns(in: typed) != nil {
            completion = ArgumentCompletion(list: argument, of: names)
        } else if typedSort(in: typed) != nil {
            completion = ArgumentCompletion(list: argument, of: names + names.map { "-\($0)" })
        } else {
            return nil
        }
        return (String(command), completion)
    }

    /// Completes the command, or what follows it.
    mutating func completeCommandLine() {
        let typed = commandLine?.field.text ?? ""
        if let (command, completion) = argumentCompletion(of: typed) {
            commandLine?.field = TextField(command + completion.text)
        } else {
            let words = commandCandidates(for: typed)
            commandLine?.complete(among: words)
        }
    }
}
