// SPDX-License-Identifier: Apache-2.0

/// Where webhooks are sent: the parts of an `http` or `https` address.
package struct WebhookTarget: Hashable, Sendable {
    /// Whether the connection is encrypted.
    package let isSecure: Bool
    package let host: String
    package let port: Int
    /// Path and query, as they go on the wire.
    package let path: String

    package init(host: String, port: Int, path: String, isSecure: Bool = false) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.path = path
    }

    /// Reads an address such as `http://127.0.0.1:8787/webhook`; the default port is 80, or 443 for `https`.
    package init(url: String) throws(WebhookTargetError) {
        guard !url.isEmpty, url.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { throw .unreadable }
        guard let separator = url.utf8.firstRange(of: "://".utf8) else { throw .noScheme }
        switch url[..<separator.lowerBound].lowercased() {
        case "http": isSecure = false
        case "https": isSecure = true
        case let scheme: throw .otherScheme(scheme)
        }
        let rest = url[separator.upperBound...].prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .credentials }
        (host, port) = try Self.hostAndPort(authority, defaultPort: isSecure ? 443 : 80)
        let tail = rest[authority.endIndex...]
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }

    /// What follows the path, with its question mark; empty if nothing does.
    package var query: String { String(path[(path.firstIndex(of: "?") ?? path.endIndex)...]) }

    /// The `Host` header.
    package var authority: String { Self.bracketed(host) + (port == (isSecure ? 443 : 80) ? "" : ":\(port)") }

    private static func hostAndPort(_ text: Substring, defaultPort: Int) throws(WebhookTargetError) -> (String, Int) {
        let bracket = text.hasPrefix("[") ? text.firstIndex(of: "]") : nil
        let colon = text[(bracket ?? text.startIndex)...].firstIndex(of: ":") ?? text.endIndex
        var host = text[..<colon]
        if let bracket {
            guard text.index(after: bracket) == colon else { throw .noHost }
            host = text[..<bracket].dropFirst()
        }
        guard !host.isEmpty, !host.contains("[") else { throw .noHost }
        let digits = text[colon...].dropFirst()
        guard colon < text.endIndex else { return (String(host), defaultPort) }
        guard digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw .badPort(String(digits)) }
        return (String(host), port)
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }
}

extension WebhookTarget: CustomStringConvertible {
    package var description: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}

/// Why webhooks cannot be sent to an address.
package enum WebhookTargetError: Error, Hashable, Sendable {
    /// Empty, or with characters that are not allowed in an address.
    case unreadable
    case noScheme
    case otherScheme(String)
    case noHost
    case badPort(String)
    case credentials
}

extension WebhookTargetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable: "the address is empty or has invalid characters; \(Self.example)"
        case .noScheme: "the address does not begin with http:// or https://; \(Self.example)"
        case .otherScheme(let scheme): "unsupported scheme \(scheme); \(Self.example)"
        case .noHost: "the address has no host; \(Self.example)"
        case .badPort(let port): "\"\(port)\" is not a port (1 to 65535); \(Self.example)"
        case .credentials: "user and password in the address are not supported; \(Self.example)"
        }
    }

    private static let example = "write it as http://127.0.0.1:8787/webhook"
}
