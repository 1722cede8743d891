// SPDX-License-Identifier: Apache-2.0

/// A source of contacts, as the rules file names it, and where.
package struct ContactSource: Equatable, Sendable {
    package let kind: Kind
    package let position: SourcePosition

    package init(_ kind: Kind, at position: SourcePosition) {
        self.kind = kind
        self.position = position
    }

    /// What a source is.
    package enum Kind: Equatable, Sendable {
        /// A CSV file; a relative path counts from the rules file.
        case csv(path: String)
        /// An SQLite database; the query has one parameter, `:number`.
        case sqlite(path: String, query: String)
        /// A server; `{number}` in the URL stands for the caller's number.
        case http(url: String, timeout: Duration, cache: Duration)
    }
}
