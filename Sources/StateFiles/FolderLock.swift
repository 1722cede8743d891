// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The mark that a server has a folder; the system takes it away with the process, however that ends.
final class FolderLock: Sendable {
    private static let name = "lock"
    private let file: Int32

    /// Takes the folder, or says which process has it.
    init(in folder: Int32, _ path: String) throws(StateFilesError) {
        let file = openat(folder, Self.name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
        guard file >= 0 else { throw Self.failure(path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let failure = errno == EWOULDBLOCK ? .inUse(folder: path, process: Self.holder(file)) : Self.failure(path)
            _ = Glibc.close(file)
            throw failure
        }
        self.file = file
        writeProcess()
    }

    deinit {
        _ = Glibc.close(file)
    }

    /// Says who has the folder, for people who wonder; the lock itself does not need it.
    private func writeProcess() {
        let bytes = Array("\(getpid())\n".utf8)
        _ = ftruncate(file, 0)
        _ = pwrite(file, bytes, bytes.count, 0)
    }

    private static func holder(_ file: Int32) -> Int? {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = pread(file, &bytes, bytes.count, 0)
        guard count > 1, bytes[count - 1] == 0x0A else { return nil }
        return Int(String(decoding: bytes[..<(count - 1)], as: UTF8.self))
    }

    private static func failure(_ path: String) -> StateFilesError {
        .cannotUse(folder: path, FileProblem("\(path)/\(name)", number: errno))
    }
}
