// SPDX-License-Identifier: Apache-2.0

import Calls
import Files
import WireFormat

extension StateFiles {
    /// Why a start could not use the state that a folder keeps; `nil` if it could, or there is none.
    package static func damage(in folder: String) -> String? {
        do throws(WholeFile.Failure) {
            let contents = try WholeFile.read("\(folder)/\(StateFile.name)", atMost: StateFile.mostBytes, patience: 0)
            do throws(DocumentProblem) {
                _ = try PersistedState(contents.bytes)
                return nil
            } catch {
                return "\(error)"
            }
        } catch {
            return error == .absent ? nil : "\(error)"
        }
    }
}

/// `state.json`: always complete, the old one or the new one.
struct StateFile {
    static let name = "state.json"

    let folder: any FolderCalls

    /// The most bytes that are written, and read.
    static let mostBytes = 64 << 20

    /// What a restart finds.
    enum Found {
        case nothing
        case kept(PersistedState, bytes: [UInt8])
        /// It exists and cannot be used, for this reason.
        case damaged(why: String)
    }

    func read() -> Found {
        let bytes: [UInt8]
        do throws(FileProblem) {
            guard let found = try folder.read(Self.name, last: Self.mostBytes + 1) else { return .nothing }
            guard found.count <= Self.mostBytes else {
                return .damaged(why: "it is larger than \(Self.mostBytes >> 20) MiB")
            }
            bytes = found
        } catch {
            return .damaged(why: error.words)
        }
        do throws(DocumentProblem) {
            return .kept(try PersistedState(bytes), bytes: bytes)
        } catch {
            return .damaged(why: error.description)
        }
    }

    /// Removes the draft of a server that was killed while it wrote.
    func clear() {
        folder.remove(folder.draft(of: Self.name))
    }

    /// Replaces the file; restores the former bytes if the new ones may not survive a power loss.
    func replace(_ former: [UInt8]?, with bytes: [UInt8]) throws(FileProblem) {
        try folder.replace(Self.name, with: bytes)
        do throws(FileProblem) {
            try folder.syncFolder()
        } catch {
            try restore(former, since: error)
            throw error
        }
    }

    private func restore(_ former: [UInt8]?, since failure: FileProblem) throws(FileProblem) {
        guard let former else { return folder.remove(Self.name) }
        do throws(FileProblem) {
            try folder.replace(Self.name, with: former)
        } catch {
            let words = "\(failure.words), and the previous state could not be restored: a restart may find the new one"
            throw FileProblem(failure.path, words: words)
        }
    }

    /// Renames an unusable file to a free name, and returns that name.
    func setAside(at now: Instant) throws(FileProblem) -> String {
        let free = try DamagedFile.name(for: Self.name, at: now.iso8601) { name throws(FileProblem) in
            try folder.exists(name)
        }
        try folder.rename(Self.name, to: free)
        try folder.syncFolder()
        return free
    }
}
