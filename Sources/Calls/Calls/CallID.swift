// SPDX-License-Identifier: Apache-2.0

/// The platform's name of a call; opaque, and personal data, since it may embed the caller's number
/// (docs/platform.md, Identity of a call).
///
/// Nearly all are UUIDs, which are kept as their 16 bytes: they take no memory of their own and are compared at once.
package struct CallID: Hashable, Sendable {
    private let name: Name

    private enum Name: Hashable {
        /// A UUID in lower case, from its first digit on.
        case uuid(UInt64, UInt64)
        case text(String)
    }

    package init(_ text: String) {
        var text = text
        name = text.withUTF8(Self.uuid) ?? .text(text)
    }

    /// Reads the UTF-8 of an id, which need not be valid.
    package init(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        name = Self.uuid(bytes) ?? .text(String(decoding: bytes, as: UTF8.self))
    }

    package var text: String {
        switch name {
        case .text(let text): text
        case .uuid:
            String(unsafeUninitializedCapacity: UUIDText.length) { text in
                writeUUID(into: UnsafeMutableRawBufferPointer(text))
                return UUIDText.length
            }
        }
    }

    package var isEmpty: Bool {
        switch name {
        case .text(let text): text.isEmpty
        case .uuid: false
        }
    }

    /// What tables of calls are ordered by; another one in each run of the program, so that nobody can choose ids that
    /// have the same.
    package var digest: UInt64 {
        switch name {
        case .text(let text): UInt64(truncatingIfNeeded: text.hashValue)
        case .uuid(let high, let low):
            {
                let product = (high ^ Self.seeds.0).multipliedFullWidth(by: low ^ Self.seeds.1)
                return product.high ^ product.low
            }()
        }
    }

    private static let seeds = (
        UInt64(truncatingIfNeeded: "high".hashValue), UInt64(truncatingIfNeeded: "low".hashValue)
    )

    /// Appends the UTF-8 of a UUID; `false`, and nothing, for another id.
    package func appendUUID(to bytes: inout [UInt8]) -> Bool {
        guard case .uuid = name else { return false }
        withUnsafeTemporaryAllocation(byteCount: UUIDText.length, alignment: 1) { text in
            writeUUID(into: text)
            bytes.append(contentsOf: text)
        }
        return true
    }
}

/// Where the digits of a UUID are: `01234567-89ab-cdef-0123-456789abcdef`.
private enum UUIDText {
    static let length = 36
    static let hyphens = [8, 13, 18, 23]
}

extension CallID {
    /// The id that a text is, if it is a UUID in lower case, so that writing it gives the same text.
    private static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> Name? {
        guard text.count == UUIDText.length else { return nil }
        let bytes = UnsafeRawBufferPointer(text)
        func four(_ place: Int) -> UInt64 {
            UInt64(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
        }
        func value(_ first: Int, _ second: Int) -> UInt64? {
            HexDigits.value(four(first) << 32 | four(second)).map(UInt64.init)
        }
        guard UUIDText.hyphens.allSatisfy({ bytes[$0] == UInt8(ascii: "-") }), let first = value(0, 4),
            let second = value(9, 14), let third = value(19, 24), let fourth = value(28, 32)
        else { return nil }
        return .uuid(first << 32 | second, third << 32 | fourth)
    }

    private func writeUUID(into text: UnsafeMutableRawBufferPointer) {
        guard case .uuid(let high, let low) = name else { return }
        func write(_ value: UInt64, _ first: Int, _ second: Int) {
            let digits = HexDigits.digits(UInt32(truncatingIfNeeded: value))
            text.storeBytes(of: UInt32(digits >> 32).bigEndian, toByteOffset: first, as: UInt32.self)
            text.storeBytes(
                of: UInt32(truncatingIfNeeded: digits).bigEndian, toByteOffset: second, as: UInt32.self)
        }
        for place in UUIDText.hyphens { text[place] = UInt8(ascii: "-") }
        write(high >> 32, 0, 4)
        write(high, 9, 14)
        write(low >> 32, 19, 24)
        write(low, 28, 32)
    }
}

extension CallID: CustomStringConvertible {
    package var description: String { text }
}
