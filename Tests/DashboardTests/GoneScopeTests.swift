// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// A line or group that leaves the rules file while something is about to be set for it: nothing is set for any other.
@Suite struct GoneScopeTests {
    private static let lines = [LineStatus].sample()

    private static func without(_ isGone: (LineStatus) -> Bool) -> DashboardMessage {
        .status(.sample(lines: lines.filter { !isGone($0) }))
    }

    private static let press = without { $0.name == "Press" }
    private static let amsterdam = without { $0.group == "amsterdam" }

    static let dialogs: [Row<(String, DashboardMessage), String>] = [
        Row("close", ("<tab><end>c", press), "Line Press is no longer in the rules file."),
        Row("greet", ("<tab><end>gHoi<enter>", press), "Line Press is no longer in the rules file."),
        Row("open", ("<tab><end>o", press), "Line Press is no longer in the rules file."),
        Row("of a page", ("<tab><end><enter>c", press), "Line Press is no longer in the rules file."),
        Row("a group", ("cl<right><right><enter>", amsterdam), "Group amsterdam is no longer in the rules file."),
    ]

    @Test(arguments: dialogs, Size.golden)
    func theDialogSaysSoAndCannotBeConfirmed(_ row: Row<(String, DashboardMessage), String>, _ size: Size) {
        let status = ServerStatus.sample(overrides: [.closed(scope: .line("+31701234569"), id: 7)])
        var state = DashboardState.sample(size: size, calls: .varied, status: status)
        state.type(row.input.0)
        state.receive(row.input.1)
        #expect(state.plain.contains(row.expected), "\(state.text)")
        #expect(!state.plain.contains("every number") && !state.plain.contains("y: "), "\(state.text)")
        #expect(state.type("yclose<enter>").isEmpty)
    }

    @Test func otherLinesCanBeChosenInstead() {
        var state = DashboardState.sample(calls: .varied)
        state.type("<tab><end>c")
        state.receive(Self.press)
        state.type("l<left>")
        #expect(state.text.contains("Close line Billing"))
        state.type("<right>")
        #expect(state.text.contains("Close all lines"))
    }

    @Test func itWorksOnceTheLineIsBack() {
        var state = DashboardState.sample(calls: .varied)
        state.type("<tab><end>c")
        state.receive(Self.press)
        state.receive(.status(.sample()))
        #expect(state.text.contains("y: Close 1 line"))
        #expect(state.type("y").count == 1)
    }

    @Test(arguments: [
        ("<tab><end><enter>", press, "+31701234569 is no longer a line of the rules file."),
        ("<tab><down><enter>", amsterdam, "amsterdam is no longer a group of the rules file."),
    ])
    func itsPageOffersNoChange(keys: String, gone: DashboardMessage, words: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type(keys)
        state.receive(gone)
        #expect(state.text.contains(words))
        #expect(!state.text.contains("c close"))
        for key in ["c", "o", "g"] {
            #expect(state.type(key).isEmpty)
            #expect(!state.text.contains("Cancel"))
        }
    }

    @Test func anUndoPromisesNothingForALineThatIsGone() {
        let effect = ServerStatus.Undo.Effect(
            ended: [.closed(scope: .line("+31701234569"), id: 7)], restored: [], callers: .none)
        let undo = ServerStatus.Undo(words: "closed line Press", scopes: [.line("+31701234569")], effect: effect)
        var state = DashboardState.sample(
            calls: .varied, status: .sample(lines: Self.lines.filter { $0.name != "Press" }, undo: undo))
        state.type("u")
        #expect(state.plain.contains("Undoes: closed line Press."))
        #expect(!state.plain.contains("every number"))
    }
}
