// SPDX-License-Identifier: Apache-2.0

import JSON
import Overrides
import Calls
import Dashboard
import Screen
import Testing
import TestSupport

/// What the dialogs say while they are filled in.
@Suite struct DialogTests {
    @Test(arguments: [
        ("c", "New callers of all 4 lines are rejected and hear \"Sorry, we"), ("c", "until 17:30."),
        ("c", "All lines (4): HMS Sovereign Demo, Front desk, Billing, Press."), ("c", "17:30 (next change)"),
        ("c", "< all lines >"), ("cl<right><right>", "New callers of 2 lines are rejected"),
        ("cl<right><right>", "Group amsterdam (2): Front desk, Billing."), ("clpress", "found by \"press\""),
        ("clpress", "New callers of Press are rejected"), ("ck<right>", "hear the assistant announce \"Sorry"),
        ("cu<right>", "14:16 (15 min)"), ("cu17:00", "until 17:00."), ("cu1", "until the time you type."),
        ("cu9:00", "until thu 09:00."), ("cu1<enter>y", "type a time such as 17:30"),
        ("cu<left>", "until an operator reopens."), ("cy", "more than one line: type CLOSE, then Enter"),
        ("c<tab>clos<enter>", "more than one line: type CLOSE, then Enter"),
        ("cu<left><enter>yclose<enter>", "No end: it stays in force until an operator reopens. y/N"),
        ("gHoi", "Accepted callers of all 4 lines are greeted with \"Hoi\" until 17:30."),
        ("gHi {{contact.name}}", "Callers hear {{...}} literally; placeholders are not filled in overrides."),
        ("ct<^u>{{x}}", "Callers hear {{...}} literally"),
        ("g<enter>y", "type the text that callers hear"), ("ct", "text 1 of 2"),
    ])
    func theDialogSays(keys: String, words: String) {
        var state = DashboardState.sample(size: Size(columns: 80, rows: 30), calls: [CallSample("c-1")])
        state.type(keys)
        #expect(state.plain.contains(words), "\(state.text)")
    }

    @Test(arguments: [
        (ServerStatus.sample(), nil), (.sample(lines: .sample(open: 0)), "All closed: callers do not hear it."),
        (.sample(lines: .sample(open: 1)), "3 of 4 closed: their callers do not hear it."),
        (.sample(closure: .forcedOpen), nil),
    ])
    func theGreetingSaysWhoDoesNotHearIt(status: ServerStatus, words: String?) {
        for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)] {
            var state = DashboardState.sample(size: size, calls: .varied, status: status)
            state.type("g")
            #expect(state.text.contains("not hear it") == (words != nil))
            if let words { #expect(state.text.contains(words)) }
        }
    }

    @Test func theButtonsAndTheFocusedFieldFitTheSmallestScreen() {
        let overrides = (1...9).map { Override.closed(scope: .group("g\($0)"), id: $0) }
        let status = ServerStatus.sample(closure: .closed(), overrides: overrides, warnings: ["The disk is full."])
        for (keys, label) in [
            ("c", "Lines"), ("cl", "Lines"), ("ck", "Kind"), ("ct", "Text"), ("cu", "Until"), ("cu1", "At"),
            ("cr", "Reason"), ("c<tab>", "CLOSE:"), ("o", "Open"), ("g", "Greet"),
        ] {
            var state = DashboardState.sample(size: Size(columns: 50, rows: 10), calls: .varied, status: status)
            state.type(keys)
            #expect(state.text.contains("n: Cancel") || state.text.contains("n Cancel"), "\(keys)\n\(state.text)")
            #expect(state.text.contains(label), "\(keys)\n\(state.text)")
            #expect(state.screen.filter { $0.contains("│") }.count == 3)
        }
    }

    @Test func keyBarAndDialogSayTheSameOfEnter() {
        var state = DashboardState.sample(calls: .varied)
        state.type("g")
        #expect(state.text.contains("Enter: to the buttons"))
        #expect(state.screen[23].contains("Enter to the buttons"))
        state.type("Hoi<enter>")
        #expect(state.screen[23].contains("Enter press"))
        #expect(!state.text.contains("to the buttons"))
        state.type("<tab>")
        #expect(state.screen[23].contains("Enter confirm"))
        state.type("<esc>e")
        #expect(state.screen[23].contains("Enter export"))
    }

    @Test(arguments: [
        ("uy", ServerStatus.Undo.closing, [DashboardEffect]()), ("uyundo<enter>", .closing, [.undo]),
        ("u<tab>UNDO<enter>", .closing, [.undo]), ("uy", .narrow, [.undo]), ("u<enter>", .narrow, []),
        ("uy", .twoLines, []), ("uyundo<enter>", .twoLines, [.undo]), (":undo<enter>y", .narrow, [.undo]),
        ("u", nil, []),
    ])
    func undoAsksFor(keys: String, undo: ServerStatus.Undo?, effects: [DashboardEffect]) {
        var state = DashboardState.sample(calls: .varied, status: .sample(undo: undo))
        #expect(state.type(keys) == effects)
    }

    @Test func undoNeverTakesBackWhatItDidNotName() {
        var state = DashboardState.sample(calls: .varied, status: .sample(undo: .narrow))
        state.type("u")
        #expect(state.text.contains("Undoes: closed line Front desk."))
        state.receive(.status(.sample(undo: .closing)))
        #expect(state.type("y") == [])
        #expect(state.text.contains("Undoes: closed all lines."))
        #expect(state.text.contains("another change came in between: look again"))
        state.receive(.status(.sample(undo: nil)))
        #expect(state.type("y") == [])
        #expect(state.text.contains("nothing left to undo"))
    }

    /// What undoing ends and brings back, and what the dialog says.
    @Test(arguments: [
        (
            "a closure", ServerStatus.Undo.Effect(ended: [.closed()], restored: []),
            ["Ends the closure of all lines.", "All 4 lines are open then."]
        ),
        (
            "an opening", .init(ended: [], restored: [.closed(scope: .group("amsterdam"))]),
            ["In force again: the closure of group amsterdam (until reopened).", "0 of 2 open then;"]
        ),
        (
            "what it replaced comes back", .init(ended: [.closed(id: 2)], restored: [.sample(.forcedOpen, id: 1)]),
            ["Ends the closure of all lines.", "In force again: the forced opening of all lines (until removed)."]
        ),
        (
            "a greeting", .init(ended: [.sample(.greeting("Hoi"), .line("+31201234567"))], restored: []),
            ["Ends the forced greeting of line Front desk."]
        ),
    ])
    func undoSaysWhatItDoes(_ name: String, _ effect: ServerStatus.Undo.Effect, _ words: [String]) {
        var status = ServerStatus.sample(overrides: effect.ended)
        status.undo = ServerStatus.Undo(words: "something", scopes: [.all], effect: effect)
        var state = DashboardState.sample(calls: .varied, status: status)
        state.type("u")
        for sentence in words { #expect(state.plain.contains(sentence), "\(name): \(state.text)") }
    }

    @Test func aClosureSaysWhatItReplaces() {
        for (closure, words) in [
            (Override.closed(), "Replaces the closure of all lines (until reopened)."),
            (.forcedOpen, "Replaces the forced opening of all lines (until removed)."),
        ] {
            var state = DashboardState.sample(
                size: Size(columns: 80, rows: 30), calls: .varied, status: .sample(closure: closure))
            state.type("c")
            #expect(state.plain.contains(words), "\(state.text)")
        }
    }

    /// Keys on the smallest screen, and what the only row of the dialog still says.
    @Test(
        "row 20: who is let in, and where nobody hears it, is in the smallest dialog, too",
        arguments: [
            ("c", ServerStatus.sample(), "(except rule vip)"),
            (
                "ck<right><enter>", .sample(closure: .closed(scope: .group("amsterdam"))),
                "(rejected on 2) (except rule vip)"
            ),
            ("gHoi<enter>", .sample(lines: .sample(open: 1)), "(3 of 4 closed)"),
            ("gHoi<enter>", .sample(closure: .closed()), "(closed: not heard)"),
        ])
    func theSmallestDialogSaysWhatLimitsIt(_ keys: String, _ status: ServerStatus, _ words: String) {
        var status = status
        status.bypasses = [BypassRule(rule: "vip", callers: "3 numbers", lines: nil)]
        var state = DashboardState.sample(size: Size(columns: 50, rows: 10), calls: .varied, status: status)
        state.type(keys)
        // In full, or in one pair of brackets where there is less room.
        let brief = words.replacing(") (", with: ", ")
        #expect(state.plain.contains(words) || state.plain.contains(brief), "\(state.text)")
    }
}
