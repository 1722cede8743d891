// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport
import Testing

/// What the lines of an audit leave in force.
@Suite struct StandingTests {
    private static let anna = Operator(user: "anna")

    @Test func matchesTheOverridesAfterAnyCommands() throws {
        let line = LineDirectory.Entry(number: "+31201111111", group: "north")
        let close = { (text: String, scope: Scope, until: Until) in
            OverrideCommand.begin(.closed(says: text), scopes: [scope], reason: "", until: until)
        }
        let commands: [OverrideCommand] = [
            close("One.", .all, .reopened), close("Two.", .all, .reopened), close("Three.", .group("north"), .reopened),
            .undo, .undo, close("Four.", .line("+31201111111"), .lasting(seconds: 10)), .open([.all]), .undo,
        ]
        var state = OverrideState()
        var audit: [AuditEntry] = []
        for command in commands {
            let step = try state.carrying(
                out: command, by: Self.anna, at: .sample, among: LineDirectory(lines: [line]))
            state = step.state
            audit += step.audit
            #expect(Set(audit.inForce(at: .sample)) == Set(state.overrides))
        }
        #expect(audit.inForce(at: .sample).count == 2)
        #expect(audit.inForce(at: .sample.advanced(bySeconds: 10)).map(\.kind) == [.closed(says: "One.")])
    }
}
