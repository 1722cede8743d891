// SPDX-License-Identifier: Apache-2.0

import Glibc

extension SystemFolder {
    package func exists(_ name: String) throws(FileProblem) -> Bool {
        var status = stat()
        if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return true }
        guard errno == ENOENT else { throw problem(name) }
        return false
    }

    package func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]? {
        // A pipe in the place of the file must not be waited for.
        let file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw problem(name)
        }
        defer { _ = Glibc.close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw problem(name) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileProblem("\(path)/\(name)", words: "it is not a regular file")
        }
        return try bytes(of: file, from: max(0, status.st_size - most), name)
    }

    private func bytes(of file: Int32, from start: Int, _ name: String) throws(FileProblem) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = pread(file, &piece, piece.count, start + bytes.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += piece[..<count]
            } else if errno != EINTR {
                throw problem(name)
            }
        }
    }

    package func create(_ name: String) throws(FileProblem) -> OpenFile {
        try opened(name, O_TRUNC)
    }

    package func append(to name: String) throws(FileProblem) -> OpenFile {
        try opened(name, O_APPEND)
    }

    private func opened(_ name: String, _ way: Int32) throws(FileProblem) -> OpenFile {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | way
        let file = openat(folder, name, flags, 0o600)
        guard file >= 0 else { throw problem(name) }
        return OpenFile(name: name, number: file)
    }

    package func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { Glibc.write(file.number, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            guard errno == EINTR else { throw problem(file.name) }
        }
    }

    package func sync(_ file: OpenFile) throws(FileProblem) {
        guard fsync(file.number) == 0 else { throw problem(file.name) }
    }

    package func close(_ file: OpenFile) throws(FileProblem) {
        guard Glibc.close(file.number) == 0 else { throw problem(file.name) }
    }

    package func rename(_ name: String, to new: String) throws(FileProblem) {
        guard renameat(folder, name, folder, new) == 0 else { throw problem(new) }
    }

    package func remove(_ name: String) {
        _ = unlinkat(folder, name, 0)
    }

    package func syncFolder() throws(FileProblem) {
        // Some file systems have nothing to wait for there, and say so.
        guard fsync(folder) == 0 || errno == EINVAL else { throw FileProblem(path, number: errno) }
    }

    private func problem(_ name: String, _ number: Int32 = errno) -> FileProblem {
        FileProblem("\(path)/\(name)", number: number)
    }
}
