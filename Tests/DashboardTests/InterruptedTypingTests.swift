// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

/// Whatever happens while somebody types, no letter of it becomes a command.
@Suite struct InterruptedTypingTests {
    private static let lost = DashboardMessage.contact(.lost(since: .sample))

    private static let oneLine = DashboardMessage.status(
        .sample(lines: Array([LineStatus].sample().prefix(1)), undo: .twoLines))
    private static let oneOfTheGroup = DashboardMessage.status(
        .sample(lines: Array([LineStatus].sample().prefix(2)), undo: .twoLines))

    /// What is typed, what comes in between and the rest, and what the screen shows then.
    static let interruptions: [Row<(String, DashboardMessage, String), String>] = [
        Row("the word, and no contact", ("ccl", lost, "ose<enter>"), "close"),
        Row("a reason, and no contact", ("crstorm, ", lost, "quarter closed"), "storm, quarter closed"),
        Row("an undo, and no contact", ("uund", lost, "o<enter>"), "undo"),
        Row("a question, and no contact", ("x<tab><^u>", lost, "quiet<enter>"), "quiet"),
        Row("a test call, and no contact", ("t<tab><^u>", lost, "quiet<enter>y"), "quiet"),
        Row("the word, and one line is left", ("ccl", oneLine, "oney"), "y: Close 1 line"),
        Row("the word of an undo of one line", ("uun", oneOfTheGroup, "doy"), "Undoes: closed group amsterdam"),
    ]

    @Test(arguments: interruptions)
    func nothingThatIsTypedIsACommand(_ row: Row<(String, DashboardMessage, String), String>) {
        var state = DashboardState.sample(calls: .varied, status: .sample(undo: .twoLines))
        state.type(row.input.0)
        state.receive(row.input.1)
        #expect(state.type(row.input.2) == [], "\(state.text)")
        #expect(state.text.contains("Cancel") && state.text.contains(row.expected), "\(state.text)")
    }

    @Test func aDialogWaitsForContactAndWorksThen() throws {
        var state = DashboardState.sample(calls: .varied)
        state.type("crstorm")
        state.receive(Self.lost)
        #expect(state.text.contains("no contact with the server: not possible now"))
        let grid = state.view()
        let row = try #require(state.screen.firstIndex { $0.contains("y: Close") })
        #expect(!grid.cells(inRow: row).contains { $0.role == .danger })
        #expect(state.type(" at sea<enter><tab>close<enter>").isEmpty)
        #expect(state.text.contains("storm at sea"))
        state.receive(.contact(.regained(isOtherRun: false)))
        #expect(!state.text.contains("no contact with the server"))
        guard case .request(.override(.begin(_, let scopes, let reason, _)))? = state.type("<enter>").last else {
            Issue.record("\(state.text)")
            return
        }
        #expect(scopes == [.all] && reason == "storm at sea")
    }

    @Test func aGreetingIsNotClearedWithoutContact() {
        var state = DashboardState.sample(calls: .varied, status: .sample(greeting: .greeting()))
        state.type("g")
        state.receive(Self.lost)
        #expect(state.type("x").isEmpty)
        #expect(state.text.contains("Cancel"))
    }

    @Test("the rest is lost until a key that is no text", arguments: ["<enter>", "<tab>", "<down>"])
    func theRestGoesNowhere(key: String) {
        var state = DashboardState.sample(calls: .varied)
        state.type("ccl")
        state.receive(.status(.sample(lines: Array([LineStatus].sample().prefix(1)))))
        #expect(state.type("ony<bs><left>").isEmpty)
        #expect(state.text.contains("the field you were typing in is gone"))
        state.type(key)
        #expect(!state.text.contains("the field you were typing in is gone"))
        state.type("<esc>")
        #expect(!state.text.contains("Cancel"))
    }

    @Test(arguments: ["cr", ":", ";", "/", "f", "T"])
    func aQuestionAboutAFileDoesNotTakeTheKeys(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.themes(.offered))
        state.type("e<enter>\(keys)")
        state.receive(.exported(.exists(path: "calls.jsonl")))
        #expect(state.text.contains("calls.jsonl exists: nothing was written"))
        #expect(state.type("y").isEmpty)
        #expect(!state.text.contains("overwrite? y/N"))
    }

    @Test func anotherMomentLeavesASearchThatIsBeingTyped() {
        var state = DashboardState.sample(showing: .sample())
        state.type("/31")
        state.receive(.recordMoved(.sample(at: 700)))
        #expect(state.type("q").isEmpty)
        #expect(state.text.contains("/31q"))
        state.type("<bs>")
        #expect(state.text.contains("match"))
    }
}
