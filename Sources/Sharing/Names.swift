// SPDX-License-Identifier: Apache-2.0

/// Identifies one state of a desk, or the desk itself: 16 random bytes, written as 32 hexadecimal digits.
package struct StateID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let low: UInt64

    /// Makes an id that no other replica makes.
    package static func random(using generator: inout some RandomNumberGenerator) -> StateID {
        StateID(high: generator.next(), low: generator.next())
    }

    /// Makes an id that no other replica makes.
    package static func random() -> StateID {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads what `description` writes; `nil` for anything else.
    package init?(_ text: String) {
        let digits = text.utf8
        guard digits.count == 32, digits.allSatisfy({ Self.digits.contains($0) }),
            let high = UInt64(text.prefix(16), radix: 16), let low = UInt64(text.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    private static let digits = Array("0123456789abcdef".utf8)

    package var description: String { Self.text(high) + Self.text(low) }

    private static func text(_ half: UInt64) -> String {
        let digits = String(half, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension StateID: Comparable {
    /// An order that every replica agrees on; it means nothing else.
    package static func < (left: StateID, right: StateID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

/// The name of one replica of a desk; safe in keys of an engine, in URLs and on a terminal.
package struct ReplicaName: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// The longest name, in characters.
    package static let longest = 64

    /// Takes ASCII letters, digits, `.`, `_` and `-`, 1 to 64 of them; `nil` for anything else.
    package init?(_ text: String) {
        guard (1...Self.longest).contains(text.utf8.count),
            text.utf8.allSatisfy({ Self.isAllowed(Unicode.Scalar($0)) })
        else { return nil }
        self.text = text
    }

    private static func isAllowed(_ character: Unicode.Scalar) -> Bool {
        switch character {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
        default: false
        }
    }

    package var description: String { text }

    package static func < (left: ReplicaName, right: ReplicaName) -> Bool { left.text < right.text }
}
