// SPDX-License-Identifier: Apache-2.0

package import NIOHTTP1

/// Where requests begin and end in the bytes that go to NIO's decoder, which does not say it: it takes half a head without a
/// word, and the clock of that request has to run.
///
/// The bytes are handed over in pieces, none of which reaches past the end of a request. A piece only ever cuts what the
/// decoder would have got in one, so that nothing here decides how a request is read.
package struct RequestBounds {
    /// What the next byte belongs to.
    private enum Place {
        case head(Lines)
        /// A body of announced length, and how many of its bytes are to come.
        case body(left: Int)
        /// The line with the size of a chunk.
        case size(ChunkSize)
        /// A chunk with its line end, and how many of its bytes are to come.
        case chunk(left: Int)
        /// What follows the last chunk.
        case trailer(Lines)
    }

    private var place = Place.head(Lines())
    /// Whether the next byte begins a request.
    package private(set) var isBetween = true
    /// A chunk is larger than a body may be.
    package private(set) var hasLargeChunk = false
    private let largestBody: Int

    package init(largestBody: Int) { self.largestBody = largestBody }

    /// Takes the bytes up to the end of a head, of a body or of the read; returns how many.
    package mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        while count < bytes.count {
            let byte = bytes[count]
            switch place {
            case .head(var lines):
                // Some clients send an empty line after a body; it begins nothing.
                if isBetween, byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") { break }
                isBetween = false
                let isEnd = lines.takeEndsAtEmptyLine(byte)
                place = .head(lines)
                // What comes next is known once the decoder has read the head.
                if isEnd { return count + 1 }
            case .body(let left):
                // The decoder sees no end where one was announced; it knows better.
                guard left > 0 else { return bytes.count }
                let most = min(left, bytes.count - count)
                place = .body(left: left - most)
                return count + most
            case .size(var size):
                let isEnd = size.takeEnds(byte)
                place = isEnd ? size.value == 0 ? .trailer(.afterLine) : .chunk(left: size.value + 2) : .size(size)
                // Not before the line is complete: a size that is not a number is for the decoder to refuse.
                if isEnd, size.value > largestBody { hasLargeChunk = true }
            case .chunk(let left):
                let most = min(left, bytes.count - count)
                place = most == left ? .size(ChunkSize()) : .chunk(left: left - most)
                count += most - 1
            case .trailer(var lines):
                let isEnd = lines.takeEndsAtEmptyLine(byte)
                place = .trailer(lines)
                if isEnd { return count + 1 }
            }
            count += 1
        }
        return count
    }

    /// Notes what the decoder made of a piece.
    package mutating func note(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head):
            if head.headers.contains(name: "transfer-encoding") {
                place = .size(ChunkSize())
            } else {
                place = .body(left: head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0)
            }
        case .body: break
        case .end:
            place = .head(Lines())
            isBetween = true
        }
    }
}

/// Finds the empty line that ends a head.
private struct Lines {
    private var isAfterLine = false
    private var isAfterReturn = false

    static let afterLine = Lines(isAfterLine: true)

    init() {}

    private init(isAfterLine: Bool) { self.isAfterLine = isAfterLine }

    /// Takes a byte; returns whether it ends an empty line.
    mutating func takeEndsAtEmptyLine(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\n"):
            if isAfterLine { return true }
            isAfterLine = true
            isAfterReturn = false
        case UInt8(ascii: "\r") where isAfterLine && !isAfterReturn: isAfterReturn = true
        default:
            isAfterLine = false
            isAfterReturn = false
        }
        return false
    }
}

/// Reads the size of a chunk.
private struct ChunkSize {
    /// Room is left for the line end of the chunk.
    private static let largest = Int.max - 2
    /// As far as it was read; a larger one stays at ``largest``.
    private(set) var value = 0
    private var isAfterDigits = false

    /// Takes a byte; returns whether it ends the line.
    mutating func takeEnds(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: "\n") { return true }
        guard !isAfterDigits, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
            isAfterDigits = true
            return false
        }
        let (product, isOver) = value.multipliedReportingOverflow(by: 16)
        value = isOver || product > Self.largest ? Self.largest : min(product + digit, Self.largest)
        return false
    }
}
