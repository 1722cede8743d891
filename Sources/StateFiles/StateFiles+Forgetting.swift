// SPDX-License-Identifier: Apache-2.0

package import Calls
import Files
import JSON
package import Overrides
import Sharing
import WireFormat

extension StateFiles {
    /// Removes a number from the files of a folder that no server uses, and notes on its calls.
    ///
    /// Returns the files that had it. Other files of the folder are left alone.
    package static func forget(
        _ forgotten: ForgottenNumber, notesOn calls: Set<CallID> = [], in folder: String
    ) throws(StateFilesError) -> [String] {
        let folder = try StateFolder.open(folder)
        var changed: [String] = []
        do throws(FileProblem) {
            try AuditFile(folder: folder).checkIsNoLine(forgotten.number)
            if try StateFile(folder: folder).remove(forgotten, calls) { changed.append(StateFile.name) }
            if try AuditFile(folder: folder).remove(forgotten, notesOn: calls) { changed.append(AuditFile.name) }
            if try folder.remove(forgotten, from: StateFile.name), !changed.contains(StateFile.name) {
                changed.append(StateFile.name)
            }
            try folder.syncFolder()
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
        return changed
    }

    /// The override on a number that is in force in a folder.
    package static func override(
        on number: PhoneNumber, at now: Instant, in folder: String
    ) throws(StateFilesError) -> CallerOverride? {
        guard case .kept(let saved, _) = StateFile(folder: try StateFolder.open(folder)).read() else { return nil }
        return saved.state.callers.inForce(for: .number(number), at: now)
    }

    /// Writes a note into the audit of a folder that no server uses.
    ///
    /// The state goes on with it where it is as new as the audit; what a start would warn of stays as it is.
    package static func note(
        _ text: String, by who: Operator, at now: Instant, in folder: String
    ) throws(StateFilesError) {
        let folder = try StateFolder.open(folder)
        let (state, audit) = (StateFile(folder: folder), AuditFile(folder: folder))
        do throws(FileProblem) {
            let last = try audit.lastNumber()
            func entry(after number: Int) -> AuditEntry {
                AuditEntry(number: number + 1, at: now, who: who, content: .note(text))
            }
            guard case .kept(let saved, _) = state.read(), saved.state.auditLines >= last else {
                return try audit.append([entry(after: last)])
            }
            let next = saved.adding(entry(after: saved.state.auditLines))
            try folder.replace(StateFile.name, with: next.bytes)
            try folder.syncFolder()
            try audit.append(next.audit)
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
    }

    /// The key for the names of forgotten numbers, in a folder that no server uses; made if there is none.
    package static func forgettingKey(in folder: String) throws(StateFilesError) -> [UInt8] {
        let folder = try StateFolder.open(folder)
        do throws(FileProblem) {
            return try ForgettingKey(folder: folder).bytes()
        } catch {
            throw .cannotUse(folder: folder.path, error)
        }
    }

    /// The same key in the folder of a server that runs, which makes its own only where there is none.
    package static func forgettingKey(ofServerIn folder: String) throws(StateFilesError) -> [UInt8] {
        do throws(FileProblem) {
            return try ForgettingKey(folder: try Folder(folder)).bytes()
        } catch {
            throw .cannotUse(folder: folder, error)
        }
    }
}

extension StateFile {
    /// Removes the overrides on a number; returns whether there were any.
    ///
    /// What else has the number is changed as bytes.
    fileprivate func remove(_ forgotten: ForgottenNumber, _ calls: Set<CallID>) throws(FileProblem) -> Bool {
        guard case .kept(let saved, _) = read() else { return false }
        let audit = saved.audit.map { $0.without(forgotten, notesOn: calls) }
        let state = saved.state.removing(caller: forgotten.number)
        // Under its former id the engine would bring the number back.
        let share = saved.share.map { share in
            let author = SharedState.Author(
                at: share.state.author.at, replica: share.state.author.replica, who: nil,
                words: "a number was forgotten")
            return KeptShare(
                share.state.successor(state, id: .random(), by: author),
                unshared: share.unshared.map { $0.without(forgotten, notesOn: calls) }, isShared: false)
        }
        let cleaned = PersistedState(
            state: state, audit: audit, share: state == saved.state ? saved.share : share)
        guard cleaned != saved else { return false }
        try folder.replace(Self.name, with: cleaned.bytes)
        return true
    }
}

extension PersistedState {
    /// The same with the next line of the audit.
    fileprivate func adding(_ entry: AuditEntry) -> PersistedState {
        let next = OverrideState(
            overrides: state.overrides, changes: state.changes, callers: state.callers, nextID: state.nextID,
            auditLines: entry.number)
        let share = share.map { share in
            let author = SharedState.Author(
                at: share.state.author.at, replica: share.state.author.replica, who: entry.who, words: entry.words)
            return KeptShare(
                share.state.successor(next, id: .random(), by: author), unshared: share.unshared + [entry],
                isShared: false)
        }
        return PersistedState(state: next, audit: audit + [entry], share: share)
    }
}

extension AuditFile {
    /// Removes a number, and the text of notes on its calls; returns whether there was any of it.
    ///
    /// A line that is not of this version is changed as bytes.
    func remove(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) throws(FileProblem) -> Bool {
        guard let bytes = try folder.read(Self.name, last: .max / 2) else { return false }
        let lines = bytes.split(separator: Self.lineBreak, omittingEmptySubsequences: false).map { line -> [UInt8] in
            if let entry = AuditEntry(line: line), case .remark = entry.content {
                let cleaned = entry.without(forgotten, notesOn: calls)
                if cleaned != entry { return cleaned.document.bytes }
            }
            return forgotten.isIn(line) ? forgotten.removed(from: Array(line)) : Array(line)
        }
        let cleaned = Array(lines.joined(separator: [Self.lineBreak]))
        guard cleaned != bytes else { return false }
        try folder.replace(Self.name, with: cleaned)
        return true
    }

    /// Throws if an override was of this number: it is a phone line, by which the lines of the audit are read.
    func checkIsNoLine(_ number: PhoneNumber) throws(FileProblem) {
        guard try !entries().contains(where: { $0.override?.scope == .line(number) }) else {
            throw FileProblem(
                "\(folder.path)/\(Self.name)", words: "\(number) is a phone line that was closed or opened")
        }
    }
}

extension FolderCalls {
    /// Removes a number from a file; returns whether it had it.
    func remove(_ forgotten: ForgottenNumber, from name: String) throws(FileProblem) -> Bool {
        guard let bytes = try read(name, last: .max / 2), forgotten.isIn(bytes) else { return false }
        try replace(name, with: forgotten.removed(from: bytes))
        return true
    }
}

/// `forgetting-key`: 32 random bytes, so that a forgotten number always gets the same name, which nobody can guess back.
struct ForgettingKey {
    static let name = "forgetting-key"
    private static let size = 32

    let folder: any FolderCalls

    /// The key; made if there is none.
    func bytes() throws(FileProblem) -> [UInt8] {
        if let found = try folder.read(Self.name, last: Self.size + 1) {
            guard found.count == Self.size else {
                throw FileProblem(
                    "\(folder.path)/\(Self.name)", words: "not a key of \(Self.size) bytes; move the file away")
            }
            return found
        }
        var source = SystemRandomNumberGenerator()
        let key = (0..<Self.size).map { _ in UInt8.random(in: .min ... .max, using: &source) }
        try folder.replace(Self.name, with: key)
        try folder.syncFolder()
        return key
    }
}
