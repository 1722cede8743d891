// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// Hints name only keys that do there what the hint says; a key that does nothing says so.
@Suite struct KeyHintTests {
    private static let wide = Size(columns: 200, rows: 24)

    struct Hint: Sendable {
        let keys: String
        let shown: String
        var hidden: [String] = []
        var calls: [CallSample] = .varied
    }

    @Test(
        "row 14: hints come from the table of the place",
        arguments: [
            Hint(keys: "p", shown: "FROZEN · 0 new · p: resume"),
            Hint(keys: "p<enter>", shown: "FROZEN · 0 new", hidden: ["p: resume"]),
            Hint(keys: "p<tab>", shown: "FROZEN · 0 new", hidden: ["p: resume"]),
            Hint(keys: "/31<enter>", shown: "n N Esc"),
            Hint(keys: "/31<enter><enter>", shown: "match", hidden: ["n N Esc"]),
        ])
    func hints(_ hint: Hint) {
        var state = DashboardState.sample(size: Self.wide, calls: hint.calls)
        state.type(hint.keys)
        #expect(state.text.contains(hint.shown))
        for words in hint.hidden { #expect(!state.text.contains(words), "\(words)") }
    }

    @Test func theWayToNewCallsIsNamedInTheirList() {
        var state = DashboardState.sample(size: Self.wide, calls: .many(60))
        state.type("<end>")
        #expect(!state.text.contains("new above"), "they were all there")
        state.receive(.logChanged(EventLog.sample(.many(63)).snapshot()))
        #expect(state.text.contains("3 new above · F: newest"))
        state.type("<enter>")
        #expect(state.text.contains("3 new above"))
        #expect(!state.text.contains("F: newest"))
    }

    @Test(
        "row 14: unknown keys say that they do nothing there",
        arguments: [
            ("Z", "Z does nothing here; ? shows the keys"), ("<enter>F", "F does nothing here"),
            ("<enter>/", "/ does nothing here"), ("<enter>n", "n does nothing here"), ("<tab>n", "n does nothing here"),
            ("?p", "p does nothing here"),
            ("<del>", "Delete does nothing here"), ("<^x>", "^X does nothing here"),
        ])
    func unknownKeys(_ keys: String, _ words: String) {
        var state = DashboardState.sample(size: Self.wide, calls: .varied)
        #expect(state.type(keys).isEmpty)
        #expect(state.text.contains(words))
        state.receive(.tick(.sample.advanced(bySeconds: 86_400)))
        state.type("!")
        #expect(!state.text.contains(words), "it is not worth keeping")
    }
}
