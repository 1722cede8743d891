// SPDX-License-Identifier: Apache-2.0

/// An address of IPv4 or IPv6; an IPv4 address equals the IPv6 address that carries it (`::ffff:192.0.2.1`).
package struct IPAddress: Hashable, Sendable {
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    /// Reads `192.0.2.1`, `2001:db8::1` or `::ffff:192.0.2.1`, without brackets, zone or port.
    package init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 45 else { return nil }
        if text.contains(":") {
            guard let groups = Self.groups(of: Substring(text)) else { return nil }
            high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
            low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
        } else {
            guard let number = Self.number(of: Substring(text)) else { return nil }
            high = 0
            low = 0xFFFF << 32 | UInt64(number)
        }
    }

    /// Whether it is an address of this machine.
    package var isLoopback: Bool {
        high == 0 && (low == 1 || low >> 24 == 0xFFFF7F)
    }

    /// What one customer of a network has: an IPv4 address, or the 2^64 addresses that begin like an IPv6 address.
    package var network: IPAddress { isShort ? self : IPAddress(high: high, low: 0) }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Whether it is an IPv4 address.
    fileprivate var isShort: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// The four bytes of `192.0.2.1`; a part with a leading zero may be octal elsewhere and is refused.
    private static func number(of text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var number: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part.utf8.count == 1 || part.utf8.first != 0x30, let byte = UInt8(part)
            else { return nil }
            number = number << 8 | UInt32(byte)
        }
        return number
    }

    /// The eight groups of an IPv6 address.
    private static func groups(of text: Substring) -> [UInt16]? {
        guard let gap = text.firstRange(of: "::") else {
            return parts(of: text).flatMap { $0.count == 8 ? $0 : nil }
        }
        let (before, after) = (text[..<gap.lowerBound], text[gap.upperBound...])
        guard !before.contains("."), let front = parts(of: before), let back = parts(of: after),
            front.count + back.count < 8
        else { return nil }
        return front + Array(repeating: 0, count: 8 - front.count - back.count) + back
    }

    private static func parts(of text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        var parts: [UInt16] = []
        for (index, word) in words.enumerated() {
            if index == words.count - 1, word.contains("."), let number = number(of: word) {
                parts += [UInt16(number >> 16), UInt16(truncatingIfNeeded: number)]
            } else {
                guard (1...4).contains(word.utf8.count), let part = UInt16(word, radix: 16), word.first != "+" else {
                    return nil
                }
                parts.append(part)
            }
        }
        return parts
    }
}

/// One address, or all that begin with the same bits, such as `10.0.0.0/8`.
package struct IPRange: Hashable, Sendable {
    private let first: IPAddress
    /// How many of 128 bits count.
    private let bits: Int

    /// Reads `192.0.2.1`, `10.0.0.0/8` or `2001:db8::/32`; bits after the prefix have to be zero.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = parts.first.flatMap({ IPAddress($0) }) else { return nil }
        let width = address.isShort ? 32 : 128
        var prefix = width
        if parts.count == 2 {
            guard (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let bits = Int(parts[1]), bits <= width
            else { return nil }
            prefix = bits
        }
        bits = prefix + 128 - width
        first = address
        guard Self.cut(address.high, address.low, to: bits) == (address.high, address.low) else { return nil }
    }

    /// Whether it has more addresses than any network of one owner: more than 10.0.0.0/8, or than fc00::/7.
    package var isBoundless: Bool { first.isShort ? bits < 96 + 8 : bits < 7 }

    package func contains(_ address: IPAddress) -> Bool {
        Self.cut(address.high, address.low, to: bits) == (first.high, first.low)
    }

    /// The first bits of an address, and zeros.
    private static func cut(_ high: UInt64, _ low: UInt64, to bits: Int) -> (UInt64, UInt64) {
        (high & mask(min(bits, 64)), low & mask(max(bits - 64, 0)))
    }

    private static func mask(_ bits: Int) -> UInt64 {
        bits == 0 ? 0 : ~0 << (64 - UInt64(bits))
    }
}
