// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Takes in each connection: who it is, whether there is room, and then Hummingbird's HTTP/1.1.
struct Reception: Sendable {
    let routes: RoutingTable
    let limits: ControlLimits
    let logger: Logger
    let admits: @Sendable (ControlPeer) -> Bool
    let connections: NIOLoopBound<OpenConnections>

    /// Sets a new connection up, on its event loop, before anything is read from it.
    func receive(_ channel: any Channel) -> EventLoopFuture<Void> {
        ControlPeer.of(channel).flatMap { peer in
            channel.eventLoop.makeCompletedFuture { try admit(peer, channel) }
        }
    }

    private func admit(_ peer: ControlPeer, _ channel: any Channel) throws {
        let connections = connections.value
        guard !connections.isStopping else { throw ChannelError.ioOnClosedChannel }
        guard admits(peer) else { return try turnAway(channel, .forbidden) }
        guard connections.makeRoom() else { return try turnAway(channel, .busy) }
        let conversation = Conversation(peer: peer, loop: channel.eventLoop)
        let watch = ConnectionWatch(conversation: conversation, limits: limits)
        try channel.pipeline.syncOperations.addHandler(ArrivalHandler(watch: watch))
        connections.add(watch, channel)
        serve(channel, conversation, NIOLoopBound(watch, eventLoop: channel.eventLoop))
    }

    private func turnAway(_ channel: any Channel, _ reply: ControlReply) throws {
        guard connections.value.turnAway(channel) else { throw ChannelError.ioOnClosedChannel }
        try channel.pipeline.syncOperations.addHandler(TurnedAwayHandler(reply, limits: limits))
    }

    private func serve(_ channel: any Channel, _ conversation: Conversation, _ watch: NIOLoopBound<ConnectionWatch>) {
        let responder = Responder(routes: routes, conversation: conversation, limits: limits, logger: logger)
        let http = HTTP1Channel(
            responder: { request, writer, _ in try await responder.respond(to: request, writer) },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [watch.value],
                httpDecoderConfiguration: .init(maxHeaderFieldSize: limits.head, maxHeaderListSize: limits.head)))
        let logger = logger
        http.setup(channel: channel, logger: logger).whenSuccess { connection in
            // Ends when the connection has closed. It is nobody's child: a route that hangs must not hold up the stop.
            Task { await http.handle(value: connection, logger: logger) }
        }
    }
}
