// SPDX-License-Identifier: Apache-2.0

import Calls
import Glibc
import NIOCore

/// Accepts connections while there is room for them; the others wait in the system's queue.
///
/// Connections beyond the limit are accepted, since only then is it known that newcomers wait, and others are asked to give
/// way for them. If too many have not yet done so, nothing is accepted until they have.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = Never

    /// Asks a connection to give way; sent down its pipeline.
    struct GiveWay: Sendable {}

    /// How many connections are accepted in one turn.
    static let batch: UInt = 16
    /// How many connections beyond the limit may wait for others to give way.
    static let slack = 64
    /// How long until others are asked, if those that were asked stay.
    private static let pause = TimeAmount.milliseconds(5)

    private let limiter: ConnectionLimiter<any Channel>
    private let proxies: TrustedProxies
    private var isPaused = false
    /// The system has no descriptor for one more connection.
    private var isStarved = false
    /// How long nothing is accepted then: the connections wait in the system's queue, and trying without pause would burn
    /// a core.
    private static let starvedPause = TimeAmount.milliseconds(100)
    /// How many connections are asked to give way then, for those that wait.
    private static let starvedRoom = 8

    init(limiter: ConnectionLimiter<any Channel>, proxies: TrustedProxies) {
        self.limiter = limiter
        self.proxies = proxies
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let child = unwrapInboundIn(data)
        let peer = child.remoteAddress?.peer(limitedExcept: proxies)
        guard limiter.accept(from: peer) else { return child.close(promise: nil) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let eventLoop = context.eventLoop
        child.closeFuture.whenComplete { [limiter] _ in
            guard limiter.close(from: peer) else { return }
            eventLoop.execute {
                let (gate, context) = bound.value
                gate.resume(context)
            }
        }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        makeRoom()
        guard isStarved || limiter.isOverfull else { return context.read() }
        isPaused = true
        retry(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (error as? IOError)?.errnoCode {
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: starve(context)
        default: context.fireErrorCaught(error)
        }
    }

    /// Lets the connections that wait wait.
    ///
    /// Not reading is not enough: a read that failed before it accepted anything goes on, and would fail without pause.
    private func starve(_ context: ChannelHandlerContext) {
        isStarved = true
        guard !isPaused else { return }
        makeRoom()
        isPaused = true
        setReading(false, context)
        retry(context)
    }

    private func setReading(_ isReading: Bool, _ context: ChannelHandlerContext) {
        do {
            try context.channel.syncOptions?.setOption(.autoRead, value: isReading)
        } catch {
            context.fireErrorCaught(error)
        }
    }

    private func makeRoom() {
        for channel in limiter.nextToGiveWay(atLeast: isStarved ? Self.starvedRoom : 0) {
            channel.pipeline.fireUserInboundEventTriggered(GiveWay())
        }
    }

    private func retry(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: isStarved ? Self.starvedPause : Self.pause) {
            let (gate, context) = bound.value
            gate.resume(context)
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        guard isPaused, context.channel.isActive else { return }
        isStarved = false
        makeRoom()
        guard !limiter.isOverfull else { return retry(context) }
        isPaused = false
        // The first changes nothing where the channel reads already.
        setReading(true, context)
        context.read()
    }
}

extension SocketAddress {
    /// The address that counts towards the limit per peer; `nil` for trusted proxies, which serve all clients, and for this
    /// machine, where an unnamed one may run.
    fileprivate func peer(limitedExcept proxies: TrustedProxies) -> String? {
        guard let address = ipAddress else { return nil }
        return IPAddress(address)?.isLoopback == true || proxies.contains(address) ? nil : address
    }
}
