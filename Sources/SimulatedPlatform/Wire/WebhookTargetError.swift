// SPDX-License-Identifier: Apache-2.0

/// Why an address is none that webhooks can be sent to.
package enum WebhookTargetError: Error, Hashable, Sendable {
    /// Empty, or with characters that no address has.
    case unreadable
    case noScheme
    case https
    case otherScheme(String)
    case noHost
    case badPort(String)
    case credentials
}

extension WebhookTargetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable: "the address is empty or holds characters that no address has; \(Self.example)"
        case .noScheme: "the address has no http:// in front; \(Self.example)"
        case .https: "https is not supported by this command: send the test call to the server itself, \(Self.server)"
        case .otherScheme(let scheme): "\(scheme) is no scheme for webhooks; \(Self.example)"
        case .noHost: "the address names no host; \(Self.example)"
        case .badPort(let port): "\"\(port)\" is no port, ports run from 1 to 65535; \(Self.example)"
        case .credentials: "a name or password in the address is not supported; \(Self.example)"
        }
    }

    private static let server = "http://127.0.0.1:8787/webhook"
    private static let example = "write it as \(server)"
}
