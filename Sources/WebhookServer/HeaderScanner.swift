// SPDX-License-Identifier: Apache-2.0

/// Walks over the header lines of a request, as long as they are of the plainest kind.
///
/// A name is letters, digits, hyphens and low lines. A value is printable ASCII that neither is empty nor ends in a space.
/// Lines end in CR LF, and none continues on the next.
struct HeaderScanner {
    private let start: UnsafeRawPointer
    private let count: Int
    private var at: Int

    /// Begins at an index; `nil` without bytes.
    init?(_ bytes: UnsafeRawBufferPointer, at index: Int) {
        guard let start = bytes.baseAddress else { return nil }
        self.start = start
        count = bytes.count
        at = index
    }

    /// Whether the empty line comes next.
    var isAtEnd: Bool { hasLineEnd(at: at) }

    /// The index of the first byte after the empty line, if that line comes next.
    var endOfHead: Int? { isAtEnd ? at + 2 : nil }

    /// Returns the ranges of the next name and its value; `nil` for a line that is not plain or not complete.
    mutating func next() -> (name: Range<Int>, value: Range<Int>)? {
        let name = at..<endOfName(from: at)
        guard !name.isEmpty, has(UInt8(ascii: ":"), at: name.upperBound) else { return nil }
        var valueStart = name.upperBound + 1
        while has(UInt8(ascii: " "), at: valueStart) { valueStart += 1 }
        let value = valueStart..<endOfValue(from: valueStart)
        guard !value.isEmpty, !has(UInt8(ascii: " "), at: value.upperBound - 1), hasLineEnd(at: value.upperBound) else {
            return nil
        }
        at = value.upperBound + 2
        return (name, value)
    }

    private func endOfName(from place: Int) -> Int {
        var end = place
        while end < count, Self.isInName(byte(at: end)) { end &+= 1 }
        return end
    }

    private func endOfValue(from place: Int) -> Int {
        var end = place
        while count &- end >= 8, EightBytes(start, at: end).arePrintable { end &+= 8 }
        while end < count, Self.isInValue(byte(at: end)) { end &+= 1 }
        return end
    }

    private func byte(at place: Int) -> UInt8 { start.load(fromByteOffset: place, as: UInt8.self) }

    private func has(_ wanted: UInt8, at place: Int) -> Bool { place < count && byte(at: place) == wanted }

    private func hasLineEnd(at place: Int) -> Bool {
        has(UInt8(ascii: "\r"), at: place) && has(UInt8(ascii: "\n"), at: place + 1)
    }

    private static func isInName(_ byte: UInt8) -> Bool {
        // One bit for each byte below 0x40, and for each of the next as many.
        let digitsAndHyphen: UInt64 = 0x03FF_2000_0000_0000
        let lettersAndLowLine: UInt64 = 0x07FF_FFFE_87FF_FFFE
        return byte < 0x80 && (byte < 0x40 ? digitsAndHyphen : lettersAndLowLine) & 1 << UInt64(byte & 0x3F) != 0
    }

    private static func isInValue(_ byte: UInt8) -> Bool {
        0x20 <= byte && byte < 0x7F
    }
}
