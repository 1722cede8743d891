// SPDX-License-Identifier: Apache-2.0

package import JSON
package import Overrides

/// What operators did, as the control socket has it: the lines of the audit, the oldest first.
package enum AuditList {
    package static func document(_ entries: [AuditEntry]) -> JSONDocument { AuditListDocument.document(entries) }

    package static func read(_ bytes: [UInt8]) throws(DocumentProblem) -> [AuditEntry] {
        try AuditListDocument.read(bytes)
    }
}

private enum AuditListDocument: Document {
    typealias Subject = [AuditEntry]

    static func fields<Coder: FieldCoder<[AuditEntry]>>(_ key: inout Coder) throws(Coder.Failure) -> [AuditEntry] {
        try key("audit", .list(AuditDocument.self)) { $0 }
    }
}
