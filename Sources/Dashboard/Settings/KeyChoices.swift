// SPDX-License-Identifier: Apache-2.0

import Calls
package import Screen

/// The keys that an operator binds to a command, in place of those of the table.
package struct KeyChoice: Hashable, Sendable {
    /// The name of the command, as `switchboard help keys` lists it.
    package let command: String
    /// Empty takes all keys away.
    package let keys: [Key]

    package init(command: String, keys: [Key]) {
        self.command = command
        self.keys = keys
    }

    /// What is wrong with a choice.
    package struct Problem: Hashable, Sendable {
        /// Which choice.
        package let choice: Int
        /// Which of its keys; `nil` for its command.
        package let key: Int?
        package let kind: Kind

        /// Unknown commands and keys that mean nothing are not used; a lost key only has another command.
        package enum Kind: Hashable, Sendable {
            case unknownCommand, repeatedCommand, reservedKey, clash, lostKey
        }

        package let words: String
    }
}

extension Keymap {
    /// The keys that mean the same whatever is bound.
    private static let reserved: [Key: Command] = [
        .control("c"): .program(.stop), .control("l"): .program(.redraw), .escape: .program(.leave),
    ]

    /// Makes a keymap of an operator's choices, with what is wrong with them.
    package static func binding(_ choices: [KeyChoice]) -> (keymap: Keymap, problems: [KeyChoice.Problem]) {
        var problems: [KeyChoice.Problem] = []
        var chosen: [Command: [Key]] = [:]
        for (place, choice) in choices.enumerated() {
            guard let command = Command.bindable[choice.command] else {
                problems.append(.init(choice: place, key: nil, kind: .unknownCommand, words: unknown(choice.command)))
                continue
            }
            guard chosen[command] == nil else {
                let words = "`\(choice.command)` is bound twice"
                problems.append(.init(choice: place, key: nil, kind: .repeatedCommand, words: words))
                continue
            }
            var keys: [Key] = []
            for (index, key) in choice.keys.enumerated() where !keys.contains(key) {
                if let owner = reserved[key], owner != command {
                    let words = "\(key.words) is always `\(owner.id)`"
                    problems.append(.init(choice: place, key: index, kind: .reservedKey, words: words))
                } else if let owner = chosen.first(where: { $0.value.contains(key) && $0.key.meets(command) })?.key {
                    let words = "\(key.words) is bound to `\(owner.id)` already"
                    problems.append(.init(choice: place, key: index, kind: .clash, words: words))
                } else {
                    keys.append(key)
                }
            }
            // With none of its keys it keeps those of the table, unless none is what was asked for.
            if !keys.isEmpty || choice.keys.isEmpty { chosen[command] = keys }
        }
        let (changed, lost) = withoutLost(chosen, choices)
        return (
            Keymap(changed: changed), (problems + lost).sorted { ($0.choice, $0.key ?? -1) < ($1.choice, $1.key ?? -1) }
        )
    }

    /// Takes the chosen keys away from the commands that have them in the table.
    private static func withoutLost(
        _ chosen: [Command: [Key]], _ choices: [KeyChoice]
    ) -> (changed: [Command: [Key]], problems: [KeyChoice.Problem]) {
        var changed = chosen
        var problems: [KeyChoice.Problem] = []
        for command in Command.allCases where chosen[command] == nil && command.isBindable {
            var kept = command.binding.keys
            for (place, choice) in choices.enumerated() {
                guard let winner = Command.bindable[choice.command], winner.meets(command) else { continue }
                for (index, key) in choice.keys.enumerated()
                where kept.contains(key) && chosen[winner]?.contains(key) == true {
                    kept.removeAll { $0 == key }
                    let rest = kept.isEmpty ? ", which has no other key" : ""
                    let words = "\(key.words) was the key of `\(command.id)`\(rest)"
                    problems.append(.init(choice: place, key: index, kind: .lostKey, words: words))
                }
            }
            if kept != command.binding.keys { changed[command] = kept }
        }
        return (changed, problems)
    }

    private static func unknown(_ name: String) -> String {
        let meant = NearMiss.word(nearest: name, among: Command.bindable.keys.sorted())
        return "there is no command `\(name)`"
            + (meant.map { "; did you mean `\($0)`?" } ?? "; `switchboard help keys` lists them")
    }
}

extension Command {
    /// The commands whose keys can be chosen, by their names; the letters of dialogs stay.
    static let bindable: [String: Command] = Dictionary(
        allCases.filter(\.isBindable).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    var isBindable: Bool { if case .dialog = self { false } else { !binding.contexts.isEmpty } }

    /// The name of the command in settings: its word on the command line, else its room and its own name.
    var id: String { Self.ids[self] ?? "" }

    private static let ids = Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.binding.word ?? $0.nameInCode) })

    /// The name of the case, such as `list-page-down`; what the whole program has goes without its room.
    private var nameInCode: String {
        let (room, key) = Mirror(reflecting: self).children.first.map { ($0.label ?? "", "\($0.value)") } ?? ("", "")
        let words = key.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : String($1) }
        return room == "program" ? words : "\(room)-\(words)"
    }

    /// Whether there is a place where both have keys.
    fileprivate func meets(_ other: Command) -> Bool {
        self != other && !binding.contexts.isDisjoint(with: other.binding.contexts)
    }
}

/// The table of keys, for people and programs.
package struct KeyReference: Sendable {
    /// One command and its keys.
    package struct Row: Hashable, Sendable {
        /// The chapter of the help.
        package let group: String
        /// The name in settings; `nil` for the keys of dialogs, which stay.
        package let command: String?
        /// As the screen writes them.
        package let keys: [String]
        /// The word on the command line.
        package let word: String?
        package let help: String
        /// Where the keys work: `list`, `lines`, `detail` and so on.
        package let views: [String]
    }

    package let rows: [Row]

    package init(_ keymap: Keymap) {
        // By chapter, as the help has them.
        let commands = CommandGroup.allCases.flatMap { group in Command.allCases.filter { $0.binding.group == group } }
        rows = commands.map { command in
            let binding = command.binding
            let views = InputContext.allCases.filter(binding.contexts.contains).map { "\($0)" }
            return Row(
                group: binding.group.rawValue, command: command.isBindable ? command.id : nil,
                keys: keymap.text(of: command).split(separator: " ").map(String.init).filter { !$0.hasPrefix("(") },
                word: binding.word, help: binding.help, views: views)
        }
    }
}
