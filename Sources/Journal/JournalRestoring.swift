// SPDX-License-Identifier: Apache-2.0

package import Calls
import Files
import Glibc

/// What putting a backup in the place of a journal did.
package struct RestoredJournal: Hashable, Sendable {
    package let facts: JournalFacts
    /// The name under which what was there is kept; `nil` if nothing was.
    package let former: String?
}

extension JournalTools {
    /// Puts a backup in the place of a journal that no server writes.
    ///
    /// What was there is kept under another name, with its write-ahead log: SQLite would bring that into the backup, since nothing
    /// in either says that they do not belong together. The backup stays where it is.
    package static func restore(
        _ backup: String, to path: String, at now: Instant
    ) throws(JournalProblem) -> RestoredJournal {
        let place = JournalFile.realPath(path)
        if let identity = FileIdentity(backup), identity == FileIdentity(place) {
            throw .other(file: backup, words: "it is the journal itself")
        }
        _ = try JournalReader(backup)
        let draft = draft(of: place)
        do {
            let folder = try Folder.creating(Folder.parent(of: place))
            let lock = try JournalFile.lock(place)
            defer { withExtendedLifetime(lock) {} }
            defer { remove(draft) }
            try write(backup, into: draft)
            let facts = try wholeFacts(of: draft, from: backup)
            try giveToOwner(draft, of: FileIdentity(place) ?? FileIdentity(folder.path))
            let name = DamagedFile.name(for: place, "replaced", at: now.iso8601) { FileIdentity($0) != nil }
            let isFormer = try JournalFile.setAside(place, as: name)
            guard rename(draft, place) == 0 else {
                throw FileProblem(place, words: "\(FileProblem(place, number: errno).words); what was there is \(name)")
            }
            try folder.syncFolder()
            return RestoredJournal(facts: facts, former: isFormer ? name : nil)
        } catch {
            throw JournalProblem(error, file: path)
        }
    }

    /// What a copy of a backup holds; throws if it is damaged.
    private static func wholeFacts(of copy: String, from backup: String) throws(JournalProblem) -> JournalFacts {
        let reader = try JournalReader(copy)
        let problems = try reader.check()
        guard problems.isEmpty else { throw .damaged(file: backup, words: problems.joined(separator: "; ")) }
        return try reader.facts()
    }

    /// A server of another user, for whom root restores a backup, must be able to write it.
    private static func giveToOwner(_ file: String, of identity: FileIdentity?) throws {
        guard let owner = identity?.owner, owner != geteuid() else { return }
        guard chown(file, owner, .max) == 0 else { throw FileProblem(file, number: errno) }
    }
}
