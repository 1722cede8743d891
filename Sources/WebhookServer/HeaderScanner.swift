// SPDX-License-Identifier: Apache-2.0

/// Walks over the header lines of a request, as long as they are of the plainest kind.
///
/// A name is letters, digits, hyphens and low lines. A value is printable ASCII that neither is empty nor ends in a space.
/// Lines end in CR LF, and none continues on the next.
struct HeaderScanner {
    private let bytes: UnsafeRawBufferPointer
    private var at: Int

    init(_ bytes: UnsafeRawBufferPointer, at start: Int) {
        self.bytes = bytes
        at = start
    }

    /// Whether the empty line comes next.
    var isAtEnd: Bool { hasLineEnd(at: at) }

    /// The index of the first byte after the empty line, if that line comes next.
    var endOfHead: Int? { isAtEnd ? at + 2 : nil }

    /// Returns the ranges of the next name and its value; `nil` for a line that is not plain or not complete.
    mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
        let nameStart = at
        while at < bytes.count, Self.isInName(bytes[at]) { at += 1 }
        let name = nameStart..<at
        guard !name.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: ":") else { return nil }
        at += 1
        while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
        let valueStart = at
        while at < bytes.count, Self.isInValue(bytes[at]) { at += 1 }
        let value = valueStart..<at
        guard !value.isEmpty, bytes[at - 1] != UInt8(ascii: " "), hasLineEnd(at: at) else { return nil }
        at += 2
        return (name, value)
    }

    private func hasLineEnd(at place: Int) -> Bool {
        place + 1 < bytes.count && bytes[place] == UInt8(ascii: "\r") && bytes[place + 1] == UInt8(ascii: "\n")
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isInValue(_ byte: UInt8) -> Bool {
        0x20 <= byte && byte < 0x7F
    }
}
