// SPDX-License-Identifier: Apache-2.0

import Files
import StateFiles
import Synchronization

/// One folder on a disk of memory, which knows what a loss of power would leave of it.
///
/// It promises as little as POSIX does: bytes survive when their file was synced, names when the folder was.
final class MemoryDisk: FolderCalls {
    let path = "/state"
    private let content: Mutex<Content>

    struct Content {
        var names = Names()
        var files: [[UInt8]] = []
        var syncedFiles: [[UInt8]] = []
        var syncedNames = Names()
    }

    typealias Names = [String: Int]

    init(_ content: Content = Content()) {
        self.content = Mutex(content)
    }

    /// The disk as it is, for another process.
    var copy: MemoryDisk { MemoryDisk(content.withLock { $0 }) }

    /// What a loss of power leaves, when names or bytes that were never synced happen to survive, or do not.
    func afterPowerLoss(namesSurvive: Bool, bytesSurvive: Bool) -> MemoryDisk {
        var content = content.withLock { $0 }
        content.names = namesSurvive ? content.names : content.syncedNames
        content.files = bytesSurvive ? content.files : content.syncedFiles
        return MemoryDisk(content)
    }

    /// The bytes of a file.
    subscript(_ name: String) -> [UInt8]? {
        content.withLock { content in content.names[name].map { content.files[$0] } }
    }

    func exists(_ name: String) -> Bool { self[name] != nil }

    func read(_ name: String, last most: Int) -> [UInt8]? { self[name].map { Array($0.suffix(most)) } }

    func create(_ name: String) -> OpenFile {
        let file = append(to: name)
        content.withLock { $0.files[Int(file.number)] = [] }
        return file
    }

    func append(to name: String) -> OpenFile {
        content.withLock { content in
            if let number = content.names[name] { return OpenFile(name: name, number: Int32(number)) }
            content.files.append([])
            content.syncedFiles.append([])
            content.names[name] = content.files.count - 1
            return OpenFile(name: name, number: Int32(content.files.count - 1))
        }
    }

    func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) -> Int {
        content.withLock { $0.files[Int(file.number)] += bytes }
        return bytes.count
    }

    func sync(_ file: OpenFile) {
        content.withLock { $0.syncedFiles[Int(file.number)] = $0.files[Int(file.number)] }
    }

    func close(_ file: OpenFile) {}

    func rename(_ name: String, to new: String) {
        content.withLock { content in content.names[new] = content.names.removeValue(forKey: name) }
    }

    func remove(_ name: String) {
        content.withLock { $0.names[name] = nil }
    }

    func syncFolder() {
        content.withLock { $0.syncedNames = $0.names }
    }
}
