// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import TestSupport
import Testing

/// A dashboard that does not know the calls yet does not say that there are none.
@Suite struct ReadingCallsTests {
    private static func reading(_ keys: String, size: Size) -> DashboardState {
        var state = DashboardState.sample(size: size, isAttached: true, status: .countingToday)
        state.receive(.logChanged(.empty, isReading: true))
        state.type(keys)
        return state
    }

    /// What would only be true of a server without calls.
    private static let ofNone = [
        "no call", "no answers", "Waiting for calls", "Put a proxy", "today 1", "calls 0", "none ", "No override, note",
        " 0 ",
    ]

    @Test(
        arguments: [
            Row("the calls", "", "eading the calls"), Row("the lines", "<tab>", ""),
            Row("a line", "<tab><enter>", "eading the calls"),
            Row("a group", "<tab>j<enter>", "eading the calls"), Row("the statistics", "i", "eading the calls"),
            Row("the wall", "w", "eading the calls"), Row("the audit", "a", "Reading the audit."),
            Row("a search", "/+31", "eading the calls"), Row("an export", "e", "Writes all calls as"),
        ], Size.golden)
    func nothingIsSaidOfCallsThatAreStillRead(row: Row<String, String>, size: Size) {
        let state = Self.reading(row.input, size: size)
        #expect(row.expected.isEmpty || state.plain.contains(row.expected), "\(state.text)")
        for words in Self.ofNone { #expect(!state.text.contains(words), "\(words)\n\(state.text)") }
    }

    @Test(arguments: Size.golden)
    func whatArrivesIsShown(size: Size) {
        var state = Self.reading("", size: size)
        state.receive(.logChanged(EventLog.sample([]).snapshot()))
        #expect(state.text.contains("Waiting for calls"))
        state.receive(.logChanged(EventLog.sample(.varied).snapshot()))
        #expect(state.text.contains("+31612345678"))
    }

    @Test(arguments: [("i", "no answers yet"), ("w", "live now"), ("a", "No override")])
    func withoutCallsThePagesSaySo(keys: String, words: String) {
        var state = Self.reading(keys, size: Size(columns: 120, rows: 40))
        state.receive(.logChanged(EventLog.sample([]).snapshot()))
        #expect(state.text.contains(words))
    }
}
