// SPDX-License-Identifier: Apache-2.0

import Files
import Foundation
import Synchronization

/// Writes a file completely or not at all, readable by its owner only; replaces one only if asked to.
enum NewFile {
    /// Why the file was not written.
    enum Problem: Error, Equatable, CustomStringConvertible {
        case exists
        case system(String)

        var description: String {
            switch self {
            case .exists: "the file already exists"
            case .system(let words): words
            }
        }

        /// A conflict with a draft is not one with the file.
        fileprivate init(_ problem: FileProblem, of name: String) {
            self = problem.isConflict && problem.path.hasSuffix("/" + name) ? .exists : .system(problem.words)
        }
    }

    /// Writes to a draft next to the path first, which gets its name in one step.
    ///
    /// A link is followed; a folder, a device or a pipe is never replaced.
    static func write(_ bytes: [UInt8], to path: String, overwriting: Bool) throws(Problem) {
        let path = try target(of: HomeFolder.expand(path))
        let name = String(path[name(in: path)...])
        do throws(FileProblem) {
            let folder = try Folder(Folder.parent(of: path))
            try folder.write(bytes, to: name, overwriting: overwriting)
        } catch {
            throw Problem(error, of: name)
        }
    }

    /// A file that is written piece by piece, with the same manners; it gets its name once it is complete.
    final class Draft: Sendable {
        private let folder: Folder
        private let file: OpenFile
        private let name: String
        private let overwriting: Bool
        private let isOpen = Mutex(true)

        init(for path: String, overwriting: Bool) throws(Problem) {
            let path = try NewFile.target(of: HomeFolder.expand(path))
            let name = String(path[NewFile.name(in: path)...])
            (self.name, self.overwriting) = (name, overwriting)
            do throws(FileProblem) {
                folder = try Folder(Folder.parent(of: path))
                let isTaken = try overwriting ? false : folder.exists(name)
                guard !isTaken else { throw FileProblem(path, number: EEXIST) }
                file = try folder.beginDraft(of: name)
            } catch {
                throw Problem(error, of: name)
            }
        }

        func append(_ bytes: [UInt8]) throws(Problem) {
            do throws(FileProblem) {
                try folder.writeAll(bytes, to: file)
            } catch {
                throw .system(error.words)
            }
        }

        /// Gives the file its name; removes what was written if it cannot.
        func finish() throws(Problem) {
            guard isOpen.withLock({ $0.take() }) else { return }
            do throws(FileProblem) {
                try folder.finishDraft(file, of: name, overwriting: overwriting)
            } catch {
                throw Problem(error, of: name)
            }
        }

        /// Removes what was written, unless the file is finished.
        func discard() {
            guard isOpen.withLock({ $0.take() }) else { return }
            close(file.number)
            folder.remove(file.name)
        }
    }

    fileprivate static func name(in path: String) -> String.Index {
        path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    }

    /// The target of a path, if that is a regular file or does not exist.
    fileprivate static func target(of path: String) throws(Problem) -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            guard lstat(path, &status) != 0 else { throw .system("a symbolic link without a target") }
            return path
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .system("not a regular file") }
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

extension Bool {
    /// Sets it to `false`, and returns what it was.
    fileprivate mutating func take() -> Bool {
        defer { self = false }
        return self
    }
}
