// SPDX-License-Identifier: Apache-2.0

import Files
import Synchronization

/// The state folder of a running server: one that is removed is made again.
///
/// Files go to the folder that is open, and never to another one that took its place.
final class StateHome: FolderCalls {
    let path: String
    /// What other programs read about the server, in the folder that is open.
    let note: StateNote
    /// Whether a server used the folder before.
    let hadServer: Bool
    private let open: Mutex<Folder>

    /// Opens a folder for this process only; creates it if it is missing.
    init(_ path: String) throws(StateFilesError) {
        let opening = try StateFolder.opening(path)
        self.path = path
        hadServer = opening.hadServer
        note = StateNote(opening.lock)
        open = Mutex(opening.folder)
        note.write(socket: nil)
    }

    private var folder: Folder { open.withLock { $0 } }

    /// Whether the folder at the path is the one that is open.
    var isInPlace: Bool { folder.isInPlace }

    /// Opens what is at the path now, or makes it; a folder with the state of another server is an error.
    func makeAgain() throws(StateFilesError) {
        let opening = try StateFolder.opening(path)
        do throws(FileProblem) {
            guard try !opening.folder.exists(StateFile.name) else {
                throw FileProblem("\(path)/\(StateFile.name)", words: "it was put there while the server ran")
            }
        } catch {
            throw .cannotUse(folder: path, error)
        }
        open.withLock { $0 = opening.folder }
        note.move(to: opening.lock)
    }
}

extension StateHome {
    func exists(_ name: String) throws(FileProblem) -> Bool { try folder.exists(name) }

    func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]? { try folder.read(name, last: most) }

    func create(_ name: String) throws(FileProblem) -> OpenFile { try folder.create(name) }

    func append(to name: String) throws(FileProblem) -> OpenFile { try folder.append(to: name) }

    func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int {
        try folder.write(bytes, to: file)
    }

    func sync(_ file: OpenFile) throws(FileProblem) { try folder.sync(file) }

    func close(_ file: OpenFile) throws(FileProblem) { try folder.close(file) }

    func rename(_ name: String, to new: String) throws(FileProblem) { try folder.rename(name, to: new) }

    func remove(_ name: String) { folder.remove(name) }

    func syncFolder() throws(FileProblem) { try folder.syncFolder() }
}
