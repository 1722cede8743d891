// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// The folder of the repository, for tests that compare the code with its documents.
package enum Repository {
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Reads a file of the repository as UTF-8.
    package static func read(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
