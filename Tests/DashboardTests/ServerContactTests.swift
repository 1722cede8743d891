// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Overrides
import Screen
import TestSupport
import Testing

/// An attached dashboard whose server cannot be reached says so everywhere and promises nothing.
@Suite struct ServerContactTests {
    /// 14:05:00 in Amsterdam, when the server was last heard.
    private static let heard = Instant.sample.advanced(bySeconds: 300)
    private static let sizes = [(50, 10), (80, 24), (120, 40), (200, 50)].map { Size(columns: $0.0, rows: $0.1) }

    private static func lost(_ size: Size = Size(columns: 80, rows: 24), keys: String = "") -> DashboardState {
        var state = DashboardState.sample(
            size: size, calls: .varied,
            status: .sample(closure: .closed(reason: "storm", until: .sample.advanced(bySeconds: 7000))))
        state.receive(.tick(heard))
        state.type(keys)
        state.receive(.contact(.lost(since: heard)))
        return state
    }

    @Test(
        "row 1: the header and a bar say it in every size", arguments: sizes, ["", "<tab>", "<enter>", "!", "?", "a"])
    func itIsOnEveryScreen(_ size: Size, _ keys: String) {
        let state = Self.lost(size, keys: keys)
        #expect(state.screen[0].contains("NO CONTACT since 14:05:00"))
        // What it means for callers is there in any case.
        let words = size.columns < 60 ? "if down, callers reach the default assistant" : "not reachable from here"
        #expect(state.screen[2].contains(words))
        let grid = state.view()
        #expect(grid.cells(inRow: 0).contains { $0.role == .alertBar })
        #expect(grid.cells(inRow: 2).contains { $0.role == .alertBar })
    }

    @Test("row 1: what the server said is dimmed", arguments: sizes, ["", "<tab>", "<enter>", "a"])
    func everythingElseIsDimmed(_ size: Size, _ keys: String) {
        let state = Self.lost(size, keys: keys)
        let grid = state.view()
        // The bar may take two rows, the status bar and the keys are the dashboard's own.
        for row in 1..<(size.rows >= 16 ? size.rows - 2 : size.rows - 1) {
            let roles = Set(grid.cells(inRow: row).map(\.role)).subtracting([.muted])
            #expect(roles.isEmpty || (roles == [.alertBar] && (2...3).contains(row)), "row \(row): \(roles)")
        }
        #expect(state.screen[0].contains("NO CONTACT since 14:05:00  as of then: ") || size.columns < 80)
    }

    @Test(
        "row 1: c o g u, :reload and :note are refused at once",
        arguments: ["c", "o", "g", "u", ":reload<enter>", ":note call them<enter>"])
    func nothingCanBeChanged(_ keys: String) {
        var state = Self.lost()
        #expect(state.type(keys).isEmpty)
        #expect(state.text.contains("NO CONTACT since 14:05:00: nothing can be changed from here"))
        #expect(!state.text.contains("Cancel"))
    }

    @Test("row 1: an open dialog cannot be confirmed", arguments: sizes, ["c", "o", "g", "c<tab>close", "x", "t"])
    func aDialogChangesNothing(_ size: Size, _ keys: String) {
        var state = Self.lost(size, keys: keys)
        #expect(state.text.contains("no contact with the server: not possible now"), "\(state.text)")
        #expect(state.text.contains("Cancel"))
        #expect(state.type("<enter><tab>y").isEmpty)
    }

    @Test func keysThatWouldChangeSomethingAreNotHinted() {
        #expect(!Self.lost().text.contains("c close"))
    }

    @Test func timeStandsStillInWhatIsShown() {
        var state = Self.lost()
        let before = state.screen[1...].prefix { !$0.contains("c close") }
        state.receive(.tick(Self.heard.advanced(bySeconds: 7200)))
        #expect(Array(state.screen[1...20]) == Array(before.prefix(20)))
        #expect(state.text.contains("CLOSED all lines"), "its end came after the loss: nobody knows")
    }

    @Test func thePastDayIsNamed() {
        var state = Self.lost()
        state.receive(.tick(Self.heard.advanced(bySeconds: 86_400)))
        #expect(state.screen[0].contains("NO CONTACT since 2026-07-01 14:05:00"))
    }

    @Test(arguments: [
        (false, "in contact with the server again after 90 s"),
        (true, "in contact with the server again after 90 s; the server was restarted"),
    ])
    func itSaysWhenContactIsThereAgain(_ isOtherRun: Bool, _ words: String) {
        var state = Self.lost()
        state.receive(.tick(Self.heard.advanced(bySeconds: 90)))
        state.receive(.contact(.regained(isOtherRun: isOtherRun)))
        #expect(!state.text.contains("NO CONTACT"))
        #expect(state.text.contains(words))
        state.type("c")
        #expect(state.text.contains("Cancel"))
    }
}
