// SPDX-License-Identifier: Apache-2.0

/// The longest time that an answer lets a call last, found in its bytes (docs/platform.md, Answers).
///
/// Inside a string the quotation mark after the key would be escaped, so no text that is spoken can pass for one.
package enum DurationLimit {
    /// The limit in seconds, the longest of several; `nil` where the answer sets none.
    package static func seconds(in answer: [UInt8]) -> Int64? {
        answer.withUnsafeBytes { answer in
            var most: Int64?
            var place = 0
            while let end = nextKey(in: answer, from: &place) {
                most = number(after: answer[end...]).map { max($0, most ?? 0) } ?? most
            }
            return most
        }
    }

    /// Whether an answer, or the bytes that are the same in all fillings of one, has the key.
    package static func isNamed(in answer: [UInt8]) -> Bool {
        answer.withUnsafeBytes { answer in
            var place = 0
            return nextKey(in: answer, from: &place) != nil
        }
    }

    /// Where the next key ends, after its quotation mark; `place` moves past what was looked at.
    private static func nextKey(in answer: UnsafeRawBufferPointer, from place: inout Int) -> Int? {
        while let found = rareByte(in: answer, from: place) {
            place = found + 1
            if let end = endOfKey(in: answer, around: found) { return end }
        }
        return nil
    }

    /// The next `x`: few texts have one, so looking for it passes over most bytes eight at a time.
    private static func rareByte(in answer: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var place = start
        while place + 8 <= answer.count {
            // A byte that is `x` becomes 0. Subtracting 1 from each byte sets a top bit that was clear only if a byte is 0.
            let block = answer.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ 0x7878_7878_7878_7878
            if (block &- 0x0101_0101_0101_0101) & ~block & 0x8080_8080_8080_8080 != 0 { break }
            place += 8
        }
        while place < answer.count {
            if answer[place] == UInt8(ascii: "x") { return place }
            place += 1
        }
        return nil
    }

    /// Where a key with that `x` ends, after its quotation mark.
    private static func endOfKey(in answer: UnsafeRawBufferPointer, around place: Int) -> Int? {
        func holds(_ key: StaticString) -> Int? {
            let start = place - 3
            guard start >= 0, start + key.utf8CodeUnitCount <= answer.count else { return nil }
            let end = start + key.utf8CodeUnitCount
            return key.withUTF8Buffer { answer[start..<end].elementsEqual($0) } ? end : nil
        }
        return holds("\"max_duration_seconds\"") ?? holds("\"maxDurationSeconds\"")
    }

    /// The number after a colon.
    private static func number(after bytes: Slice<UnsafeRawBufferPointer>) -> Int64? {
        let rest = bytes.drop(while: isBlank)
        guard rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst().drop(while: isBlank).prefix { (0x30...0x39).contains($0) }
        // A day is the platform's most; nine digits cannot overflow.
        return Int64(String(decoding: digits.prefix(9), as: UTF8.self))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
