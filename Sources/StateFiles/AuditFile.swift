// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import Files
import WireFormat
import Overrides

/// `audit.jsonl`: one line of JSON for each override event; nothing in it is ever overwritten.
struct AuditFile {
    static let name = "audit.jsonl"
    /// Enough bytes for the last line of any usual audit.
    private static let usualTail = 1 << 16
    /// The most bytes that are searched for its last line: a crash or a full disk may leave garbage, and more than this is
    /// not of a server.
    private static let longestTail = 8 << 20
    static let lineBreak = UInt8(ascii: "\n")

    let folder: any FolderCalls

    /// How the file ends.
    private struct End {
        /// The number of the last line that is whole; 0 where there is none.
        var number = 0
        /// A server was killed while it wrote the last line.
        var isTorn = false
        var isAbsent = true
    }

    /// Appends the entries that are missing.
    func append(_ entries: [AuditEntry]) throws(FileProblem) {
        let end = try end()
        let lines = entries.filter { $0.number > end.number }.flatMap { $0.document.bytes + [Self.lineBreak] }
        // A torn line stays as it is: its end is lost.
        let bytes = (end.isTorn ? [Self.lineBreak] : []) + lines
        guard !bytes.isEmpty else { return }
        try folder.finish(try folder.append(to: Self.name), with: bytes)
        if end.isAbsent { try folder.syncFolder() }
    }

    /// The number of the last line that is whole; 0 where there is none.
    func lastNumber() throws(FileProblem) -> Int { try end().number }

    /// The newest lines that are whole, as many as fit into the bytes that are read.
    func newest() throws(FileProblem) -> [AuditEntry] {
        (try folder.read(Self.name, last: Self.usualTail) ?? []).split(separator: Self.lineBreak)
            .compactMap { AuditEntry(line: $0) }
    }

    /// The lines that are whole, of a very long audit the newest.
    func entries() throws(FileProblem) -> [AuditEntry] {
        (try folder.read(Self.name, last: Self.longestTail) ?? []).split(separator: Self.lineBreak)
            .compactMap { AuditEntry(line: $0) }
    }

    private func end() throws(FileProblem) -> End {
        guard let tail = try folder.read(Self.name, last: Self.usualTail) else { return End() }
        if let end = end(of: tail) { return end }
        let isTorn = tail.last.map { $0 != Self.lineBreak } ?? false
        guard tail.count >= Self.usualTail, let more = try folder.read(Self.name, last: Self.longestTail) else {
            return End(isTorn: isTorn, isAbsent: false)
        }
        return end(of: more) ?? End(isTorn: isTorn, isAbsent: false)
    }

    /// The last readable line; the first line of a tail is cut off and cannot be read.
    private func end(of tail: [UInt8]) -> End? {
        for line in tail.split(separator: Self.lineBreak).reversed() {
            guard let entry = AuditEntry(line: line) else { continue }
            return End(number: entry.number, isTorn: tail.last != Self.lineBreak, isAbsent: false)
        }
        return nil
    }
}
