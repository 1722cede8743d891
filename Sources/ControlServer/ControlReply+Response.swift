// SPDX-License-Identifier: Apache-2.0

import Hummingbird

extension ControlReply {
    /// The reply for Hummingbird; without a conversation, which could end it, a stream is empty.
    func response(in conversation: Conversation? = nil) -> Response {
        let headers: HTTPFields = [.contentType: contentType]
        let status = HTTPResponse.Status(code: status)
        switch body {
        case .bytes(let bytes):
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        case .stream(let piece):
            let body = ResponseBody { writer in
                while let conversation, let bytes = await conversation.next(piece) {
                    try await writer.write(ByteBuffer(bytes: bytes))
                    try await conversation.settle()
                }
                try await writer.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }
}
