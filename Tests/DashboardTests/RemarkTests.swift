// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import EventLog
import Overrides
import Screen
import TestSupport
import Testing

extension [CallSample] {
    /// Calls of which some are marked and some have notes.
    static let marked: [CallSample] = varied.map { call in
        switch call.id {
        case "c-12": call.with(\.remarks, [.mark])
        case "c-10": call.with(\.remarks, [.note("The caller was cut off; call back.")])
        case "c-08": call.with(\.remarks, [.mark, .note("Ask for the order number."), .note("Done.")])
        default: call
        }
    }
}

/// Marks and notes on calls.
@Suite struct RemarkTests {
    struct Remarked: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let keys: String
        let change: RemarkChange
        let call: String

        init(_ name: String, _ keys: String, _ change: RemarkChange, _ call: String) {
            testDescription = name
            self.keys = keys
            self.change = change
            self.call = call
        }
    }

    @Test(
        "m and ; are for the selected or the open call",
        arguments: [
            Remarked("the selected call", "m", .mark, "c-12"), Remarked("an older one", "jm", .mark, "c-11"),
            Remarked("the open call", "j<enter>m", .mark, "c-11"),
            Remarked("a note", "jj;Call back  <enter>", .note("Call back"), "c-10"),
            Remarked("a note on the open call", "jj<enter>;x<enter>", .note("x"), "c-10"),
            Remarked("the command", "j:mark<enter>", .mark, "c-11"),
        ])
    func areSent(row: Remarked) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(row.keys) == [.request(.override(.remark(row.change, on: CallID(row.call))))])
        #expect(state.text.contains("PENDING"))
    }

    /// What was typed is not lost; the server would refuse it.
    @Test func aNoteThatIsTooLongStaysInItsPrompt() {
        var state = DashboardState.sample(calls: .varied)
        state.type(";")
        state.receive(.paste(String(repeating: "x", count: 2001)))
        #expect(state.type("<enter>") == [])
        #expect(state.text.contains("a note has at most 2 000 characters, this one 2 001"))
        let note = RemarkChange.note(String(repeating: "x", count: 2000))
        #expect(state.type("<bs><enter>") == [.request(.override(.remark(note, on: CallID("c-12"))))])
    }

    @Test func aMarkedCallLosesItsMark() {
        var state = DashboardState.sample(calls: .marked)
        #expect(state.type("m") == [.request(.override(.remark(.unmark, on: CallID("c-12"))))])
    }

    @Test func theMarginShowsMarksAndNotes() {
        let state = DashboardState.sample(calls: .marked)
        let signs = state.screen.dropFirst(4).prefix(5).map { String($0.dropFirst().prefix(1)) }
        #expect(signs == ["★", " ", "¶", " ", "★"])
    }

    @Test func theOpenCallShowsWhoSaidWhatAndWhen() {
        var state = DashboardState.sample(size: Size(columns: 100, rows: 30), calls: .marked)
        state.type("jjjj<enter>")
        #expect(state.text.contains("★ marked by anna, 2026-07-01 14:09:30"))
        #expect(state.plain.contains("¶ note of anna, 2026-07-01 14:09:30: Ask for the order number. ¶ note of"))
    }

    @Test func aNoteIsWrittenOnTheCallOnWhichItWasBegun() {
        var state = DashboardState.sample(calls: .many(5))
        state.type(";late")
        state.receive(.logChanged(EventLog.sample(.many(9)).snapshot()))
        #expect(state.type("<enter>") == [.request(.override(.remark(.note("late"), on: CallID("m-4"))))])
        #expect(state.selectedCaller == "+31600000004")
    }

    @Test(arguments: [";<esc>", ";abc<esc>", ";<enter>", ";  <enter>", ";<bs>"])
    func nothingIsWritten(keys: String) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(keys).isEmpty)
        #expect(!state.text.contains("note on this call"))
    }

    @Test(arguments: ["m", ";", ";1<enter>", "<enter>m"])
    func aReadOnlyDashboardChangesNothing(keys: String) {
        var state = DashboardState.sample(isReadOnly: true, calls: .varied)
        #expect(state.type(keys).isEmpty)
        #expect(state.text.contains("read-only: calls cannot be marked") || keys.count > 2)
        state.type("<esc><esc>?")
        #expect(!state.text.contains("mark the call"))
    }

    @Test func aNoteIsPastedAndNotRun() {
        var state = DashboardState.sample(calls: .varied)
        state.type(";")
        state.receive(.paste("one\ntwo"))
        #expect(state.type("<enter>") == [.request(.override(.remark(.note("one two"), on: CallID("c-12"))))])
    }

    @Test func withoutContactNothingIsSent() {
        var state = DashboardState.sample(calls: .varied)
        state.receive(.contact(.lost(since: .sample)))
        #expect(state.type("m").isEmpty)
        #expect(state.text.contains("nothing can be changed from here"))
    }

    @Test func withoutCallsThereIsNothingToMark() {
        var state = DashboardState.sample(calls: [])
        #expect(state.type("m;").isEmpty)
        #expect(state.text.contains("no call is selected"))
    }

    private static let done = DashboardMessage.overrideResult(
        .done(OverrideResult(words: "marked call c-12", begun: [], ended: [])))
    private static let mark = DashboardEffect.request(.override(.remark(.mark, on: CallID("c-12"))))
    private static let unmark = DashboardEffect.request(.override(.remark(.unmark, on: CallID("c-12"))))

    @Test(
        "m pressed again before the server has answered waits for it, and then does what it says",
        arguments: [
            Row("once", "m", []), Row("twice", "mm", [unmark]), Row("three times", "mmm", []),
            Row("with another call between", "mjmkm", [unmark]),
        ])
    func theSecondPressFollowsTheFirst(row: Row<String, [DashboardEffect]>) {
        var state = DashboardState.sample(calls: .varied)
        #expect(state.type(row.input).filter { [Self.mark, Self.unmark].contains($0) } == [Self.mark])
        #expect(state.update(with: Self.done) == row.expected)
    }

    @Test func afterTheAnswerTheKeyDoesNotWaitForTheLog() {
        var state = DashboardState.sample(calls: .varied)
        state.type("m")
        state.receive(Self.done)
        #expect(state.type("m") == [Self.unmark])
    }

    @Test func whatTheLogShowsCountsAgain() {
        var state = DashboardState.sample(calls: .varied)
        state.type("m")
        state.receive(Self.done)
        let log = EventLog.sample(.varied)
        _ = log.remark(.mark, on: CallID("c-12"), by: "maria", at: .sample)
        state.receive(.logChanged(log.snapshot()))
        _ = log.remark(.unmark, on: CallID("c-12"), by: "anna", at: .sample)
        state.receive(.logChanged(log.snapshot()))
        #expect(state.type("m") == [Self.mark])
    }

    @Test func aMarkThatIsRefusedIsNotTakenBack() {
        var state = DashboardState.sample(calls: .varied)
        state.type("mm")
        #expect(state.update(with: .overrideResult(.refused("the disk is full"))).isEmpty)
        #expect(state.type("m") == [Self.mark])
    }

    @Test func aMarkThatWaitedClosesNoDialog() {
        var state = DashboardState.sample(calls: .varied)
        state.type("mmc")
        #expect(state.update(with: Self.done) == [Self.unmark])
        #expect(state.text.contains("Close all lines"))
    }

    @Test(
        "; then Up rewrites one's own newest note, or removes it",
        arguments: [
            Row("as it is", ";<up><enter>", []), Row("emptied", ";<up><^u><enter>", [.rewriteNote(nil)]),
            Row("another text", ";<up> Twice.<enter>", [.rewriteNote("Done. Twice.")]),
            Row("a new one after all", ";<up><down>New<enter>", [.note("New")]), Row("left", ";<up>x<esc>", []),
        ] as [Row<String, [RemarkChange]>])
    func ownNotesAreRewritten(row: Row<String, [RemarkChange]>) {
        var state = DashboardState.sample(operatorHere: Operator(user: "anna"), calls: .marked)
        let effects = state.type("jjjj" + row.input)
        #expect(effects == row.expected.map { .request(.override(.remark($0, on: CallID("c-08")))) })
    }

    @Test(arguments: [
        ("anna", ";", "Up: your last note"), ("anna", ";<up>", "^U empties it, Enter then removes it"),
        ("anna", ";<up><^u>", "Enter: remove your note"), ("anna", ";<up>x", "Enter: rewrite your note"),
        ("maria", ";<up>", "note on this call as maria (Enter: write it)"),
    ])
    func thePromptSaysWhatEnterDoes(name: String, keys: String, words: String) {
        var state = DashboardState.sample(
            size: Size(columns: 120, rows: 30), operatorHere: Operator(user: name), calls: .marked)
        state.type("jjjj" + keys)
        #expect(state.text.contains(words))
    }
}
