// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The client's end of a connection to a Unix socket: bytes out, bytes in, nothing understood.
struct UnixConnection {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private let channel: any Channel
    private var buffered = ""

    /// Opens a connection, lets a test use it, and closes it.
    ///
    /// `saying` is sent by the event loop as soon as the connection is open, however long a busy machine lets a test wait.
    static func open<Result: Sendable>(
        to path: String, saying text: String = "", _ use: (inout UnixConnection) async throws -> Result
    ) async throws -> Result {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            // As other clients do: one that the server says nothing more to can still send.
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FirstWords(text))
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            var client = UnixConnection(
                inbound: inbound.makeAsyncIterator(), outbound: outbound, channel: connection.channel)
            return try await use(&client)
        }
    }

    /// Sends a text.
    func send(_ text: String) async throws {
        try await sender(text)
    }

    /// Sends texts while another task reads.
    var sender: @Sendable (String) async throws -> Void {
        { [outbound] text in try await outbound.write(ByteBuffer(string: text)) }
    }

    /// Asks for a path, and leaves the connection open.
    func get(_ path: String) async throws {
        try await send(.get(path))
    }

    /// Says that nothing more comes from this end.
    func hangUp() {
        outbound.finish()
    }

    /// Closes both ways at once.
    func close() async throws {
        try await channel.close()
    }

    /// Waits until a text has come and returns everything up to and with it, or everything there is if the server closes.
    @discardableResult
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
