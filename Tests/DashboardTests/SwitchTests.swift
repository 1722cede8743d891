// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Screen
import Testing
import TestSupport

@Suite struct SwitchTests {
    /// Keys at a desk, and what they ask for.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let keys: String
        let desk: DeskStatus
        let effects: [DashboardEffect]

        init(_ name: String, _ keys: String, desk: DeskStatus = .sample(), asks effects: [DashboardEffect]) {
            self.name = name
            self.keys = keys
            self.desk = desk
            self.effects = effects
        }

        var testDescription: String { name }
    }

    private static let first = "Sorry, we zijn op dit moment gesloten. Bel terug tijdens kantooruren."
    private static let second = "We are closed because of a fire drill. Please call back in an hour."
    private static let untold = DeskStatus.sample(closingTexts: [])
    private static let closed = DeskStatus.sample(closure: .closed())
    private static let byHours = DeskStatus.sample(lines: .sample(open: 1))

    @Test(arguments: [
        Example("close by its letter", "cy", asks: [.close(says: first)]),
        Example("close by the button", "c<tab><enter>", asks: [.close(says: first)]),
        Example("Enter alone never closes", "c<enter>", asks: []),
        Example("nor does Enter from the text", "c<s-tab>x<enter><enter>", asks: []),
        Example("Escape cancels", "c<esc>y", asks: []),
        Example("n cancels", "cny", asks: []),
        Example("the next text", "c<down>y", asks: [.close(says: second)]),
        Example("around the texts", "c<down><down>y", asks: [.close(says: first)]),
        Example("an edited text", "c<s-tab><^u>Tot morgen.<enter>y", asks: [.close(says: "Tot morgen.")]),
        Example("y is a letter while a text is typed", "c<s-tab>yyy", asks: []),
        Example("never an empty text", "c<tab>y", desk: untold, asks: []),
        Example("nor a blank one", "c   <enter>y", desk: untold, asks: []),
        Example(
            "a text that had to be typed", "cTot morgen.<enter>y", desk: untold, asks: [.close(says: "Tot morgen.")]),
        Example("open takes back a closure", "oy", desk: closed, asks: [.open]),
        Example("Enter alone never opens", "o<enter>", desk: closed, asks: []),
        Example("open skips the hours", "oy", desk: byHours, asks: [.open]),
        Example("open has nothing to do", "oy", asks: []),
        Example("a forced opening is taken back", "oy", desk: .sample(closure: .forcedOpen), asks: [.followHours]),
        Example("greet", "gGoedemiddag.<enter>y", asks: [.greet("Goedemiddag.")]),
        Example("greet by the button", "gHoi<tab><tab><enter>", asks: [.greet("Hoi")]),
        Example("Enter alone never greets", "gHoi<enter><enter>", asks: []),
        Example("never an empty greeting", "g<enter>y", asks: []),
        Example("clear a greeting", "gx", desk: .sample(greeting: .greeting("Hoi")), asks: [.clearGreeting]),
        Example("x clears nothing when nothing is forced", "gHoi<enter>x", asks: []),
    ])
    func keysAskFor(example: Example) {
        var state = DashboardState.sample(calls: .varied, desk: example.desk)
        #expect(state.type(example.keys) == example.effects)
    }

    @Test(arguments: ["cy", "oy", "gHoi<enter>y", "?cy", "<enter>cy"])
    func readOnlyThrowsNothing(keys: String) {
        var state = DashboardState.sample(isReadOnly: true, calls: .varied, desk: .sample(closure: .closed()))
        #expect(state.type(keys) == [])
        #expect(!state.text.contains("Cancel"))
    }

    @Test func theBarSaysPendingUntilTheDeskShowsTheClosure() {
        var state = DashboardState.sample(calls: .varied)
        state.type("cy")
        #expect(state.text.contains("PENDING close all lines"))
        state.receive(.desk(.sample()))
        #expect(state.text.contains("PENDING"))
        state.receive(.desk(.sample(closure: .closed())))
        #expect(!state.text.contains("PENDING"))
        #expect(state.text.contains("CLOSED all lines since 14:02 by maria"))
    }

    @Test func aSwitchThatFailsSaysWhyUntilAKeyIsPressed() {
        var state = DashboardState.sample(calls: .varied)
        state.type("gHoi<enter>y")
        state.receive(.deskFailed("the disk is full"))
        #expect(!state.text.contains("PENDING"))
        state.receive(.tick(.sample.advanced(bySeconds: 90_000)))
        #expect(state.text.contains("the disk is full"))
        state.type("j")
        #expect(!state.text.contains("the disk is full"))
    }

    @Test(arguments: ["", "?", "<enter>", "c", "o", "g", "e", "q", "<^z>", "/front", "<enter>2"])
    func theBarsStandOnEveryScreen(keys: String) {
        for size in [Size(columns: 50, rows: 10), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
            let desk = DeskStatus.sample(closure: .closed(), greeting: .greeting())
            var state = DashboardState.sample(size: size, calls: .varied, desk: desk)
            state.type(keys)
            #expect(state.text.contains("CLOSED all lines"))
            #expect(state.text.contains("FORCED GREETING all lines"))
        }
    }

    @Test func theCloseDialogNamesEveryLine() {
        var state = DashboardState.sample(calls: .varied)
        state.type("c")
        #expect(state.text.contains("All lines (4): HMS Sovereign Demo, Front desk, Billing,"))
    }
}
