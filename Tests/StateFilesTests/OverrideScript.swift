// SPDX-License-Identifier: Apache-2.0

import Calls
import StateFiles
import Overrides
import TestSupport

/// A few commands of an operator, one after the other.
enum OverrideScript {
    static let anna = Operator(user: "anna", terminal: "pts/1", host: "desk1")
    static let surroundings = LineDirectory(
        lines: ["+31201111111", "+31202222222"].map { .init(number: $0, group: "north") })

    static let orders: [OverrideCommand] = [
        close("One."), close("Two \"three\".\u{1B}[31m", [.group("north"), .line("+31201111111")]), .undo,
        .begin(.greeting("Hoi"), scopes: [.all], reason: "", until: .lasting(seconds: 60)),
    ]

    static func close(_ text: String, _ scopes: [Scope] = [.all], until: Until = .reopened) -> OverrideCommand {
        .begin(.closed(says: text), scopes: scopes, reason: "fire drill", until: until)
    }

    /// The state after a command.
    static func step(_ order: OverrideCommand, on state: OverrideState, at now: Instant = .sample) throws(OverrideError)
        -> OverrideTransition
    {
        try state.carrying(out: order, by: anna, at: now, among: surroundings)
    }

    /// All states, beginning with the empty one, and all lines of the audit.
    static func course() throws -> (states: [OverrideState], audit: [AuditEntry]) {
        try orders.reduce(into: ([OverrideState()], [])) { course, order in
            let step = try step(order, on: course.0[course.0.count - 1])
            course.0.append(step.state)
            course.1 += step.audit
        }
    }

    /// Runs commands on a folder until one cannot be saved; returns how many were confirmed.
    static func confirmed(on folder: any FolderCalls, orders: [OverrideCommand] = orders) throws -> Int {
        do {
            let opening = try StateFiles.open(folder, at: .sample)
            var state = opening.state
            for (index, order) in orders.enumerated() {
                let step = try step(order, on: state)
                do throws(OverrideStoreError) {
                    try opening.files.keep(step.state, audit: step.audit)
                } catch {
                    return index
                }
                state = step.state
            }
            return orders.count
        } catch is StateFilesError {
            return 0
        }
    }
}
