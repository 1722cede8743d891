// SPDX-License-Identifier: Apache-2.0

/// A file that is watched, and what counts as a change of it.
package struct WatchedFile: Hashable, Sendable {
    package let path: String
    package let change: Change

    package init(_ path: String, change: Change = .content) {
        self.path = path
        self.change = change
    }

    /// What counts as a change.
    package enum Change: Hashable, Sendable {
        /// The file is written or replaced.
        case content
        /// Another file takes its place; writing into it does not count, as with a database that is open.
        case replacement
    }
}
