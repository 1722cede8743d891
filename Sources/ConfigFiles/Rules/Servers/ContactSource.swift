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

        /// The name of the server that is asked; `nil` for a file.
        package var server: String? {
            switch self {
            case .csv, .sqlite: nil
            case .http(let server): Upstream.name(of: server.url)
            }
        }

        /// The file that stays open while it is used; its replacement is a change, as one of the rules file is.
        package var openFile: String? {
            switch self {
            case .sqlite(let path, _): path
            // A CSV file is read together with the rules file.
            case .csv, .http: nil
            }
        }

        /// The name of a source that may be unavailable for a while, for people; `nil` for one that is in memory.
        var remoteName: String? {
            switch self {
            case .csv: nil
            case .sqlite(let path, _): path
            case .http(let server): Upstream.name(of: server.url)
            }
        }
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
