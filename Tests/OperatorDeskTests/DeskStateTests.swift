// SPDX-License-Identifier: Apache-2.0

import Calls
import OperatorDesk
import TestSupport
import Testing

/// What an order makes of a desk.
@Suite struct DeskStateTests {
    private static let anna = Operator(user: "anna")

    @Test func undoTakesBackTheLastChangeAndThenTheOneBefore() throws {
        var desk = DeskState()
        let surroundings = DeskSurroundings(lines: [])
        for text in ["One.", "Two."] {
            let order = DeskOrder.begin(.closed(says: text), scopes: [.all], reason: "", until: .reopened)
            desk = try desk.carrying(out: order, by: Self.anna, at: .sample, among: surroundings).state
        }
        #expect(desk.overrides.map(\.kind) == [.closed(says: "Two.")])
        desk = try desk.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings).state
        #expect(desk.overrides.map(\.kind) == [.closed(says: "One.")])
        desk = try desk.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings).state
        #expect(desk.overrides == [])
        #expect(throws: DeskRefusal.nothingToUndo) {
            try desk.carrying(out: .undo, by: Self.anna, at: .sample, among: surroundings)
        }
    }
}
