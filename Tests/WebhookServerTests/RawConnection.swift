// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix
import WebhookServer

/// The client's end of a TCP connection: bytes out, bytes in, nothing understood.
struct RawConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var buffered = ""

    /// Opens a connection, lets a test use it, and closes it.
    static func open<Result: Sendable>(
        to address: ServerAddress, _ use: (inout RawConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await use(&connection)
        }
    }

    /// Sends a text in its own packet.
    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    /// Says that nothing more comes from this end.
    func hangUp() {
        outbound.finish()
    }

    /// Waits until a text has come and returns everything up to and with it, or everything there is if the server closes.
    mutating func read(through text: String) async throws -> String {
        while true {
            if let end = buffered.firstRange(of: text)?.upperBound {
                defer { buffered = String(buffered[end...]) }
                return String(buffered[..<end])
            }
            guard let piece = try await inbound.next(isolation: #isolation) else {
                defer { buffered = "" }
                return buffered
            }
            buffered += String(buffer: piece)
        }
    }

    /// Returns everything that comes until the server closes; a reset ends it too.
    mutating func rest() async throws -> String {
        do {
            while let piece = try await inbound.next(isolation: #isolation) { buffered += String(buffer: piece) }
        } catch is IOError {
            return buffered + "<reset>"
        }
        return buffered
    }
}
