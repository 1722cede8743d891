// SPDX-License-Identifier: Apache-2.0

/// The calls of the system on the files of one folder, by their names in it.
///
/// Tests bring a disk of their own, on which each of these calls can fail, and behind each of which the power can go.
package protocol FolderCalls: Sendable {
    /// The folder, for people.
    var path: String { get }

    /// Whether there is something of that name.
    func exists(_ name: String) throws(FileProblem) -> Bool

    /// The last bytes of a file, or all of it where there are no more; `nil` where there is none.
    func read(_ name: String, last most: Int) throws(FileProblem) -> [UInt8]?

    /// Opens an empty file that only its owner can read, in the place of one that may be there.
    func create(_ name: String) throws(FileProblem) -> OpenFile

    /// Opens a file behind whose end everything is written; makes one that only its owner can read if there is none.
    func append(to name: String) throws(FileProblem) -> OpenFile

    /// Writes bytes in one call, and returns how many the system took.
    func write(_ bytes: ArraySlice<UInt8>, to file: OpenFile) throws(FileProblem) -> Int

    /// Waits until what was written is on the disk.
    func sync(_ file: OpenFile) throws(FileProblem)

    func close(_ file: OpenFile) throws(FileProblem)

    /// Gives a file another name in one step; one that has it already is gone then.
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
    /// Writes all bytes to a file, waits for the disk, and closes it, whatever comes of that.
    func finish(_ file: OpenFile, with bytes: [UInt8]) throws(FileProblem) {
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

    private func writeAll(_ bytes: [UInt8], to file: OpenFile) throws(FileProblem) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = try write(rest, to: file)
            guard written > 0 else { throw FileProblem("\(path)/\(file.name)", words: "no byte was taken") }
            rest = rest.dropFirst(written)
        }
    }
}
