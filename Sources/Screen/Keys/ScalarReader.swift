// SPDX-License-Identifier: Apache-2.0

/// The text encoding of a terminal.
package enum TerminalEncoding: Hashable, Sendable {
    case utf8
    /// One byte is one scalar: those of the bytes from 128 on, 0 where there is none.
    case singleByte(high: [UInt32])
}

/// Reads scalars out of bytes, one by one; a byte outside of any text becomes a stand-in, and nothing else is lost with it.
struct ScalarReader: Sendable {
    private static let standIn: Unicode.Scalar = "\u{FFFD}"

    private let encoding: TerminalEncoding
    private var value: UInt32 = 0
    /// How many bytes of a scalar are still to come.
    private var left = 0
    /// What the next of them may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    init(_ encoding: TerminalEncoding) {
        self.encoding = encoding
    }

    var isUTF8: Bool { encoding == .utf8 }

    /// Whether a scalar has begun and not ended.
    var isInside: Bool { left > 0 }

    mutating func reset() {
        left = 0
        allowed = 0x80...0xBF
    }

    /// The bytes of a scalar in this encoding.
    func bytes(of scalar: Unicode.Scalar) -> [UInt8] {
        switch encoding {
        case .utf8: Array(String(scalar).utf8)
        case .singleByte(let high):
            scalar.value < 128
                ? [UInt8(scalar.value)] : high.firstIndex(of: scalar.value).map { [UInt8($0 + 128)] } ?? []
        }
    }

    /// Takes a byte and returns what it completes: none, one, or a stand-in and the scalar after it.
    mutating func take(_ byte: UInt8) -> [Unicode.Scalar] {
        if byte < 0x80 {
            defer { reset() }
            return (isInside ? [Self.standIn] : []) + [Unicode.Scalar(byte)]
        }
        if case .singleByte(let high) = encoding {
            let place = Int(byte) - 128
            let scalar = high.indices.contains(place) && high[place] != 0 ? Unicode.Scalar(high[place]) : nil
            return [scalar ?? Self.standIn]
        }
        guard isInside else { return begin(byte) }
        guard allowed.contains(byte) else {
            reset()
            return [Self.standIn] + begin(byte)
        }
        value = value << 6 | UInt32(byte & 0x3F)
        left -= 1
        allowed = 0x80...0xBF
        return left > 0 ? [] : [Unicode.Scalar(value) ?? Self.standIn]
    }

    private mutating func begin(_ byte: UInt8) -> [Unicode.Scalar] {
        allowed = 0x80...0xBF
        switch byte {
        case 0xC2...0xDF: (value, left) = (UInt32(byte & 0x1F), 1)
        case 0xE0...0xEF:
            (value, left) = (UInt32(byte & 0x0F), 2)
            // Neither a shorter form nor half of a pair.
            if byte == 0xE0 { allowed = 0xA0...0xBF }
            if byte == 0xED { allowed = 0x80...0x9F }
        case 0xF0...0xF4:
            (value, left) = (UInt32(byte & 0x07), 3)
            if byte == 0xF0 { allowed = 0x90...0xBF }
            if byte == 0xF4 { allowed = 0x80...0x8F }
        default: return [Self.standIn]
        }
        return []
    }
}
