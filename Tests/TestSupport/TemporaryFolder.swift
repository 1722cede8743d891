// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Testing

/// A folder of its own for one test; it is removed with everything in it when the test ends.
package struct TemporaryFolder: Sendable {
    package let url: URL

    package var path: String { url.path }

    /// Runs a test with a new, empty folder.
    package static func with<Result>(
        _ test: (TemporaryFolder) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try await test(folder)
    }

    /// Runs a test with a new, empty folder.
    package static func with<Result>(_ test: (TemporaryFolder) throws -> Result) throws -> Result {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        return try test(folder)
    }

    private init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "switchboard-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
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

    private func remove() {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            Issue.record("cannot remove \(url.path): \(error)")
        }
    }
}
