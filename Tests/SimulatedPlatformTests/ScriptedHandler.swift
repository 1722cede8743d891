// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// One connection of a scripted server.
final class ScriptedHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let server: ScriptedServer
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []

    init(_ server: ScriptedServer) {
        self.server = server
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body(let piece): body += Array(buffer: piece)
        case .end:
            guard let head else { return }
            perform(server.act(on: head, body), context)
            body = []
        }
    }

    private func perform(_ act: ScriptedServer.Act, _ context: ChannelHandlerContext) {
        switch act {
        case .reply(let status, let body): reply(status, body, ["Content-Length": "\(body.utf8.count)"], context)
        case .replyLast(let body): reply(200, body, ["Connection": "close"], context)
        case .hangUp: context.close(promise: nil)
        case .hangUpHalfway:
            reply(200, "half", ["Content-Length": "100"], isWhole: false, context)
            context.close(promise: nil)
        case .keepSilent: break
        case .talkNonsense:
            // A control character in a header's name is no HTTP; the server's own check is off.
            reply(200, "", ["no\u{1}pe": "x", "Content-Length": "0"], context)
        case .replyEndlessly:
            let body = String(repeating: "x", count: 3 << 20)
            reply(200, body, ["Content-Length": "\(body.utf8.count)"], context)
        }
    }

    private func reply(
        _ status: Int, _ text: String, _ headers: HTTPHeaders, isWhole: Bool = true, _ context: ChannelHandlerContext
    ) {
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        guard isWhole else { return }
        let last = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if headers.contains(name: "Connection") {
            last.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
        }
    }
}
