// SPDX-License-Identifier: Apache-2.0

/// Eight bytes in a row, which a processor compares in one step.
struct EightBytes: Equatable {
    private let bytes: UInt64

    private init(_ bytes: UInt64) { self.bytes = bytes }

    /// The bytes from an index on; there must be eight.
    init(_ start: UnsafeRawPointer, at index: Int) {
        self.init(start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Each letter in lower case; other bytes may change.
    var lowercased: EightBytes { EightBytes(bytes | Self.each(0x20)) }

    /// Whether each is printable ASCII, 0x20 to 0x7E.
    ///
    /// The first byte, from the lowest on, that is too small borrows its own highest bit, and 0x7F carries into it; a byte
    /// beyond ASCII has it already. What this does to the bytes above changes nothing: one is enough.
    var arePrintable: Bool {
        ((bytes &- Self.each(0x20)) | (bytes &+ Self.each(0x01)) | bytes) & Self.each(0x80) == 0
    }

    private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
