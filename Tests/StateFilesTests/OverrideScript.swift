// SPDX-License-Identifier: Apache-2.0

import Calls
import Files
import StateFiles
import Overrides
import TestSupport

/// A few commands of an operator, one after the other.
enum OverrideScript {
    static let anna = Operator(user: "anna", terminal: "pts/1", host: "desk1")
    static let surroundings = LineDirectory(
        lines: ["+31201111111", "+31202222222"].map { .init(number: $0, group: "north") })

    static let commands: [OverrideCommand] = [
        close("One."), close("Two \"three\".\u{1B}[31m", [.group("north"), .line("+31201111111")]), .undo,
        .begin(.greeting("Hoi"), scopes: [.all], reason: "", until: .lasting(seconds: 60)),
    ]

    static func close(_ text: String, _ scopes: [Scope] = [.all], until: Until = .reopened) -> OverrideCommand {
        .begin(.closed(says: text), scopes: scopes, reason: "fire drill", until: until)
    }

    /// The state after a command.
    static func step(_ command: OverrideCommand, on state: OverrideState, at now: Instant = .sample)
        throws(OverrideError)
        -> OverrideTransition
    {
        try state.carrying(out: command, by: anna, at: now, among: surroundings)
    }

    /// All states, beginning with the empty one, and all lines of the audit.
    static func course() throws -> (states: [OverrideState], audit: [AuditEntry]) {
        try commands.reduce(into: ([OverrideState()], [])) { course, command in
            let step = try step(command, on: course.0[course.0.count - 1])
            course.0.append(step.state)
            course.1 += step.audit
        }
    }

    /// Runs commands on a folder until one cannot be saved; returns how many were confirmed.
    static func confirmed(on folder: any FolderCalls, commands: [OverrideCommand] = commands) throws -> Int {
        do {
            let opening = try StateFiles.open(folder, at: .sample)
            var state = opening.state
            for (index, command) in commands.enumerated() {
                let step = try step(command, on: state)
                do throws(OverrideStoreError) {
                    try opening.files.keep(step.state, audit: step.audit)
                } catch {
                    return index
                }
                state = step.state
            }
            return commands.count
        } catch is StateFilesError {
            return 0
        }
    }
}
