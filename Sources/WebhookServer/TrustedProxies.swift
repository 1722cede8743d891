// SPDX-License-Identifier: Apache-2.0

package import Calls

/// The proxies whose word counts for who a client is (`X-Forwarded-For`).
package struct TrustedProxies: Sendable {
    private let ranges: [IPRange]
    /// The most addresses of a header that are looked at, from its end; a longer chain is a client's invention.
    private static let longestChain = 16

    package init(_ ranges: [IPRange] = []) {
        self.ranges = ranges
    }

    package var isEmpty: Bool { ranges.isEmpty }

    /// Whether the other end of a connection is one of them.
    package func contains(_ address: String) -> Bool {
        !ranges.isEmpty && IPAddress(address).map(contains) ?? false
    }

    private func contains(_ address: IPAddress) -> Bool { ranges.contains { $0.contains(address) } }

    /// The client that a proxy had the request of: the last address of the header that is not a proxy itself.
    ///
    /// Whatever precedes that address came from the client, which may write anything. Where the proxy names no address, it
    /// is taken for the client itself.
    package func client(of proxy: String, _ header: String?) -> String {
        var client = proxy
        for entry in (header ?? "").split(separator: ",").suffix(Self.longestChain).reversed() {
            let text = Self.withoutPort(entry.filter { !" \t\"".contains($0) })
            guard let address = IPAddress(text) else { return client }
            client = text
            if !contains(address) { return client }
        }
        return client
    }

    /// An entry such as `192.0.2.1:4711`, `[2001:db8::1]:4711` or `2001:db8::1`, without brackets and port.
    private static func withoutPort(_ entry: String) -> String {
        if entry.hasPrefix("["), let end = entry.firstIndex(of: "]") {
            return String(entry[entry.index(after: entry.startIndex)..<end])
        }
        let parts = entry.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : entry
    }
}
