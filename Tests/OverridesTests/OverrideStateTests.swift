// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport
import Testing

/// What a command does to the state.
@Suite struct OverrideStateTests {
    private static let anna = Operator(user: "anna")

    @Test func undoTakesBackTheLastChangeAndThenTheOneBefore() throws {
        var state = OverrideState()
        let surroundings = LineDirectory(lines: [])
        for text in ["One.", "Two."] {
            let command = OverrideCommand.begin(.closed(says: text), scopes: [.all], reason: "", until: .reopened)
            state = try state.carrying(out: command, by: Self.anna, at: .sample, among: surroundings).state
        }
        #expect(state.overrides.map(\.kind) == [.closed(says: "Two.")])
        state = try state.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings).state
        #expect(state.overrides.map(\.kind) == [.closed(says: "One.")])
        state = try state.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings).state
        #expect(state.overrides == [])
        #expect(throws: OverrideError.nothingToUndo) {
            try state.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings)
        }
    }
    @Test(
        arguments: [
            (.begin(.closed(says: "No."), scopes: [], reason: "", until: .reopened), .noScope),
            (.begin(.closed(says: " \n"), scopes: [.all], reason: "", until: .reopened), .emptyText),
            (
                .begin(.greeting(long(2001)), scopes: [.all], reason: "", until: .reopened),
                .textTooLong(limit: 2000)
            ),
            (
                .begin(.forcedOpen, scopes: [.all], reason: long(501), until: .reopened),
                .reasonTooLong(limit: 500)
            ),
            (.begin(.forcedOpen, scopes: [.all], reason: "", until: .lasting(seconds: 0)), .timeIsPast),
            (
                .begin(.forcedOpen, scopes: [.all], reason: "", until: .lasting(seconds: 366 * 86_400 + 1)),
                .tooLong(days: 366)
            ),
            (.begin(.forcedOpen, scopes: [.all], reason: "", until: .nextChange), .noChangeAhead),
            (
                .begin(.forcedOpen, scopes: [.group("x")], reason: "", until: .reopened),
                .unknownGroup("x", known: [])
            ),
            (.open([.all]), .nothingClosed([.all])), (.followHours([.all]), .nothingForced([.all])),
            (.clearGreeting([.all]), .noGreeting([.all])), (.end(id: 7), .noOverride(id: 7)),
            (.note(" "), .emptyNote), (.note(String(repeating: "x", count: 2001)), .textTooLong(limit: 2000)),
        ] as [(OverrideCommand, OverrideError)])
    func commandsThatCannotBeCarriedOutAreRefused(_ command: OverrideCommand, refusal: OverrideError) {
        #expect(throws: refusal) {
            try OverrideState().carrying(
                out: command, by: Self.anna, at: .sample, among: LineDirectory(lines: []))
        }
    }

    @Test func aNoteIsInTheAuditAndChangesNoOverride() throws {
        let close = OverrideCommand.begin(.closed(says: "Shut."), scopes: [.all], reason: "", until: .reopened)
        let lines = LineDirectory(lines: [])
        let closed = try OverrideState().carrying(out: close, by: Self.anna, at: .sample, among: lines)
        let noted = try closed.state.carrying(out: .note("Call at 23:00."), by: Self.anna, at: .sample, among: lines)
        #expect(noted.audit.map(\.content) == [.note("Call at 23:00.")])
        #expect(noted.audit.map(\.number) == [2])
        #expect(noted.state.overrides == closed.state.overrides)
        let undone = try noted.state.carrying(out: .undo, by: Self.anna, at: .sample, among: lines)
        #expect(undone.state.overrides.isEmpty)
    }

    @Test func whatIsJustShortEnoughIsCarriedOut() throws {
        let command = OverrideCommand.begin(
            .closed(says: Self.long(2000)), scopes: [.all], reason: Self.long(500),
            until: .lasting(seconds: 366 * 86_400))
        let step = try OverrideState().carrying(
            out: command, by: Self.anna, at: .sample, among: LineDirectory(lines: []))
        #expect(step.state.overrides.count == 1)
    }

    @Test("row 6: the next change of the hours is taken however far away it is")
    func aFarChangeOfTheHoursIsTaken() throws {
        let line = LineDirectory.Entry(number: "+31850835037", group: nil)
        let change = Instant.sample.advanced(bySeconds: 400 * 86_400)
        let lines = LineDirectory(lines: [line]) { _ in change }
        for scope in [Scope.all, .line(line.number)] {
            let command = OverrideCommand.begin(.closed(says: "Shut."), scopes: [scope], reason: "", until: .nextChange)
            let step = try OverrideState().carrying(out: command, by: Self.anna, at: .sample, among: lines)
            #expect(step.state.overrides.map(\.until) == [change])
        }
        let past = LineDirectory(lines: [line]) { _ in .sample }
        #expect(throws: OverrideError.timeIsPast) {
            try OverrideState().carrying(
                out: .begin(.forcedOpen, scopes: [.all], reason: "", until: .nextChange), by: Self.anna, at: .sample,
                among: past)
        }
    }

    private static func long(_ count: Int) -> String { String(repeating: "é", count: count) }
}
