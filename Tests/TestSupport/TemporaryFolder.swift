// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Testing

/// A new folder for one test; it is removed with its contents when the last reference is gone.
///
/// A suite keeps it in a property, since each test has its own instance; other tests use `with`.
package final class TemporaryFolder: Sendable {
    package let url: URL

    package var path: String { url.path }

    /// Runs a test with a new, empty folder.
    package static func with<Result>(
        _ test: (TemporaryFolder) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try await test(folder)
    }

    /// Runs a test with a new, empty folder.
    package static func with<Result>(_ test: (TemporaryFolder) throws -> Result) throws -> Result {
        let folder = try TemporaryFolder()
        defer { withExtendedLifetime(folder) {} }
        return try test(folder)
    }

    /// Creates a new, empty folder that only its owner may use.
    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "switchboard-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            Issue.record("cannot remove \(url.path): \(error)")
        }
    }

    /// The path of a file in the folder, whether or not the file exists.
    package func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file and returns its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    /// Reads a file as UTF-8.
    package func read(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }

    package func append(_ text: String, to name: String) throws {
        try write(try read(name) + text, to: name)
    }

    package func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: false)
    }

    package func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path(name))
    }

    /// The names of the files and folders in it, sorted.
    package var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }

    /// The permissions of a file in it, in octal.
    package func mode(_ name: String) throws -> String {
        let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
        return String((attributes[.posixPermissions] as? Int) ?? 0, radix: 8)
    }
}
