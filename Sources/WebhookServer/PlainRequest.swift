// SPDX-License-Identifier: Apache-2.0

import Calls
import Glibc

/// A webhook in its usual shape, found in one pass over the bytes of one read: a whole POST with its length, alone.
///
/// Most of what HTTP allows is never sent here, and parsing all of it costs more than deciding the answer. So this reader
/// knows only a strict part of HTTP/1.1, in which nothing is ambiguous. For the rest it returns `nil`, and NIO's decoder
/// gets the bytes untouched: this reader refuses nothing and answers nothing.
package struct PlainRequest: Equatable {
    /// The range of the value of `X-Webhook-Signature`.
    package private(set) var signature: Range<Int>?
    /// The range of the value of `X-Webhook-Timestamp`.
    package private(set) var timestamp: Range<Int>?
    /// The range of the value of `X-Forwarded-For`.
    package private(set) var forwardedFor: Range<Int>?
    /// The range of the body, up to the last byte.
    package private(set) var body: Range<Int> = 0..<0
    private var announcedSize: Int?
    private var hasHost = false

    /// More headers than the platform and its proxies send.
    private static let mostHeaders = 64

    /// Finds a request that begins with the request line `start`, or returns `nil`.
    package init?(_ bytes: UnsafeRawBufferPointer, start: [UInt8]) {
        guard let first = bytes.baseAddress, bytes.count > start.count, memcmp(first, start, start.count) == 0,
            var scanner = HeaderScanner(bytes, at: start.count)
        else { return nil }
        for _ in 0..<Self.mostHeaders where !scanner.isAtEnd {
            guard let (name, value) = scanner.next(), note(name, value, in: bytes) else { return nil }
        }
        guard hasHost, let end = scanner.endOfHead, let size = announcedSize, end + size == bytes.count else {
            return nil
        }
        body = end..<bytes.count
    }

    /// Returns the `X-Webhook-*` headers of a request that was found to be plain.
    static func webhookHeaders(in bytes: UnsafeRawBufferPointer) -> [ForwardedWebhook.Header] {
        guard let line = bytes.firstIndex(of: UInt8(ascii: "\n")), var scanner = HeaderScanner(bytes, at: line + 1)
        else {
            return []
        }
        var headers: [ForwardedWebhook.Header] = []
        while !scanner.isAtEnd, let (name, value) = scanner.next() {
            let header = ForwardedWebhook.Header(
                name: String(decoding: bytes[name], as: UTF8.self), value: String(decoding: bytes[value], as: UTF8.self)
            )
            if header.name.lowercased().hasPrefix("x-webhook-") { headers.append(header) }
        }
        return headers
    }

    /// Keeps what counts; `false` for a header that changes how a request is read or answered.
    private mutating func note(_ name: Range<Int>, _ value: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
        func isNamed(_ wanted: StaticString) -> Bool { bytes.has(wanted, at: name) }
        switch name.count {
        case 4 where isNamed("host"):
            guard !hasHost else { return false }
            hasHost = true
        case 6: return !isNamed("expect")
        case 7: return !isNamed("upgrade") && !isNamed("trailer")
        case 10: return !isNamed("connection") || bytes.has("keep-alive", at: value)
        case 14 where isNamed("content-length"):
            guard announcedSize == nil, let size = bytes.decimal(at: value) else { return false }
            announcedSize = size
        case 15 where isNamed("x-forwarded-for"):
            guard forwardedFor == nil else { return false }
            forwardedFor = value
        case 16: return !isNamed("proxy-connection")
        case 17: return !isNamed("transfer-encoding")
        case 19 where isNamed("x-webhook-signature"):
            guard signature == nil else { return false }
            signature = value
        case 19 where isNamed("x-webhook-timestamp"):
            guard timestamp == nil else { return false }
            timestamp = value
        default: break
        }
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes are this word, in upper or lower case; the word itself has lower-case letters and hyphens only.
    fileprivate func has(_ word: StaticString, at place: Range<Int>) -> Bool {
        let count = word.utf8CodeUnitCount
        guard count == place.count, let start = baseAddress?.advanced(by: place.lowerBound) else { return false }
        let wanted = UnsafeRawPointer(word.utf8Start)
        // Eight bytes at a time; the last eight may have been compared in part before.
        var index = 0
        while count >= 8, index < count {
            let next = Swift.min(index, count - 8)
            guard EightBytes(start, at: next).lowercased == EightBytes(wanted, at: next) else { return false }
            index = next + 8
        }
        while index < count {
            guard start.load(fromByteOffset: index, as: UInt8.self) | 0x20 == word.utf8Start[index] else {
                return false
            }
            index += 1
        }
        return true
    }

    /// The number there, if it is nothing but one to nine digits.
    fileprivate func decimal(at place: Range<Int>) -> Int? {
        guard (1...9).contains(place.count) else { return nil }
        var number = 0
        for index in place {
            guard UInt8(ascii: "0") <= self[index], self[index] <= UInt8(ascii: "9") else { return nil }
            number = number * 10 + Int(self[index] - UInt8(ascii: "0"))
        }
        return number
    }
}
