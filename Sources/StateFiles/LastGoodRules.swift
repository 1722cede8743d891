// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Files
import JSON
import WireFormat

/// A rules file without errors, and the files that it names, by content.
package struct KeptRules: Hashable, Sendable {
    /// The absolute path of the rules file.
    package let path: String
    /// When they were read from their files.
    package let readAt: Instant
    package let bytes: [UInt8]
    /// The files that it names, by absolute path.
    package let files: [String: [UInt8]]

    package init(path: String, readAt: Instant, bytes: [UInt8], files: [String: [UInt8]]) {
        self.path = path
        self.readAt = readAt
        self.bytes = bytes
        self.files = files
    }
}

/// `last-good-rules`: what a server starts with if its rules file has errors by then.
///
/// One line of JSON with the names and lengths of the files, then their bytes.
package struct LastGoodRules: Sendable {
    private static let name = "last-good-rules"
    private static let lineBreak = UInt8(ascii: "\n")
    /// The most bytes that are kept, all files together.
    package static let mostBytes = 64 << 20
    /// The most bytes of the line before them.
    private static let mostHead = 1 << 20

    private let folder: any FolderCalls

    package init(in folder: any FolderCalls) {
        self.folder = folder
    }

    /// Reads what a folder holds, without locking it; `nil` if there is nothing.
    package static func read(from path: String) throws(FileProblem) -> KeptRules? {
        let folder: Folder
        do throws(FileProblem) {
            folder = try Folder(path)
        } catch {
            if error.isAbsence { return nil }
            throw error
        }
        return try LastGoodRules(in: folder).read()
    }

    /// Replaces what is kept, as a whole.
    package func keep(_ rules: KeptRules) throws(FileProblem) {
        let files = rules.files.sorted { $0.key < $1.key }
        let size = files.reduce(rules.bytes.count) { $0 + $1.value.count }
        guard size <= Self.mostBytes else {
            // What is kept already is of other rules by now.
            folder.remove(Self.name)
            throw problem(
                "the rules and the files that they name take \(size >> 20) MiB, above \(Self.mostBytes >> 20)")
        }
        let contents = rules.bytes + files.flatMap(\.value)
        let head = JSONValue.object([
            .init("version", .integer(1)), .init("path", .string(rules.path)),
            .init("read_at", .string(rules.readAt.iso8601Exact)), .init("bytes", .integer(rules.bytes.count)),
            .init(
                "files",
                .array(
                    files.map { .object([.init("path", .string($0.key)), .init("bytes", .integer($0.value.count))]) })),
            .init("check", .string(Self.check(contents))),
        ])
        try folder.replace(Self.name, with: head.bytes + [Self.lineBreak] + contents)
        try folder.syncFolder()
    }

    /// What is kept; `nil` if there is nothing.
    package func read() throws(FileProblem) -> KeptRules? {
        let limit = Self.mostBytes + Self.mostHead
        guard let bytes = try folder.read(Self.name, last: limit + 1) else { return nil }
        guard bytes.count <= limit else { throw problem("it is damaged: it is larger than \(limit >> 20) MiB") }
        guard let end = bytes.firstIndex(of: Self.lineBreak) else { throw problem("it is damaged") }
        do throws(DocumentProblem) {
            let head = try ObjectReader(Array(bytes[..<end]))
            guard try head.integer("version") == 1 else { throw head.problem("version", "is not 1") }
            guard try head.text("check") == Self.check(bytes[(end + 1)...]) else {
                throw head.problem("check", "does not match the contents")
            }
            var rest = bytes[(end + 1)...]
            let rules = try Self.take(try head.integer("bytes"), of: &rest, head)
            var files: [String: [UInt8]] = [:]
            let entries = try head.list("files") { value, place throws(DocumentProblem) in
                try ObjectReader(value, at: place)
            }
            for entry in entries {
                files[try entry.text("path")] = try Self.take(try entry.integer("bytes"), of: &rest, entry)
            }
            return KeptRules(
                path: try head.text("path"), readAt: try head.instant("read_at"), bytes: rules, files: files)
        } catch {
            throw problem("it is damaged: \(error)")
        }
    }

    private static func take(
        _ count: Int, of rest: inout ArraySlice<UInt8>, _ reader: ObjectReader
    ) throws(DocumentProblem) -> [UInt8] {
        guard (0...rest.count).contains(count) else { throw reader.problem("bytes", "is more than there is") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Detects a file that was damaged, not one that was forged: the folder is private.
    private static func check(_ contents: some Sequence<UInt8>) -> String {
        var hash = FNV1a()
        hash.combine(contents)
        return String(hash.value, radix: 16)
    }

    private func problem(_ words: String) -> FileProblem { FileProblem("\(folder.path)/\(Self.name)", words: words) }
}
