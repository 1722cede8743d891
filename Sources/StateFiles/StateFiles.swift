// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Files
package import Overrides
package import Sharing
import Synchronization
import WireFormat

/// Saves overrides in a folder: `state.json`, replaced whole, and `audit.jsonl`, which only grows.
///
/// The state is written first. It carries the newest audit entries, so that entries that did not reach the audit are written
/// with the next change, or when the folder is opened again.
package final class StateFiles: SharedStateStore {
    private let state: StateFile
    private let audit: AuditFile
    private let kept: Mutex<Kept>
    /// The folder, if it is on a disk.
    private let home: StateHome?

    /// The most entries that wait for an audit that cannot be written; above that the oldest are dropped.
    package static let mostWaiting = 1000

    /// What a restart finds.
    struct Kept {
        var bytes: [UInt8]?
        /// The entries that may be missing in the audit.
        var waiting: [AuditEntry]
        var problem: String?
        /// The folder was made again, and does not have the state yet.
        var isUnsaved = false
    }

    init(_ state: StateFile, _ audit: AuditFile, _ kept: Kept, home: StateHome?) {
        self.home = home
        self.state = state
        self.audit = audit
        var kept = kept
        audit.write(&kept)
        self.kept = Mutex(kept)
    }

    package func keep(_ state: OverrideState, audit: [AuditEntry]) throws(OverrideStoreError) {
        try keep(state, audit: audit, share: nil)
    }

    package func keep(_ share: KeptShare, audit: [AuditEntry]) throws(OverrideStoreError) {
        try keep(share.state.overrides, audit: audit, share: share)
    }

    private func keep(_ state: OverrideState, audit: [AuditEntry], share: KeptShare?) throws(OverrideStoreError) {
        try kept.withLock { kept throws(OverrideStoreError) in
            let last = kept.waiting.last?.number ?? 0
            let entries = kept.waiting + audit.filter { $0.number > last }
            let saved = PersistedState(state: state, audit: entries.suffix(Self.mostWaiting), share: share)
            let bytes = saved.bytes
            try Self.check(bytes, equals: saved)
            try makeFolderAgain(&kept)
            do throws(FileProblem) {
                try self.state.replace(kept.isUnsaved ? nil : kept.bytes, with: bytes)
            } catch {
                throw OverrideStoreError(words(error))
            }
            kept.bytes = bytes
            kept.isUnsaved = false
            kept.waiting = saved.audit
            self.audit.write(&kept)
        }
    }

    /// Removes a number from the audit, and from what waits for it, and notes on its calls.
    package func forget(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) throws(OverrideStoreError) -> [String]
    {
        try kept.withLock { kept throws(OverrideStoreError) in
            do throws(FileProblem) {
                try audit.checkIsNoLine(forgotten.number)
                kept.waiting = kept.waiting.map { $0.without(forgotten, notesOn: calls) }
                guard try audit.remove(forgotten, notesOn: calls) else { return [] }
                try audit.folder.syncFolder()
                return [AuditFile.name]
            } catch {
                throw OverrideStoreError(error.description)
            }
        }
    }

    /// The key for the names of forgotten numbers; made if there is none.
    package func forgettingKey() throws(FileProblem) -> [UInt8] { try ForgettingKey(folder: state.folder).bytes() }

    /// Notes on disk that the journal has still to forget a number; returns whether that was not noted before.
    package func noteForgetting(_ forgotten: ForgottenNumber) throws(FileProblem) -> Bool {
        try kept.withLock { _ throws(FileProblem) in try PendingForgetting(folder: state.folder).add(forgotten) }
    }

    /// Takes the note back, once the journal has forgotten the number.
    package func endForgetting(_ forgotten: ForgottenNumber) throws(FileProblem) {
        try kept.withLock { _ throws(FileProblem) in try PendingForgetting(folder: state.folder).remove(forgotten) }
    }

    /// The numbers that the journal has still to forget, the oldest wish first.
    package func pendingForgetting() throws(FileProblem) -> [ForgottenNumber] {
        try PendingForgetting(folder: state.folder).numbers()
    }

    /// The lines of the audit, of a very long one the newest.
    package func auditEntries() throws(FileProblem) -> [AuditEntry] { try audit.entries() }

    /// The lines of the audit in a folder, whether or not a server uses it.
    package static func auditEntries(in folder: String) throws(FileProblem) -> [AuditEntry] {
        try AuditFile(folder: try Folder(folder)).entries()
    }

    package var problem: String? { kept.withLock { $0.problem } }

    /// Bytes that a restart could not read must not replace bytes that it can.
    private static func check(_ bytes: [UInt8], equals saved: PersistedState) throws(OverrideStoreError) {
        guard bytes.count <= StateFile.mostBytes else {
            throw OverrideStoreError("the overrides take more than \(StateFile.mostBytes >> 20) MiB")
        }
        do throws(DocumentProblem) {
            guard try PersistedState(bytes) == saved else {
                throw DocumentProblem(at: "", "it would be read back differently")
            }
        } catch {
            throw OverrideStoreError("a restart could not read it: \(error)")
        }
    }

    private func words(_ problem: FileProblem) -> String {
        guard problem.isAbsence else { return problem.description }
        return "\(state.folder.path) is missing; try again"
    }
}

// The folder of a running server.
extension StateFiles {
    /// The path of the folder.
    package var path: String { state.folder.path }

    /// Whether a restart will find what was kept.
    package var isInPlace: Bool { (home?.isInPlace ?? true) && !kept.withLock { $0.isUnsaved } }

    /// Makes the folder again, with the state, if it was removed; returns whether it was.
    package func restoreFolder() throws(OverrideStoreError) -> Bool {
        try kept.withLock { kept throws(OverrideStoreError) in
            try makeFolderAgain(&kept)
            guard kept.isUnsaved else { return false }
            if let bytes = kept.bytes {
                do throws(FileProblem) {
                    try state.replace(nil, with: bytes)
                } catch {
                    throw OverrideStoreError(words(error))
                }
            }
            kept.isUnsaved = false
            audit.write(&kept)
            return true
        }
    }

    private func makeFolderAgain(_ kept: inout Kept) throws(OverrideStoreError) {
        guard let home, !home.isInPlace else { return }
        do throws(StateFilesError) {
            try home.makeAgain()
        } catch {
            throw OverrideStoreError("\(path) was removed, and \(error)")
        }
        kept.isUnsaved = true
    }
}

extension AuditFile {
    /// Writes the waiting entries; the state is in force already, so a failure undoes nothing.
    fileprivate func write(_ kept: inout StateFiles.Kept) {
        do throws(FileProblem) {
            try append(kept.waiting)
            kept.waiting = []
            kept.problem = nil
        } catch {
            kept.problem =
                "The audit cannot be written (\(error)). Changes apply; their audit entries wait in \(StateFile.name) "
                + "until the next change: \(kept.waiting.count) so far."
        }
    }
}

extension StateFiles {
    /// An opened folder, with the state found in it.
    package struct Opening: Sendable {
        package let files: StateFiles
        package let lastGood: LastGoodRules
        package let state: OverrideState
        /// Where the state comes from, on a desk of several replicas; `nil` for a server of its own.
        package let share: KeptShare?
        /// The newest lines of the audit, the newest last.
        package let audit: [AuditEntry]
        /// Warnings for the operator, a sentence each; without `files.problem`.
        package let warnings: [String]
        /// Whether a server used the folder before.
        package fileprivate(set) var hadServer: Bool
        /// What other programs read about this server; `nil` for a folder that is not on a disk.
        package fileprivate(set) var note: StateNote?
    }

    /// Opens a folder for this process only; creates it if it is missing.
    package static func open(_ path: String, at now: Instant) throws(StateFilesError) -> Opening {
        let home = try StateHome(path)
        var opening = try open(home, home: home, at: now)
        opening.note = home.note
        opening.hadServer = opening.hadServer || home.hadServer
        return opening
    }

    /// Reads the saved state, and finishes what a killed server left unfinished.
    package static func open(_ folder: any FolderCalls, at now: Instant) throws(StateFilesError) -> Opening {
        try open(folder, home: nil, at: now)
    }

    private static func open(
        _ folder: any FolderCalls, home: StateHome?, at now: Instant
    ) throws(StateFilesError) -> Opening {
        let file = StateFile(folder: folder)
        var recovery = Recovery(audit: AuditFile(folder: folder), now: now)
        file.clear()
        var bytes: [UInt8]?
        do throws(FileProblem) {
            switch file.read() {
            case .nothing: try recovery.missing(in: folder.path)
            case .kept(let saved, let found):
                bytes = found
                recovery.take(saved)
            case .damaged(let why): try recovery.damaged(why, file)
            }
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
        let files = StateFiles(
            file, recovery.audit, Kept(bytes: bytes, waiting: recovery.waiting), home: home)
        return Opening(
            files: files, lastGood: LastGoodRules(in: folder), state: recovery.state, share: recovery.share,
            audit: recovery.newest(),
            warnings: recovery.warnings, hadServer: bytes != nil || recovery.state.auditLines > 0)
    }
}

/// What was found in a folder, and the state that follows from it.
private struct Recovery {
    let audit: AuditFile
    let now: Instant
    var state = OverrideState()
    var share: KeptShare?
    var waiting: [AuditEntry] = []
    var warnings: [String] = []

    init(audit: AuditFile, now: Instant) {
        self.audit = audit
        self.now = now
    }

    /// Continues from the saved state.
    ///
    /// An unreadable audit does not prevent the start; it is reported when the waiting entries are written.
    mutating func take(_ saved: PersistedState) {
        state = saved.state
        share = saved.share
        waiting = saved.audit
        do throws(FileProblem) {
            let ahead = try audit.lastNumber() - state.auditLines
            guard ahead > 0 else { return }
            continueNumbers(after: try audit.entries())
            waiting = []
            // It is not the state that the other replicas know by this id.
            share = nil
            warnings.append(
                "\(StateFile.name) is older than \(AuditFile.name), which has \(ahead) more lines: the overrides in "
                    + "force may not be those last set. Compare both files, then close or open again.")
        } catch {
            return
        }
    }

    /// Begins with an empty state; the audit must be readable, since numbers continue from it.
    mutating func missing(in folder: String) throws(FileProblem) {
        let entries = try audit.entries()
        continueNumbers(after: entries)
        guard let names = names(entries) else { return }
        warnings.append(
            "\(folder)/\(StateFile.name) is missing. According to \(AuditFile.name), these were in force: \(names). "
                + "They are NOT in force now; close or open again.")
    }

    /// Begins with an empty state, and keeps the unreadable file under another name.
    mutating func damaged(_ why: String, _ file: StateFile) throws(FileProblem) {
        let entries = try audit.entries()
        let name = try file.setAside(at: now)
        continueNumbers(after: entries)
        let last = names(entries).map { " According to it, these were in force: \($0)." } ?? ""
        warnings.append(
            "The saved overrides could not be read (\(why)): \(StateFile.name) was renamed to "
                + "\(file.folder.path)/\(name). Earlier overrides are NOT in force; check \(AuditFile.name), "
                + "then close or open again.\(last)")
    }

    /// Continues the numbers after those of the audit, since none is used twice.
    private mutating func continueNumbers(after entries: [AuditEntry]) {
        state = OverrideState(
            overrides: state.overrides, changes: state.changes, callers: state.callers,
            nextID: max(state.nextID, 1 + (entries.compactMap(\.overrideID).max() ?? 0)),
            auditLines: max(state.auditLines, entries.last?.number ?? 0))
    }

    /// The newest lines of the audit; none where it cannot be read, which is reported when it is written.
    func newest() -> [AuditEntry] {
        do throws(FileProblem) {
            return try audit.newest()
        } catch {
            return []
        }
    }

    private func names(_ entries: [AuditEntry]) -> String? {
        let inForce = entries.inForce(at: now)
        let callers = CallersStatus(entries.callersInForce(at: now), at: now).words
        let names = inForce.map(\.words) + [callers].compactMap(\.self)
        return names.isEmpty ? nil : names.joined(separator: "; ")
    }
}

/// Why a folder cannot hold the state.
package enum StateFilesError: Error, Hashable, Sendable {
    /// Another server uses it; its process id, where known.
    case inUse(folder: String, process: Int?)
    /// It belongs to another user, by number.
    case notOurs(folder: String, owner: UInt32)
    /// Other users may write to it, according to its mode.
    case notPrivate(folder: String, mode: UInt32)
    case cannotUse(folder: String, FileProblem)
}

extension StateFilesError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let folder, let process):
            "another server\(process.map { ", process \($0)," } ?? "") uses \(folder) for its overrides: stop it, or give "
                + "this server another folder with --state DIR"
        case .notOurs(let folder, let owner):
            "\(folder) belongs to user \(owner), who could close lines: run `chown`, or use another folder with --state DIR"
        case .notPrivate(let folder, let mode):
            "other users can write to \(folder) (mode \(String(mode, radix: 8))), and so could close lines: "
                + "run `chmod go-w`, or use another folder with --state DIR"
        case .cannotUse(let folder, let problem):
            "cannot save overrides in \(folder) (\(problem)): use another folder with --state DIR"
        }
    }
}
