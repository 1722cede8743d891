// SPDX-License-Identifier: Apache-2.0

import Calls
import WireFormat
import StateFiles
import Foundation
import Overrides

/// A folder that goes with the test.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        // A folder that is left behind harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    func path(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
    }

    func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
    }

    func append(_ text: String, to name: String) throws {
        try write(try self.text(name) + text, to: name)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: false)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// The names of what is in it.
    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// The mode of a file in it, in octal.
    func mode(_ name: String) throws -> String {
        let attributes = try FileManager.default.attributesOfItem(atPath: name.isEmpty ? path : path(name))
        return String((attributes[.posixPermissions] as? Int) ?? 0, radix: 8)
    }
}

extension FolderCalls {
    /// The lines of the audit that are whole.
    func auditLines() throws -> [AuditEntry] {
        (try read("audit.jsonl", last: .max) ?? []).split(separator: UInt8(ascii: "\n"))
            .compactMap { AuditEntry(line: $0) }
    }
}
