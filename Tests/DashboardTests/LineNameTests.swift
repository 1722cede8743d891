// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// A phone line has its name in what the server says, too.
@Suite struct LineNameTests {
    private static let front: Scope = .line("+31201234567")
    private static let closing = Override.closed(says: "We are closed.", scope: front)

    private static func state(undo: ServerStatus.Undo? = nil) -> DashboardState {
        .sample(size: Size(columns: 160, rows: 30), isAttached: true, calls: .varied, status: .sample(undo: undo))
    }

    private static let messages: [Row<DashboardMessage, String>] = [
        Row(
            "a result", .overrideResult(.done(OverrideResult(words: "closed line +31201234567", begun: [], ended: []))),
            "closed line Front desk"),
        Row(
            "a result of several",
            .overrideResult(
                .done(
                    OverrideResult(
                        words: "lifted the closure of line +31201234567 and line +31201234568", begun: [], ended: []))),
            "lifted the closure of line Front desk and line Billing"),
        Row(
            "a refusal", .overrideResult(.refused("no forced greeting on line +31201234567")),
            "no forced greeting on line Front desk"),
        Row(
            "a line that is gone", .overrideResult(.refused("no forced greeting on line +31209999999")),
            "no forced greeting on line +31209999999"),
        Row(
            "quoted words", .overrideResult(.refused("callers hear \"Call line +31201234567.\"")),
            "callers hear \"Call line +31201234567.\""),
        Row(
            "what a colleague did", .logChanged(.desk(news: [.change(.begun, closing, by: .anna, at: 620)])),
            "anna closed line Front desk"),
        Row(
            "a note", .logChanged(.desk(news: [.note("See line +31201234567.", by: .anna, at: 620)])),
            "See line +31201234567."),
    ]

    @Test(arguments: messages)
    func aMessageHasIt(row: Row<DashboardMessage, String>) {
        var state = Self.state()
        state.receive(row.input)
        #expect(state.text.contains(row.expected), "\(state.text)")
        state.type("!")
        #expect(state.plain.contains(row.expected), "\(state.text)")
    }

    @Test func soDoUndoAndWhatIsPending() {
        var state = Self.state(undo: .narrow)
        state.type("u")
        #expect(state.text.contains("Undoes: closed line Front desk."))
        state.type("y")
        #expect(state.text.contains("PENDING undo: closed line Front desk"))
    }
}
