// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
package import Overrides

/// What `state.json` holds: the desk, and the lines of the audit that may not have reached their own file.
package struct PersistedState: Hashable, Sendable {
    package let state: OverrideState
    /// The newest lines of the audit, in order; the last of them is line `state.auditLines`.
    package let audit: [AuditEntry]

    /// The version of the format; a newer one may mean what this program would not put in force.
    package static let version = 1

    package init(state: OverrideState, audit: [AuditEntry]) {
        self.state = state
        self.audit = audit
    }

    /// The document with a line break behind it.
    package var bytes: [UInt8] {
        JSONValue.object([
            .init("version", .integer(Self.version)), .init("overrides", .array(state.overrides.map(\.document))),
            .init("changes", .array(state.changes.map(\.document))), .init("next_id", .integer(state.nextID)),
            .init("audit_lines", .integer(state.auditLines)), .init("audit", .array(audit.map(\.document))),
        ]).bytes + [0x0A]
    }

    /// Reads what `bytes` writes, and makes sure that a desk can go on with it.
    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        let version = try fields.integer("version")
        guard version == Self.version else {
            throw fields.problem("version", "is \(version), and this program knows \(Self.version) only")
        }
        state = OverrideState(
            overrides: try fields.list("overrides", Override.init),
            changes: try fields.list("changes", UndoableChange.init),
            nextID: try fields.count("next_id", from: 1), auditLines: try fields.count("audit_lines", from: 0))
        audit = try fields.list("audit", AuditEntry.init)
        try checkOverrides()
        try checkAudit()
    }
}

extension PersistedState {
    /// What one override has to itself.
    private struct InputContext: Hashable {
        let scope: Scope
        let isClosure: Bool
    }

    /// A number is given once, a text is never empty, and one closure and one greeting count in a scope.
    private func checkOverrides() throws(DocumentProblem) {
        var ids: Set<Int> = []
        var places: Set<InputContext> = []
        for (index, override) in state.overrides.enumerated() {
            try check(override, at: "overrides[\(index)]")
            guard ids.insert(override.id).inserted else {
                throw DocumentProblem(at: "overrides[\(index)].id", "is there twice")
            }
            guard places.insert(InputContext(scope: override.scope, isClosure: override.kind.isClosure)).inserted else {
                throw DocumentProblem(at: "overrides[\(index)]", "takes the place of an earlier one")
            }
        }
        for (index, change) in state.changes.enumerated() {
            for override in change.begun + change.ended { try check(override, at: "changes[\(index)]") }
        }
    }

    private func check(_ override: Override, at place: String) throws(DocumentProblem) {
        guard (1..<state.nextID).contains(override.id) else {
            throw DocumentProblem(at: "\(place).id", "must be from 1 to below next_id")
        }
        if let text = override.kind.text, text.allSatisfy(\.isWhitespace) {
            throw DocumentProblem(at: "\(place).text", "must not be empty")
        }
    }

    /// The lines are counted without a gap up to the last one.
    private func checkAudit() throws(DocumentProblem) {
        let first = state.auditLines - audit.count + 1
        for (index, entry) in audit.enumerated() where entry.number != first + index {
            throw DocumentProblem(at: "audit[\(index)].n", "must be \(first + index), as audit_lines has it")
        }
    }
}
