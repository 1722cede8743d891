// SPDX-License-Identifier: Apache-2.0

extension Key {
    /// The key as the screen and the documentation name it.
    package var words: String {
        switch self {
        case .character(" "): "Space"
        case .character(let letter): "\(letter)"
        case .control(let letter): "^\(letter.uppercased())"
        case .enter: "Enter"
        case .escape: "Esc"
        case .tab: "Tab"
        case .backTab: "S-Tab"
        case .backspace: "Backspace"
        case .delete: "Delete"
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .pageUp: "PgUp"
        case .pageDown: "PgDn"
        case .function(let number): "F\(number)"
        }
    }

    /// Reads the name of a key: a character, `^L` or `ctrl-l`, `F5`, or a name such as `PgDn`, whose case does not count.
    package init?(named name: String) {
        if name.count == 1, let letter = name.first {
            guard !letter.isWhitespace, letter.unicodeScalars.allSatisfy({ !$0.isControl }) else { return nil }
            self = .character(letter)
            return
        }
        let small = name.lowercased()
        if let letter = Key.controlPrefixes.first(where: small.hasPrefix).map({ small.dropFirst($0.count) }) {
            guard letter.count == 1, let character = letter.first, ("a"..."z").contains(character) else { return nil }
            self = .control(character)
        } else if let key = Key.named[small] {
            self = key
        } else {
            return nil
        }
    }

    /// The names of the keys that have one, as they are written.
    package static let names: [String] = fixed.map(\.words) + (1...12).map { "F\($0)" }

    private static let fixed: [Key] = [
        .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end,
        .pageUp, .pageDown,
    ]
    private static let controlPrefixes = ["^", "ctrl-", "ctrl+", "c-"]
    private static let named: [String: Key] = {
        var named = Dictionary(uniqueKeysWithValues: fixed.map { ($0.words.lowercased(), $0) })
        for number in 1...12 { named["f\(number)"] = .function(number) }
        let others: [(String, Key)] = [
            ("return", .enter), ("escape", .escape), ("shift-tab", .backTab), ("del", .delete), ("pageup", .pageUp),
            ("pagedown", .pageDown), ("page-up", .pageUp), ("page-down", .pageDown),
        ]
        return named.merging(others) { first, _ in first }
    }()
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control || properties.generalCategory == .format }
}
