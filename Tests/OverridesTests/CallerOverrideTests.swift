// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport
import Testing

/// What commands do to the overrides on callers.
@Suite struct CallerOverrideTests {
    private static let anna = Operator(user: "anna")
    private static let one: PhoneNumber = "+31612345678"
    private static let two: PhoneNumber = "+4930123456"

    private static func block(_ callers: PhoneNumber..., text: String = "No.", until: Until = .reopened)
        -> OverrideCommand
    {
        .beginOnCallers(.blocked(says: text), callers: callers, reason: "prank", until: until)
    }

    private static func allow(_ callers: PhoneNumber...) -> OverrideCommand {
        .beginOnCallers(.allowed, callers: callers, reason: "", until: .lasting(seconds: 3600))
    }

    private static func carry(
        _ commands: OverrideCommand..., from state: OverrideState = OverrideState(), at now: Instant = .sample
    ) throws -> [OverrideTransition] {
        var state = state
        return try commands.map { command in
            let next = try state.carrying(out: command, by: anna, at: now, among: LineDirectory(lines: []))
            state = next.state
            return next
        }
    }

    @Test func theLastOneOnACallerCountsAndUndoBringsTheFormerBack() throws {
        let steps = try Self.carry(Self.block(Self.one), Self.allow(Self.one), .undo, .undo)
        #expect(
            steps.map { $0.state.callers[Self.one]?.kind } == [
                .blocked(says: "No."), .allowed, .blocked(says: "No."), nil,
            ])
        #expect(steps.flatMap(\.audit).map(\.event) == [.begun, .replaced, .begun, .undone, .restored, .undone])
        #expect(steps[1].outcome.callers.ended.map(\.kind) == [.blocked(says: "No.")])
        #expect(steps.last?.state.undoable(at: .sample) == nil)
    }

    @Test func clearingEndsWhatIsSetAndNothingElse() throws {
        let steps = try Self.carry(Self.block(Self.one, Self.two), .clearCallers([Self.one]))
        let state = steps[1].state
        #expect(state.callers.all.map(\.caller) == [Self.two])
        #expect(throws: OverrideError.nothingOnCallers([Self.one])) {
            try Self.carry(.clearCallers([Self.one]), from: state)
        }
        let id = try #require(state.callers[Self.two]?.id)
        #expect(try Self.carry(.end(id: id), from: state)[0].state.callers.isEmpty)
    }

    @Test(
        arguments: [
            (block(), .noCaller), (block(one, text: " "), .emptyText),
            (block(one, until: .nextChange), .callersHaveNoHours),
            (block(one, text: String(repeating: "x", count: 2001)), .textTooLong(limit: 2000)),
            (block(one, until: .lasting(seconds: 0)), .timeIsPast), (.clearCallers([]), .noCaller),
        ] as [(OverrideCommand, OverrideError)])
    func commandsThatCannotBeCarriedOutAreRefused(_ command: OverrideCommand, refusal: OverrideError) {
        #expect(throws: refusal) { try Self.carry(command) }
    }

    @Test func thereAreAtMostTenThousand() throws {
        let many = (0..<CallerOverrides.most).compactMap { PhoneNumber("+3161\(1_000_000 + $0)") }
        let full = try Self.carry(.beginOnCallers(.allowed, callers: many, reason: "", until: .reopened))[0].state
        #expect(full.callers.count == CallerOverrides.most)
        #expect(throws: OverrideError.tooManyCallers(limit: CallerOverrides.most)) {
            try Self.carry(Self.block(Self.two), from: full)
        }
        // One that is there is replaced.
        #expect(try Self.carry(Self.block(many[0]), from: full)[0].state.callers.count == CallerOverrides.most)
    }

    @Test func oneThatEndsIsRemovedByItself() throws {
        let set = try Self.carry(Self.allow(Self.one))[0].state
        let end = Instant.sample.advanced(bySeconds: 3600)
        #expect(set.nextEnd == end)
        #expect(set.callers.inForce(for: .number(Self.one), at: .sample)?.kind == .allowed)
        #expect(set.callers.inForce(for: .number(Self.one), at: end) == nil)
        let over = set.expiring(at: end)
        #expect(over.state.callers.isEmpty && over.audit.map(\.event) == [.expired])
        #expect(over.outcome.words == "the exception for caller +31612345678 expired")
    }

    @Test func aForgottenNumberIsNowhereInTheState() throws {
        let state = try Self.carry(Self.block(Self.one), Self.block(Self.two), .clearCallers([Self.one]))[2].state
        let forgotten = ForgottenNumber(Self.one, name: "forgotten-x")
        let cleaned = state.removing(caller: Self.one).mapTexts(forgotten.removed(from:))
        #expect(cleaned.callers.all.map(\.caller) == [Self.two])
        #expect(cleaned.changes.allSatisfy { !forgotten.isIn($0.words) })
        #expect(cleaned.changes.flatMap { $0.callers.begun + $0.callers.ended }.map(\.caller) == [Self.two])
        let entry = try #require(try Self.carry(Self.block(Self.one))[0].audit.first)
        let left = entry.mapTexts(forgotten.removed(from:))
        #expect(left.words == "blocked caller forgotten-x" && left.event == .begun && left.overrideID == nil)
        #expect(left.mapTexts(forgotten.removed(from:)) == left)
    }

    @Test func theStatusCountsAllAndListsTheNewest() throws {
        let many = (0..<150).compactMap { PhoneNumber("+3161\(1_000_000 + $0)") }
        let state = try Self.carry(
            .beginOnCallers(.allowed, callers: many, reason: "", until: .reopened), Self.block(Self.one))[1].state
        let status = CallersStatus(state.callers, at: .sample)
        #expect(status.words == "1 caller blocked, 150 allowed")
        #expect(status.newest.count == 100 && status.isCut)
        #expect(status.override(on: Self.one)?.isBlock == true)
    }
}
