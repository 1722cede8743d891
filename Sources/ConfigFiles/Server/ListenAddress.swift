// SPDX-License-Identifier: Apache-2.0

/// A host and a port to listen on.
package struct ListenAddress: Hashable, Sendable {
    /// An address or a name, without the brackets of an IPv6 address.
    package let host: String
    /// 0 picks a free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    package static let standard = ListenAddress(host: "127.0.0.1", port: 8787)

    /// Reads `127.0.0.1:8787`, `localhost:0` or `[::1]:8787`.
    package init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard (1...5).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), port <= 65_535, let host = Self.host(String(text[..<colon]))
        else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether only programs of this machine can reach it.
    package var isLoopback: Bool {
        if host == "::1" || host.lowercased() == "localhost" { return true }
        let bytes = host.split(separator: ".", omittingEmptySubsequences: false)
        return bytes.count == 4 && bytes[0] == "127" && bytes.allSatisfy { UInt8($0) != nil }
    }

    private static func host(_ text: String) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inside = text.dropFirst().dropLast()
            return inside.contains(":") ? String(inside) : nil
        }
        guard !text.isEmpty, !text.contains(where: { ":[]/@".contains($0) || $0.isWhitespace }) else { return nil }
        return text
    }
}

extension ListenAddress: CustomStringConvertible {
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
