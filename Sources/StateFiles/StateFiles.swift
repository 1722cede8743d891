// SPDX-License-Identifier: Apache-2.0

import WireFormat
package import Overrides
import Synchronization

/// Keeps the desk in a folder: `state.json`, replaced whole, and `audit.jsonl`, which only grows.
///
/// The state comes first. It carries the newest lines of the audit, so that one that did not get as far as its own file is
/// written when the folder is opened again, or with the next change.
package final class StateFiles: OverrideStore {
    private let state: StateFile
    private let audit: AuditFile
    private let kept: Mutex<Kept>

    /// The most lines that wait for an audit that cannot be written; beyond it the oldest are given up.
    package static let mostWaiting = 1000

    /// What a restart would find.
    struct Kept {
        var bytes: [UInt8]?
        /// The lines that are not in the audit, or may not be.
        var waiting: [AuditEntry]
        var problem: String?
    }

    init(_ state: StateFile, _ audit: AuditFile, _ kept: Kept) {
        self.state = state
        self.audit = audit
        var kept = kept
        audit.write(&kept)
        self.kept = Mutex(kept)
    }

    package func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        try kept.withLock { kept throws(OverrideStoreError) in
            let desk = PersistedState(state: state, audit: (kept.waiting + audit).suffix(Self.mostWaiting))
            let bytes = desk.bytes
            try Self.check(bytes, say: desk)
            do throws(FileProblem) {
                try self.state.replace(kept.bytes, with: bytes)
            } catch {
                throw OverrideStoreError(words(error))
            }
            kept.bytes = bytes
            kept.waiting = desk.audit
            self.audit.write(&kept)
        }
    }

    package var problem: String? { kept.withLock { $0.problem } }

    /// What no restart could read must not take the place of what it can.
    private static func check(_ bytes: [UInt8], say desk: PersistedState) throws(OverrideStoreError) {
        do throws(DocumentProblem) {
            guard try PersistedState(bytes) == desk else {
                throw DocumentProblem(at: "", "it would not be read as it was written")
            }
        } catch {
            throw OverrideStoreError("a restart could not read it: \(error)")
        }
    }

    private func words(_ problem: FileProblem) -> String {
        guard problem.isAbsence else { return problem.description }
        return "\(state.folder.path) is gone; restart the server, which makes it again"
    }
}

extension AuditFile {
    /// Writes the lines that wait; the state is in force by now, so whatever comes of them undoes nothing.
    fileprivate func write(_ kept: inout StateFiles.Kept) {
        do throws(FileProblem) {
            try append(kept.waiting)
            kept.waiting = []
            kept.problem = nil
        } catch {
            kept.problem =
                "The audit cannot be written (\(error)). What was changed counts, and its lines wait in \(StateFile.name) "
                + "for the next change: \(kept.waiting.count) so far."
        }
    }
}
