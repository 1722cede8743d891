// SPDX-License-Identifier: Apache-2.0

import Calls
import OperatorDesk
import TestSupport
import Testing

/// What the lines of an audit leave in force.
@Suite struct StandingTests {
    private static let anna = Operator(user: "anna")

    @Test func isWhatTheDeskHasAfterAnyOrders() throws {
        let line = DeskSurroundings.Line(number: "+31201111111", group: "north", nextChange: nil)
        let close = { (text: String, scope: Scope, until: Until) in
            DeskOrder.begin(.closed(says: text), scopes: [scope], reason: "", until: until)
        }
        let orders: [DeskOrder] = [
            close("One.", .all, .reopened), close("Two.", .all, .reopened), close("Three.", .group("north"), .reopened),
            .undo, .undo, close("Four.", .line("+31201111111"), .lasting(seconds: 10)), .open([.all]), .undo,
        ]
        var state = DeskState()
        var audit: [AuditEntry] = []
        for order in orders {
            let step = try state.carrying(
                out: order, by: Self.anna, at: .sample, among: DeskSurroundings(lines: [line]))
            state = step.state
            audit += step.audit
            #expect(Set(audit.standing(at: .sample)) == Set(state.overrides))
        }
        #expect(audit.standing(at: .sample).count == 2)
        #expect(audit.standing(at: .sample.advanced(bySeconds: 10)).map(\.kind) == [.closed(says: "One.")])
    }
}
