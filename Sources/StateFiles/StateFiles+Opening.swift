// SPDX-License-Identifier: Apache-2.0

package import Calls
import WireFormat
package import Overrides

extension StateFiles {
    /// A folder that was opened, with what was kept in it.
    package struct Opening: Sendable {
        package let files: StateFiles
        package let state: OverrideState
        /// What the operator must know of it, a sentence each; `files.problem` is not among them.
        package let warnings: [String]
    }

    /// Opens a folder of this machine for this process only; makes it if there is none.
    package static func open(_ path: String, at now: Instant) throws(StateFilesError) -> Opening {
        try open(SystemFolder(path), at: now)
    }

    /// Reads what is kept in a folder, and finishes what a server left unfinished that was killed.
    package static func open(_ folder: any FolderCalls, at now: Instant) throws(StateFilesError) -> Opening {
        let file = StateFile(folder: folder)
        var finding = Diagnostic(audit: AuditFile(folder: folder), now: now)
        file.clear()
        var bytes: [UInt8]?
        do throws(FileProblem) {
            switch file.read() {
            case .nothing: try finding.missing(in: folder.path)
            case .kept(let desk, let found):
                bytes = found
                finding.take(desk)
            case .damaged(let why): try finding.damaged(why, file)
            }
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
        let files = StateFiles(file, finding.audit, Kept(bytes: bytes, waiting: finding.waiting))
        return Opening(files: files, state: finding.state, warnings: finding.warnings)
    }
}

/// What is found in a folder, and what is made of it.
private struct Diagnostic {
    let audit: AuditFile
    let now: Instant
    var state = OverrideState()
    var waiting: [AuditEntry] = []
    var warnings: [String] = []

    init(audit: AuditFile, now: Instant) {
        self.audit = audit
        self.now = now
    }

    /// Goes on from what was kept.
    ///
    /// An audit that cannot be read stops nobody: it is told of when the lines that wait for it are to be written.
    mutating func take(_ desk: PersistedState) {
        state = desk.state
        waiting = desk.audit
        do throws(FileProblem) {
            let ahead = try audit.lastNumber() - state.auditLines
            guard ahead > 0 else { return }
            goOn(behind: try audit.entries())
            waiting = []
            warnings.append(
                "\(StateFile.name) is older than \(AuditFile.name), which has \(ahead) more lines: what is in force may not "
                    + "be what was last set. Look at both, then close or open again.")
        } catch {
            return
        }
    }

    /// Begins with an empty desk; without the audit its numbers could not go on, so that one must be readable.
    mutating func missing(in folder: String) throws(FileProblem) {
        let entries = try audit.entries()
        goOn(behind: entries)
        guard let names = names(entries) else { return }
        warnings.append(
            "\(folder)/\(StateFile.name) is missing, but by \(AuditFile.name) there is still in force: \(names). "
                + "It is NOT in force now; close or open again.")
    }

    /// Begins with an empty desk, as above, and keeps what cannot be read for those who want to look at it.
    mutating func damaged(_ why: String, _ file: StateFile) throws(FileProblem) {
        let entries = try audit.entries()
        let name = try file.setAside(at: now)
        goOn(behind: entries)
        let last = names(entries).map { " By it there was still in force: \($0)." } ?? ""
        warnings.append(
            "The kept overrides could not be read (\(why)): \(StateFile.name) was set aside as "
                + "\(file.folder.path)/\(name). Whatever was closed or forced is NOT in force; look at \(AuditFile.name), "
                + "then close or open again.\(last)")
    }

    /// Has the numbers go on behind those of the audit, since none is given twice.
    private mutating func goOn(behind entries: [AuditEntry]) {
        state = OverrideState(
            overrides: state.overrides, changes: state.changes,
            nextID: max(state.nextID, 1 + (entries.map(\.override.id).max() ?? 0)),
            auditLines: max(state.auditLines, entries.last?.number ?? 0))
    }

    private func names(_ entries: [AuditEntry]) -> String? {
        let standing = entries.standing(at: now)
        return standing.isEmpty ? nil : standing.map(\.words).joined(separator: "; ")
    }
}
