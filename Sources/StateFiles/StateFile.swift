// SPDX-License-Identifier: Apache-2.0

import Calls
import WireFormat

/// `state.json`: there is always a whole one, the old or the new.
struct StateFile {
    static let name = "state.json"
    private static let draft = "state.json.new"

    let folder: any FolderCalls

    /// What a restart finds.
    enum Found {
        case nothing
        case kept(PersistedState, bytes: [UInt8])
        /// It is there and cannot be used, for this reason.
        case damaged(why: String)
    }

    func read() -> Found {
        let bytes: [UInt8]
        do throws(FileProblem) {
            guard let found = try folder.read(Self.name, last: .max) else { return .nothing }
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

    /// Removes what a server left that ended while it wrote.
    func clear() {
        folder.remove(Self.draft)
    }

    /// Puts bytes in the place of the former ones, which are put back if it is not certain that they survive.
    func replace(_ former: [UInt8]?, with bytes: [UInt8]) throws(FileProblem) {
        do throws(FileProblem) {
            try folder.finish(try folder.create(Self.draft), with: bytes)
            try folder.rename(Self.draft, to: Self.name)
        } catch {
            folder.remove(Self.draft)
            throw error
        }
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
            try folder.finish(try folder.create(Self.draft), with: former)
            try folder.rename(Self.draft, to: Self.name)
        } catch {
            folder.remove(Self.draft)
            let words = "\(failure.words), and the former state could not be put back: a restart may find the new one"
            throw FileProblem(failure.path, words: words)
        }
    }

    /// Gives a file that cannot be used another name, never that of a file that is there, and returns it.
    func setAside(at now: Instant) throws(FileProblem) -> String {
        let stamp = now.iso8601.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
        let name = "\(Self.name).damaged-\(stamp)"
        var free = name
        var count = 1
        while try folder.exists(free) {
            count += 1
            free = "\(name)-\(count)"
        }
        try folder.rename(Self.name, to: free)
        try folder.syncFolder()
        return free
    }
}
