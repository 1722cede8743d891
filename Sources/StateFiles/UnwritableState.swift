// SPDX-License-Identifier: Apache-2.0

package import Calls
import Files
package import Overrides
import Synchronization
import WireFormat

/// The state of a folder on a file system that cannot be written at the start, as after an error of the disk.
///
/// The overrides in it are in force. A change is refused until the folder can be written; then it is opened.
package final class UnwritableState: OverrideStore {
    package let state: OverrideState
    /// The newest lines of the audit.
    package let audit: [AuditEntry]
    private let folder: String
    private let now: @Sendable () -> Instant
    private let files = Mutex<StateFiles?>(nil)

    /// Reads a folder without changing it; throws what `failure` is where its state cannot be read.
    package init(
        _ folder: String, instead failure: StateFilesError, now: @escaping @Sendable () -> Instant
    ) throws(StateFilesError) {
        self.folder = folder
        self.now = now
        do throws(FileProblem) {
            let opened = try Folder(folder)
            switch StateFile(folder: opened).read() {
            case .nothing: state = OverrideState()
            case .kept(let saved, _): state = saved.state
            case .damaged: throw FileProblem(folder, words: "its state cannot be read")
            }
            audit = try AuditFile(folder: opened).newest()
        } catch {
            throw failure
        }
    }

    package func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        let opened = try files.withLock { files throws(OverrideStoreError) in
            if let files { return files }
            do throws(StateFilesError) {
                let opened = try StateFiles.open(folder, at: now()).files
                files = opened
                return opened
            } catch {
                throw OverrideStoreError(error.description)
            }
        }
        try opened.keep(state, audit: audit)
    }

    package var problem: String? { files.withLock { $0?.problem } }
}

extension StateFilesError {
    /// Whether the folder is on a file system that cannot be written.
    package var isReadOnly: Bool {
        if case .cannotUse(_, let problem) = self { problem.isReadOnly } else { false }
    }
}
