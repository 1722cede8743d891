// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Screen
import TestSupport
import Testing

@Suite struct KeymapTests {
    /// A dashboard whose operator bound keys.
    private static func state(_ choices: [KeyChoice], size: Size = Size(columns: 120, rows: 40)) -> DashboardState {
        var settings = DashboardSettings()
        settings.keymap = Keymap.binding(choices).keymap
        var state = DashboardState.sample(size: size, calls: .varied)
        state.receive(.settings(settings))
        return state
    }

    @Test func everyCommandHasANameOfItsOwn() {
        let names = KeyReference(.standard).rows.compactMap(\.command)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } }, "\(names)")
        for name in ["close", "list-page-down", "detail-older-call", "back", "search-next", "freeze", "command-line"] {
            #expect(names.contains(name), "\(name)")
        }
    }

    @Test func aBoundKeyRunsItsCommandAndEveryHintNamesIt() {
        var state = Self.state(
            [KeyChoice(command: "freeze", keys: [.character("z"), .function(5)])], size: Size(columns: 200, rows: 64))
        #expect(state.text.contains("z freeze"))
        state.type("z")
        #expect(state.text.contains("FROZEN · 0 new · z: resume"))
        state.type("p")
        #expect(state.text.contains("p does nothing here"))
        state.type("?")
        #expect(state.text.contains("z F5"))
    }

    @Test func theKeysOfThePromptOpenItForAPasteToo() {
        var state = Self.state([KeyChoice(command: "command-line", keys: [.character(";")])])
        state.receive(.burst(Key.typed(";rel")))
        #expect(state.text.contains(";rel") || state.text.contains(":rel"))
    }

    @Test func aCommandWhoseKeyCannotBeUsedKeepsItsOwn() {
        var state = Self.state([
            KeyChoice(command: "freeze", keys: [.character("v")]), KeyChoice(command: "open", keys: [.character("v")]),
        ])
        #expect(state.text.contains("o open"))
        state.type("v")
        #expect(state.text.contains("FROZEN"))
    }

    @Test func aCommandWithoutAKeyIsReachedByItsWord() {
        var state = Self.state([KeyChoice(command: "close", keys: [])])
        #expect(!state.screen.contains { $0.contains("c close") })
        state.type("c")
        #expect(state.text.contains("c does nothing here"))
        state.type(":close<enter>")
        #expect(state.text.contains("Close all lines"))
    }

    @Test(arguments: [
        Row("nothing", [KeyChoice(command: "close", keys: [.character("Z")])], []),
        Row("an unknown name", [KeyChoice(command: "clsoe", keys: [.character("x")])], ["0 - unknownCommand"]),
        Row("a dialog's letter", [KeyChoice(command: "dialog-confirm", keys: [.enter])], ["0 - unknownCommand"]),
        Row("the key that stops", [KeyChoice(command: "close", keys: [.control("c")])], ["0 0 reservedKey"]),
        Row("Esc", [KeyChoice(command: "close", keys: [.character("Z"), .escape])], ["0 1 reservedKey"]),
        Row(
            "twice the same key",
            [
                KeyChoice(command: "close", keys: [.character("Z")]),
                KeyChoice(command: "open", keys: [.character("Z")]),
            ], ["1 0 clash"]),
        Row("the key of another", [KeyChoice(command: "close", keys: [.character("o")])], ["0 0 lostKey"]),
        Row(
            "keys that are exchanged",
            [
                KeyChoice(command: "close", keys: [.character("o")]),
                KeyChoice(command: "open", keys: [.character("c")]),
            ], []),
        Row(
            "the same key in other views",
            [
                KeyChoice(command: "list-older", keys: [.character("Z")]),
                KeyChoice(command: "lines-down", keys: [.character("Z")]),
            ], []),
        Row(
            "a command twice",
            [
                KeyChoice(command: "close", keys: [.character("Z")]),
                KeyChoice(command: "close", keys: [.character("X")]),
            ], ["1 - repeatedCommand"]),
    ])
    func whatIsWrongIsFound(row: Row<[KeyChoice], [String]>) {
        let problems = Keymap.binding(row.input).problems
        #expect(problems.map { "\($0.choice) \($0.key.map(String.init) ?? "-") \($0.kind)" } == row.expected)
    }

    @Test(arguments: [
        ("x", Key.character("x")), ("X", .character("X")), ("^L", .control("l")), ("ctrl-l", .control("l")),
        ("F5", .function(5)), ("PgDn", .pageDown), ("pagedown", .pageDown), ("Space", .character(" ")),
        ("S-Tab", .backTab), ("esc", .escape), ("東", .character("東")),
    ])
    func keysAreNamed(name: String, key: Key) {
        #expect(Key(named: name) == key)
    }

    @Test(arguments: ["", " ", "F13", "^1", "ctrl-", "PgDwn", "ab", "\u{1B}", "\u{202E}"])
    func otherNamesAreNone(name: String) {
        #expect(Key(named: name) == nil)
    }

    @Test func everyKeyOfTheTableHasTheNameThatIsWritten() {
        for row in KeyReference(.standard).rows where row.command != nil {
            for key in row.keys where !key.hasPrefix(":") || key == ":" { #expect(Key(named: key) != nil, "\(key)") }
        }
    }
}
