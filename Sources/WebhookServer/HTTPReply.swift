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

    /// Appends a whole response.
    package static func write(
        _ reply: Reply, connection: Connection, withBody: Bool, into buffer: inout ByteBuffer
    ) {
        buffer.writeStaticString(statusLine(reply.status))
        buffer.writeStaticString("content-type: application/json\r\ncontent-length: ")
        write(decimal: reply.body.count, into: &buffer)
        if reply.status == .methodNotAllowed { buffer.writeStaticString("\r\nallow: POST") }
        buffer.writeStaticString(connection.end)
        if withBody { buffer.writeBytes(reply.body) }
    }

    private static func write(decimal number: Int, into buffer: inout ByteBuffer) {
        var divisor = 1
        while number / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            buffer.writeInteger(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
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
