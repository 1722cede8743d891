// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The system calls on the files of one folder, by name.
///
/// Tests bring a disk of their own, on which each call can fail, and after each of which the power can fail.
package protocol FolderCalls: Sendable {
    /// The folder, for people.
    var path: String { get }

    /// Whether a file of that name exists.
    func exists(_ name: String) throws(FileProblem) -> Bool

    /// The last bytes of a file, or all of it where there are no more; `nil` where there is none.
    func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]?

    /// Opens a new file that only its owner can read; one of that name is an error.
    func create(_ name: String) throws(FileProblem) -> OpenFile

    /// Opens a file for appending; creates one that only its owner can read if it is missing.
    func append(to name: String) throws(FileProblem) -> OpenFile

    /// Writes bytes in one call, and returns how many the system took.
    func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int

    /// Waits until what was written is on the disk.
    func sync(_ file: OpenFile) throws(FileProblem)

    func close(_ file: OpenFile) throws(FileProblem)

    /// Renames a file in one step, replacing one of that name.
    func rename(_ name: String, to new: String) throws(FileProblem)

    /// Removes a file, if it can.
    func remove(_ name: String)

    /// Waits until the names of the folder are on the disk.
    func syncFolder() throws(FileProblem)
}

/// A file that is open for writing.
package struct OpenFile: Hashable, Sendable {
    package let name: String
    package let number: Int32

    package init(name: String, number: Int32) {
        self.name = name
        self.number = number
    }
}

extension FolderCalls {
    /// Replaces a file as a whole: whoever reads the name finds the old bytes or the new ones.
    ///
    /// The name survives a power loss only after `syncFolder`.
    package func replace(_ name: String, with bytes: [UInt8]) throws(FileProblem) {
        let draft = draft(of: name)
        try write(bytes, toDraft: draft) { () throws(FileProblem) in try rename(draft, to: name) }
    }

    /// Writes a draft, and gives it its name; removes it if either fails.
    package func write(
        _ bytes: [UInt8], toDraft draft: String, then place: () throws(FileProblem) -> Void
    ) throws(FileProblem) {
        // A process that was killed while it wrote may have left one.
        remove(draft)
        do throws(FileProblem) {
            try finish(try create(draft), with: bytes)
            try place()
        } catch {
            remove(draft)
            throw error
        }
    }

    /// The name that a file has until it is complete.
    package func draft(of name: String) -> String { name + ".new" }

    /// Writes all bytes to a file, syncs it, and closes it even after a failure.
    package func finish(_ file: OpenFile, with bytes: [UInt8]) throws(FileProblem) {
        var failure: FileProblem?
        do throws(FileProblem) {
            try writeAll(bytes, to: file)
            try sync(file)
        } catch {
            failure = error
        }
        do throws(FileProblem) {
            try close(file)
        } catch {
            failure = failure ?? error
        }
        if let failure { throw failure }
    }

    /// Writes all bytes.
    package func writeAll(_ bytes: [UInt8], to file: OpenFile) throws(FileProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = try write(rest, to: file)
            guard written > 0 else { throw FileProblem("\(path)/\(file.name)", words: "no byte was written") }
            rest = rest.dropFirst(written)
        }
    }
}

/// A system call on a file that failed.
package struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    /// The system's message, such as `No space left on device`.
    package let words: String
    /// Whether the file, or the folder that it would be in, is not there.
    package let isAbsence: Bool
    /// Whether a file of that name exists already.
    package let isConflict: Bool
    /// Whether the file system cannot be written.
    package let isReadOnly: Bool

    package init(_ path: String, words: String) {
        self.path = path
        self.words = words
        isAbsence = false
        isConflict = false
        isReadOnly = false
    }

    /// What the system's error number says.
    package init(_ path: String, number: Int32) {
        self.path = path
        words = String(cString: strerror(number))
        isAbsence = number == ENOENT
        isConflict = number == EEXIST
        isReadOnly = number == EROFS
    }

    package var description: String { "\(path): \(words)" }
}
