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
        Example("open skips the hours", "oy", desk: byHours, asks: [.skipHours]),
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
        #expect(state.text.contains("CLOSED all lines: \"Sorry, we zijn op dit moment gesloten."))
        #expect(state.text.contains("since 14:02, maria"))
    }

    /// A size, and what of a long closing text the bar must still show beside who closed and since when.
    struct BarExample: Sendable {
        let size: Size
        let rows: [String]
    }

    @Test(arguments: [
        BarExample(
            size: Size(columns: 80, rows: 19),
            rows: [#" CLOSED all lines: "Sorry, we zijn op dit moment gesloten.…" since 14:02, maria"#]),
        BarExample(
            size: Size(columns: 80, rows: 20),
            rows: [
                #" CLOSED all lines: "Sorry, we zijn op dit moment gesloten. Bel terug tijdens"#,
                #" kantooruren." since 14:02, maria"#,
            ]),
        BarExample(
            size: Size(columns: 50, rows: 10), rows: [#" CLOSED all lines: "Sorry, we zijn op dit momen…""#]),
    ])
    func theBarCutsTheWordsOfCallersLast(example: BarExample) {
        let state = DashboardState.sample(size: example.size, calls: .varied, desk: Self.closed)
        #expect(Array(state.screen[2..<2 + example.rows.count]) == example.rows)
    }

    @Test func aTextOfAnyLengthTakesNoMoreThanTwoRows() {
        for words in [String(repeating: "lang ", count: 190), String(repeating: "x", count: 900), "東京 \u{202E}"] {
            let desk = DeskStatus.sample(closure: .closed(says: words), greeting: .greeting(words))
            for size in [Size(columns: 50, rows: 24), Size(columns: 80, rows: 24), Size(columns: 80, rows: 10)] {
                let grid = DashboardState.sample(size: size, calls: .varied, desk: desk).view()
                let bars = (0..<size.rows).filter { [.closed, .forced].contains(grid[$0, 0].role) }
                #expect((2...4).contains(bars.count))
                #expect(size.rows >= 20 || bars.count == 2)
            }
        }
    }

    @Test(arguments: [
        (DeskStatus.sample(), nil), (closed, "All closed: rejected callers do not hear it."),
        (.sample(lines: .sample(open: 0)), "All closed: rejected callers do not hear it."),
        (byHours, "3 of 4 closed: their callers do not hear it."),
        (.sample(closure: .forcedOpen), nil),
    ])
    func theGreetingSaysWhoDoesNotHearIt(desk: DeskStatus, words: String?) {
        for size in [Size(columns: 80, rows: 24), Size(columns: 50, rows: 10)] {
            var state = DashboardState.sample(size: size, calls: .varied, desk: desk)
            state.type("g")
            #expect(state.text.contains("do not hear it") == (words != nil))
            if let words { #expect(state.text.contains(words)) }
        }
    }

    @Test(arguments: [(0, Role.closed), (1, .alertBar), (3, .alertBar), (4, .open)])
    func aClosedLineIsNeverPaintedAsOpen(open: Int, role: Role) {
        let grid = DashboardState.sample(desk: .sample(lines: .sample(open: open))).view()
        let standing: [Role] = [.open, .closed, .forced, .alertBar]
        #expect(grid.cells(inRow: 0).map(\.role).first { standing.contains($0) } == role)
    }

    @Test func keyBarAndDialogSayTheSameOfEnter() {
        var state = DashboardState.sample(calls: .varied)
        state.type("g")
        #expect(state.text.contains("Enter: to the buttons"))
        #expect(state.screen[23].contains("Enter to the buttons"))
        state.type("Hoi<enter>")
        #expect(state.screen[23].contains("Enter press"))
        #expect(!state.text.contains("to the buttons"))
        state.type("<esc>e")
        #expect(state.screen[23].contains("Enter export"))
    }

    @Test func aSwitchThatFailsSaysWhyUntilAKeyIsPressed() {
        var state = DashboardState.sample(calls: .varied)
        state.type("gHoi<enter>y")
        state.receive(.ordered(.refused("the disk is full")))
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
