// SPDX-License-Identifier: Apache-2.0

package import CallAnswering
package import NIOCore

/// Writes a reply as HTTP/1.1, head and body in one buffer and so in one system call.
package enum HTTPReply {
    /// What the `connection` header announces.
    package enum Connection: Sendable {
        /// HTTP/1.1 keeps it open without a word.
        case staysOpen
        /// The client speaks HTTP/1.0, in which a connection stays open only if the reply has this word.
        case staysOpenByRequest
        case closes

        fileprivate var end: StaticString {
            switch self {
            case .staysOpen: "\r\n\r\n"
            case .staysOpenByRequest: "\r\nconnection: keep-alive\r\n\r\n"
            case .closes: "\r\nconnection: close\r\n\r\n"
            }
        }
    }

    /// At least as many bytes as a head has.
    private static let mostHead = 160
    /// The largest buffer that a connection keeps, in bytes.
    private static let mostKept = 16 << 10

    /// Writes a whole response over one that was sent, in the same memory; an unusually large buffer is replaced.
    static func write(_ reply: Reply, connection: Connection, withBody: Bool, over sent: inout ByteBuffer) {
        if sent.capacity > mostKept { sent = ByteBuffer() }
        sent.clear(minimumCapacity: mostHead + reply.body.count)
        write(reply, connection: connection, withBody: withBody, into: &sent)
    }

    /// Appends a whole response.
    package static func write(
        _ reply: Reply, connection: Connection, withBody: Bool, into buffer: inout ByteBuffer
    ) {
        // In one go: each access of a buffer checks whether it is shared and has room.
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: mostHead + reply.body.count) { room in
            var bytes = Bytes(room)
            bytes.append(statusLine(reply.status))
            bytes.append("content-type: application/json\r\ncontent-length: ")
            bytes.append(decimal: reply.body.count)
            if reply.status == .methodNotAllowed { bytes.append("\r\nallow: POST") }
            bytes.append(connection.end)
            if withBody { reply.body.withUnsafeBytes { bytes.append($0) } }
            return bytes.count
        }
    }

    /// Bytes that are written one after the other.
    private struct Bytes {
        private let room: UnsafeMutableRawBufferPointer
        private(set) var count = 0

        init(_ room: UnsafeMutableRawBufferPointer) {
            self.room = room
        }

        mutating func append(_ bytes: UnsafeRawBufferPointer) {
            UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyMemory(from: bytes)
            count += bytes.count
        }

        mutating func append(_ text: StaticString) {
            text.withUTF8Buffer { append(UnsafeRawBufferPointer($0)) }
        }

        mutating func append(decimal number: Int) {
            var scale = 1
            while number / scale >= 10 { scale *= 10 }
            while scale > 0 {
                room[count] = UInt8(ascii: "0") + UInt8(number / scale % 10)
                count += 1
                scale /= 10
            }
        }
    }

    private static func statusLine(_ status: Reply.Status) -> StaticString {
        switch status {
        case .ok: "HTTP/1.1 200 OK\r\n"
        case .badRequest: "HTTP/1.1 400 Bad Request\r\n"
        case .unauthorized: "HTTP/1.1 401 Unauthorized\r\n"
        case .notFound: "HTTP/1.1 404 Not Found\r\n"
        case .methodNotAllowed: "HTTP/1.1 405 Method Not Allowed\r\n"
        case .requestTimeout: "HTTP/1.1 408 Request Timeout\r\n"
        case .contentTooLarge: "HTTP/1.1 413 Content Too Large\r\n"
        case .expectationFailed: "HTTP/1.1 417 Expectation Failed\r\n"
        case .tooManyRequests: "HTTP/1.1 429 Too Many Requests\r\n"
        case .notImplemented: "HTTP/1.1 501 Not Implemented\r\n"
        case .serviceUnavailable: "HTTP/1.1 503 Service Unavailable\r\n"
        }
    }
}
