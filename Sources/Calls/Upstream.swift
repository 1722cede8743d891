// SPDX-License-Identifier: Apache-2.0

/// Another server that is asked for an answer, or told what happened.
package struct Upstream: Hashable, Sendable {
    package let url: String
    /// How long its reply is waited for.
    package let timeout: Duration

    package init(url: String, timeout: Duration) {
        self.url = url
        self.timeout = timeout
    }

    /// The server for people: the URL without user, password and query, where secrets stand.
    package var name: String { Self.name(of: url) }

    /// A URL for people: without user, password and query, where secrets stand.
    package static func name(of url: String) -> String {
        let shown = url.prefix { $0 != "?" && $0 != "#" }
        guard let slashes = shown.firstRange(of: "://") else { return String(shown) }
        let rest = shown[slashes.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        guard let at = authority.lastIndex(of: "@") else { return String(shown) }
        return String(shown[..<slashes.upperBound] + rest[rest.index(after: at)...])
    }
}
