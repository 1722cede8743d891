// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Screen
import Testing
import TestSupport

@Suite struct CommandTests {
    private static let wide = Size(columns: 200, rows: 100)

    /// What each key does, as the help says it; a key that is missing here or there fails.
    @Test(arguments: [
        ("c", "close all lines"), ("o", "reopen"), ("g", "force a greeting"), ("u", "undo the last"),
        ("Down j", "older call"),
        ("Up k", "newer call"), ("PgDn ^D", "page of older"), ("PgUp ^U", "page of newer"), ("Home", "follow"),
        ("End G", "oldest"), ("F", "follow"), ("p", "freeze"), ("Enter", "open the selected"), ("/", "search rows"),
        ("n", "next match"), ("N", "previous match"), ("1", "webhook"), ("2", "request of"), ("3", "our answer"),
        ("4", "step"), ("5", "transcript"), ("i", "answer times"), ("w", "across the room"), ("Tab", "next tab"),
        ("Tab", "every phone line"),
        ("Tab", "back to the calls"),
        ("Down j", "the next line"), ("Enter", "everything about"), ("S-Tab", "previous tab"), ("e", "JSON Lines"),
        ("? F1", "this help"),
        ("q", "quit"), ("Esc", "never quits"), ("^L", "redraw"), ("^Z", "suspend"), ("^C", "if pressed again"),
        ("!", "reload results"), (":", "command line"), (":reload", "rules file again"), (":quit", "quit"),
    ])
    func theHelpNames(key: String, words: String) {
        var state = DashboardState.sample(size: Self.wide)
        state.type("?")
        let columns = state.screen.flatMap { [$0.prefix(98), $0.dropFirst(98)] }
        let found = columns.contains { $0.drop(while: { $0 == " " }).hasPrefix(key + " ") && $0.contains(words) }
        #expect(found, "\(key): \(words)")
    }

    @Test func theHelpSaysThatThePlatformFailsOpen() {
        var state = DashboardState.sample(size: Self.wide)
        state.type("?")
        #expect(state.text.contains("The platform fails open"))
    }

    @Test func theHelpScrollsToItsEndAndBack() {
        var state = DashboardState.sample()
        state.type("?<end>")
        #expect(state.text.contains("The platform fails open"))
        #expect(!state.text.contains("the next older call"))
        state.type("<home>")
        #expect(state.text.contains("the next older call"))
    }

    @Test(arguments: ["?", "q", "<esc>"])
    func theHelpIsLeftBy(key: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type("?\(key)")
        #expect(state.selectedRow != nil)
    }

    @Test func readOnlyHasNoOverridesInHelpOrKeyBar() {
        var state = DashboardState.sample(size: Self.wide, isReadOnly: true)
        #expect(!state.text.contains("c close"))
        state.type("?")
        #expect(!state.text.contains("close all lines"))
        #expect(state.text.contains("Read-only"))
    }
}
