// SPDX-License-Identifier: Apache-2.0

import JSON
import Dashboard
import Screen
import Testing
import TestSupport

@Suite struct CommandLineTests {
    @Test(arguments: [
        (":reload<enter>", [DashboardEffect.reload]), (":rel<enter>", [.reload]), (":rel<tab><enter>", [.reload]),
        (":redraw<enter>", [.redraw]), (": reload <enter>", [.reload]), (":re<enter>", []), (":reload<esc>", []),
        (":<enter>", []), (":<bs>", []), (":nonsense<enter>", []), ("?:reload<enter>", [.reload]),
        ("<enter>:reload<enter>", [.reload]), (":quit<enter>y", [.quit]), ("<enter>:quit<enter>y", [.quit]),
    ])
    func wordsAskFor(keys: String, effects: [DashboardEffect]) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys) == effects)
    }

    @Test(arguments: [
        (":c", "close"), (":expo<enter>", "calls-2026-07-01.jsonl"), (":close<enter>", "Close all lines"),
        (":undo<enter>", "Undoes: closed all lines"),
        (":help<enter>", "the next older call"), (":re<enter>", "unknown command \"re\"; commands: redraw, reload"),
        (":close amsterdam<enter>", "\":close\" takes nothing after it here"),
        (":clsoe<enter>", "unknown command \"clsoe\"; did you mean :close?"), (":xyz", "no such command"),
        (":re<tab>", ":re"), (":rel<tab>", ":reload"),
        (":mess<enter>", "No messages yet."),
        (":columns time,ca<tab>", ":columns time,calle "), (":columns time,sta<tab>", ":columns time,state "),
        (":columns time cal", "called caller"), (":columns xyz", "Enter: use it"), (":sort st<tab>", ":sort state "),
        (":sort -st<tab>", ":sort -state "), (":filter st<tab>", ":filter state: "),
        (":filter is:no", "is:no-news is:not-applied"), (":filter is:lat<tab>", ":filter is:late "),
    ])
    func theScreenShows(keys: String, words: String) {
        var state = DashboardState.sample(
            size: Size(columns: 120, rows: 40), calls: .varied, status: .sample(undo: .closing))
        state.type(keys)
        #expect(state.text.contains(words), "\(state.text)")
    }

    @Test func readOnlyHasNoCommandsThatChangeSomething() {
        var state = DashboardState.sample(isReadOnly: true, calls: .varied)
        #expect(state.type(":reload<enter>") == [])
        #expect(state.text.contains("read-only"))
        state.type("<esc>:close<enter>")
        #expect(state.text.contains("\":close\" does nothing here; this dashboard is read-only"))
    }

    @Test func pastedTextGoesIntoTheCommand() {
        var state = DashboardState.sample(calls: .varied)
        state.type(":")
        state.receive(.paste("reload"))
        #expect(state.type("<enter>") == [.reload])
    }
}
