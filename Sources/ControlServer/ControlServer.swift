// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import Glibc
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves HTTP/1.1 on a Unix socket that only its owner and root can use.
///
/// Hummingbird's HTTP channel and router do the work; the listening is our own. Its `Application` and `Server` bind by
/// path: they take away whatever file is there, live or not, leave its permissions to the umask, and wake every second.
package final class ControlServer: Service {
    /// Where it listens.
    package var path: String { file.path }
    private let file: SocketFile
    private let channel: any Channel
    private let connections: NIOLoopBound<OpenConnections>
    private let limits: ControlLimits

    private init(
        _ file: SocketFile, _ channel: any Channel, _ connections: NIOLoopBound<OpenConnections>,
        _ limits: ControlLimits
    ) {
        self.file = file
        self.channel = channel
        self.connections = connections
        self.limits = limits
    }

    /// Listens at a path and begins to answer.
    ///
    /// The logger is told warnings, never what is in a request. `admits` says whether a client is served, before anything is
    /// read from it; unless given, our own user and root are.
    package static func start(
        path: String, routes: [ControlRoute], limits: ControlLimits = ControlLimits(), logger: Logger? = nil,
        admits: @escaping @Sendable (ControlPeer) -> Bool = { $0.mayControl(serverOf: geteuid()) }
    ) async throws(ControlServerError) -> ControlServer {
        var logger = logger ?? Logger(label: "control") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = max(logger.logLevel, .warning)
        let file = try await SocketFile.listen(at: path)
        do {
            let routes = RoutingTable(routes, limits: limits)
            let (channel, connections) = try await accept(on: file, routes, limits, logger, admits)
            return ControlServer(file, channel, connections, limits)
        } catch {
            file.remove()
            throw .cannotListen(path, reason: "\(error)")
        }
    }

    /// Serves until a graceful shutdown begins; then takes the socket's file away, ends streams, lets replies finish for a
    /// moment, and closes everything.
    package func run() async throws {
        let ended = channel.eventLoop.makePromise(of: Void.self)
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await ended.futureResult.get()
        } onCancelOrGracefulShutdown: {
            self.channel.eventLoop.execute { self.stop(completing: ended) }
        }
    }

    private func stop(completing ended: EventLoopPromise<Void>) {
        guard !connections.value.isStopping else { return }
        // The file first: while we still listen, nobody takes it for a stale one.
        file.remove()
        channel.close(promise: nil)
        connections.value.stop(completing: ended)
        channel.eventLoop.scheduleTask(in: TimeAmount(limits.parting)) { self.connections.value.close() }
    }
}

extension ControlServer {
    /// One thread, apart from those that answer webhooks.
    ///
    /// It begins with the first control socket, sleeps while nobody
    /// asks, and never ends, since connections past their parting still tell it things.
    private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private static func accept(
        on file: SocketFile, _ routes: RoutingTable, _ limits: ControlLimits, _ logger: Logger,
        _ admits: @escaping @Sendable (ControlPeer) -> Bool
    ) async throws -> (any Channel, NIOLoopBound<OpenConnections>) {
        let loop = group.any()
        let connections = try await loop.submit {
            NIOLoopBound(OpenConnections(limit: limits.connections), eventLoop: loop)
        }.get()
        let reception = Reception(
            routes: routes, limits: limits, logger: logger, admits: admits, connections: connections)
        let channel = try await ServerBootstrap(group: loop)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer(reception.receive)
            .withBoundSocket(file.descriptor).get()
        // NIO has listened once more, for 128 clients at a time.
        listen(file.descriptor, SocketFile.backlog)
        return (channel, connections)
    }
}
