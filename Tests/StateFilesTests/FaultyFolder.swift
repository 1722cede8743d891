// SPDX-License-Identifier: Apache-2.0

import Files
import StateFiles
import Glibc
import Synchronization

/// A folder on which one call goes wrong, and perhaps every call after it.
final class FaultyFolder: FolderCalls {
    /// What goes wrong.
    enum Fault: Hashable, Sendable {
        /// The process is killed before the call.
        case diesBefore
        /// The process is killed after the call.
        case diesAfter
        /// The process is killed when half of what is to be written is; before any other call.
        case diesWithin
        /// The call does nothing, or writes half, and says that the disk is full; the next one works again.
        case isFullOnce
        /// Nothing can be written any more, the first write does half of it; all else works.
        case staysFull

        static let deaths: [Fault] = [.diesBefore, .diesAfter, .diesWithin]
    }

    let path: String
    private let folder: any FolderCalls
    private let fault: Fault
    private let calls: Mutex<(left: Int, made: Int, isDead: Bool)>

    /// Lets that many calls through before the one that goes wrong.
    init(_ folder: any FolderCalls, _ fault: Fault, after calls: Int) {
        self.folder = folder
        self.fault = fault
        path = folder.path
        self.calls = Mutex((calls, 0, false))
    }

    /// How many calls were made.
    var made: Int { calls.withLock { $0.made } }

    /// What is to become of a call.
    private enum Fate { case succeeds, fails, succeedsLast }

    private func fate(isWrite: Bool) -> Fate {
        calls.withLock { calls in
            if calls.isDead { return .fails }
            calls.made += 1
            calls.left -= 1
            if calls.left >= 0 { return .succeeds }
            switch fault {
            case .diesBefore, .diesWithin, .diesAfter:
                calls.isDead = true
                return fault == .diesAfter ? .succeedsLast : .fails
            case .isFullOnce: return calls.left == -1 ? .fails : .succeeds
            case .staysFull: return isWrite ? .fails : .succeeds
            }
        }
    }

    private func pass<Result>(
        _ name: String = "", _ call: () throws(FileProblem) -> Result
    ) throws(FileProblem) -> Result {
        switch fate(isWrite: false) {
        case .succeeds: return try call()
        case .fails: throw problem(name)
        case .succeedsLast:
            _ = try call()
            throw problem(name)
        }
    }

    private func problem(_ name: String) -> FileProblem { FileProblem("\(path)/\(name)", number: ENOSPC) }

    func exists(_ name: String) throws(FileProblem) -> Bool {
        try pass(name) { () throws(FileProblem) in try folder.exists(name) }
    }

    func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]? {
        try pass(name) { () throws(FileProblem) in try folder.read(name, last: most) }
    }

    func create(_ name: String) throws(FileProblem) -> OpenFile {
        try pass(name) { () throws(FileProblem) in try folder.create(name) }
    }

    func append(to name: String) throws(FileProblem) -> OpenFile {
        try pass(name) { () throws(FileProblem) in try folder.append(to: name) }
    }

    func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int {
        switch fate(isWrite: true) {
        case .succeeds: return try folder.write(bytes, to: file)
        case .succeedsLast: _ = try folder.write(bytes, to: file)
        case .fails:
            // A second half is never reached: the system takes what fits, and then says that the disk is full.
            if fault != .diesBefore { _ = try folder.write(bytes.prefix(bytes.count / 2), to: file) }
        }
        throw problem(file.name)
    }

    func sync(_ file: OpenFile) throws(FileProblem) {
        try pass(file.name) { () throws(FileProblem) in try folder.sync(file) }
    }

    func close(_ file: OpenFile) throws(FileProblem) {
        // A process that is killed closes its files all the same.
        if calls.withLock({ $0.isDead }) { try folder.close(file) }
        try pass(file.name) { () throws(FileProblem) in try folder.close(file) }
    }

    func rename(_ name: String, to new: String) throws(FileProblem) {
        try pass(new) { () throws(FileProblem) in try folder.rename(name, to: new) }
    }

    func remove(_ name: String) {
        switch fate(isWrite: false) {
        case .succeeds, .succeedsLast: folder.remove(name)
        case .fails: break
        }
    }

    func syncFolder() throws(FileProblem) {
        try pass { () throws(FileProblem) in try folder.syncFolder() }
    }
}
