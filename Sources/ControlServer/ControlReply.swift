// SPDX-License-Identifier: Apache-2.0

import Hummingbird
package import JSON
import NIOCore
package import WireFormat

/// What a route answers.
package struct ControlReply: Sendable {
    /// The HTTP status.
    package let status: Int
    /// The media type.
    package let contentType: String
    package let body: ControlBody

    package init(status: Int = 200, contentType: String, body: ControlBody) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// A finished JSON document.
    package static func json(_ bytes: [UInt8], status: Int = 200) -> ControlReply {
        ControlReply(status: status, contentType: "application/json", body: .bytes(bytes))
    }

    /// A JSON document.
    package static func json(_ document: JSONDocument, status: Int = 200) -> ControlReply {
        json(document.bytes, status: status)
    }

    /// Plain text.
    package static func text(_ text: String, status: Int = 200) -> ControlReply {
        ControlReply(status: status, contentType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
    }

    /// An error: a word for programs, such as `not_found`, and a sentence for people.
    package static func failure(status: Int, code: String, message: String) -> ControlReply {
        failure(ControlFailure(code, message), status: status)
    }

    /// An error as it is.
    package static func failure(_ failure: ControlFailure, status: Int) -> ControlReply {
        json(failure.document, status: status)
    }
}

/// The body of a reply.
package enum ControlBody: Sendable {
    /// Gives the next piece of a stream once there is one; `nil` ends the stream.
    ///
    /// It is called only when the client has taken the pieces before, except for about 64 KiB in flight, and never twice at
    /// once. Its task is cancelled when the client goes away or the server stops; then it must return at once. A stream that
    /// is not being called at that moment is not called again.
    package typealias NextPiece = @Sendable () async -> [UInt8]?

    /// Everything at once.
    case bytes([UInt8])
    /// Piece by piece, for as long as it takes.
    case stream(NextPiece)
}

extension ControlReply {
    /// The bytes are not HTTP/1.1, or incomplete.
    static let badRequest = failure(
        status: 400, code: "bad_request", message: "this is not a complete HTTP/1.1 request within the limits")
    /// The request did not arrive in time.
    static let tooSlow = failure(
        status: 408, code: "too_slow", message: "the request took too long to arrive")
    /// The client runs as another user.
    static let forbidden = failure(
        status: 403, code: "forbidden",
        message: "only the user that runs the server, root and members of its group may use this socket")
    /// The limit of connections is reached, and none is idle.
    static let busy = failure(
        status: 503, code: "busy", message: "too many connections are open; close some and try again")

    /// No route has this path.
    static func notFound(_ path: String) -> ControlReply {
        failure(status: 404, code: "not_found", message: "there is no \(path)")
    }

    /// The path does not support the method.
    static func methodNotAllowed(_ path: String, allowed: String) -> ControlReply {
        failure(status: 405, code: "method_not_allowed", message: "\(path) supports only \(allowed)")
    }

    /// The body is larger than the limit.
    static func tooLarge(_ limit: Int) -> ControlReply {
        failure(status: 413, code: "too_large", message: "the body has more than \(limit) bytes")
    }
}

extension ControlReply {
    /// The reply for Hummingbird; a stream needs the connection that can end it.
    func response(in connection: ControlConnection? = nil) -> Response {
        let headers: HTTPFields = [.contentType: contentType]
        let status = HTTPResponse.Status(code: status)
        switch body {
        case .bytes(let bytes):
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let piece):
            let body = ResponseBody { writer in
                while let connection, let bytes = await connection.next(piece) {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    try await connection.settle()
                }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }
}
