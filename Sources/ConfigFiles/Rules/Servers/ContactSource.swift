// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A source of contacts as the rules file names it, with its position.
package struct ContactSource: Equatable, Sendable {
    package let kind: Kind
    package let position: SourcePosition

    package init(_ kind: Kind, at position: SourcePosition) {
        self.kind = kind
        self.position = position
    }

    package enum Kind: Equatable, Sendable {
        /// A CSV file; a relative path starts at the rules file.
        case csv(path: String, columns: ContactColumns)
        /// An SQLite database; the query has the parameter `:number`, and may have `:line`.
        case sqlite(path: String, query: String)
        case http(ContactServer)

        /// Where the contacts are.
        private enum Place {
            /// A file that is read together with the rules file.
            case table(path: String)
            /// A file that stays open while it is used.
            case database(path: String)
            case server(name: String)
        }

        private var place: Place {
            switch self {
            case .csv(let path, _): .table(path: path)
            case .sqlite(let path, _): .database(path: path)
            case .http(let server): .server(name: Upstream.name(of: server.url))
            }
        }

        /// Where the secrets are that it needs.
        package var secrets: [SecretSource] {
            switch self {
            case .csv, .sqlite: []
            case .http(let server): server.secrets
            }
        }

        /// The file that is in memory as a whole; `nil` for a source that must be asked.
        package var table: String? { if case .table(let path) = place { path } else { nil } }

        /// The file that stays open while it is used; its replacement is a change, as one of the rules file is.
        package var openFile: String? { if case .database(let path) = place { path } else { nil } }

        /// The name of the server that is asked; `nil` for a file.
        package var server: String? { if case .server(let name) = place { name } else { nil } }

        /// The name of a source that may be unavailable for a while, for people; `nil` for one that is in memory.
        var remoteName: String? { openFile ?? server }
    }
}

/// A server that knows callers.
package struct ContactServer: Equatable, Sendable {
    /// `{number}` is replaced by the caller's number, `{line}` by the called one.
    package let url: String
    package let timeout: Duration
    /// How long its answers are cached.
    package let cache: Duration
    package let headers: [Header]
    /// Where the contact is in the reply; empty for the reply itself.
    package let path: [String]

    package init(
        url: String, timeout: Duration = .milliseconds(500), cache: Duration = .seconds(300), headers: [Header] = [],
        path: [String] = []
    ) {
        self.url = url
        self.timeout = timeout
        self.cache = cache
        self.headers = headers
        self.path = path
    }

    fileprivate var secrets: [SecretSource] {
        headers.compactMap { if case .secret(let source, _) = $0.value { source } else { nil } }
    }

    /// A header of each request.
    package struct Header: Equatable, Sendable {
        package let name: String
        package let value: Value

        package init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    package enum Value: Equatable, Sendable {
        case literal(String)
        /// A secret, and what is sent before it, such as `Bearer `.
        case secret(SecretSource, prefix: String)
    }
}
