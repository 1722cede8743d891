// SPDX-License-Identifier: Apache-2.0

package import ControlSocket
import Glibc
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Serves HTTP/1.1 on a Unix socket that only its owner, root and the members of a named group can use.
///
/// Hummingbird's HTTP channel does the work; listening is our own. Its `Application` and `Server` bind by path: they remove
/// whatever file is there, in use or not, leave its permissions to the umask, and wake up every second.
package final class ControlServer: Service {
    /// Where it listens.
    package var path: String { listener.withLock { $0.file.path } }
    /// Whether its file is where it was made.
    package var isInPlace: Bool { listener.withLock { $0.file.isInPlace } }
    private let listener: Mutex<Listener>
    private let acceptor: ConnectionAcceptor
    private let group: SocketGroup?

    private struct Listener {
        let file: SocketFile
        let channel: any Channel
    }

    private init(
        _ file: SocketFile, _ channel: any Channel, _ acceptor: ConnectionAcceptor, sharedWith group: SocketGroup?
    ) {
        listener = Mutex(Listener(file: file, channel: channel))
        self.acceptor = acceptor
        self.group = group
    }

    /// Listens at a path and begins to answer.
    ///
    /// The logger gets warnings, never the contents of a request. `admits` decides whether a client is served, before anything
    /// is read from it; by default our own user, root and the members of the group are.
    package static func start(
        path: String, isFolderOurs: Bool = false, routes: [ControlRoute], limits: ControlLimits = ControlLimits(),
        logger: Logger? = nil, sharedWith group: SocketGroup? = nil, admits: (@Sendable (ControlPeer) -> Bool)? = nil
    ) async throws(ControlServerError) -> ControlServer {
        var logger = logger ?? Logger(label: "control") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = max(logger.logLevel, .warning)
        let admits = admits ?? { $0.mayControl(serverOf: geteuid(), sharedWith: group?.id) }
        let file = try await SocketFile.listen(at: path, isFolderOurs: isFolderOurs, sharedWith: group)
        do {
            let acceptor = try await acceptor(routes, limits, logger, admits)
            return ControlServer(file, try await accept(on: file, acceptor), acceptor, sharedWith: group)
        } catch {
            file.remove()
            throw .cannotListen(path, reason: "\(error)")
        }
    }

    /// Listens at a path from now on, because its file was removed; open connections stay.
    package func listenAgain(at path: String, isFolderOurs: Bool = false) async throws(ControlServerError) {
        let file = try await SocketFile.listen(at: path, isFolderOurs: isFolderOurs, sharedWith: group)
        do {
            let channel = try await Self.accept(on: file, acceptor)
            let old = listener.withLock { listener in
                defer { listener = Listener(file: file, channel: channel) }
                return listener
            }
            old.file.remove()
            old.channel.close(promise: nil)
            let loop = channel.eventLoop
            let isStopping = try await loop.submit { [acceptor] in acceptor.connections.value.isStopping }.get()
            if isStopping { close() }
        } catch {
            file.remove()
            throw .cannotListen(path, reason: "\(error)")
        }
    }

    /// Removes the file and listens no longer.
    private func close() {
        let listener = listener.withLock { $0 }
        // The file first: while we still listen, no other server takes it for a stale one.
        listener.file.remove()
        listener.channel.close(promise: nil)
    }

    /// Serves until a graceful shutdown begins; the socket's file is then removed first.
    package func run() async throws {
        let loop = listener.withLock { $0.channel.eventLoop }
        try await acceptor.serve(on: loop) { self.close() }
    }
}

extension ControlServer {
    /// One thread, apart from those that answer webhooks.
    ///
    /// It starts with the first control socket, sleeps between requests, and never ends, since closed connections still
    /// report to it.
    static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)

    private static func acceptor(
        _ routes: [ControlRoute], _ limits: ControlLimits, _ logger: Logger,
        _ admits: @escaping @Sendable (ControlPeer) -> Bool
    ) async throws -> ConnectionAcceptor {
        ConnectionAcceptor(
            routes: routes, limits: limits, logger: logger, admits: admits,
            connections: try await OpenConnections.none(limit: limits.connections, on: loops.any()))
    }

    /// Accepts on the one loop that the connections are bound to.
    private static func accept(on file: SocketFile, _ acceptor: ConnectionAcceptor) async throws -> any Channel {
        let channel = try await ServerBootstrap(group: loops.any())
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer(acceptor.receive)
            .withBoundSocket(file.descriptor).get()
        // NIO called listen again, with a backlog of 128.
        listen(file.descriptor, SocketFile.backlog)
        return channel
    }
}

/// What the clients of the control socket may ask of it.
package struct ControlLimits: Sendable {
    /// The largest body of a request, in bytes.
    package var body: Int
    /// The largest head of a request, in bytes.
    package var head: Int
    /// How many connections may be open.
    ///
    /// One more closes the connection that has been idle longest; if none is idle, it gets 503.
    package var connections: Int
    /// How long a request may take to arrive, from its first byte to its last.
    ///
    /// A request that begins in the same piece in which the previous one ends has the idle time.
    package var request: Duration
    /// How long a connection may stay idle between requests.
    ///
    /// A reply that streams is never idle.
    package var idle: Duration
    /// How long clients may take to close a connection that we are done with, and replies to finish when the server stops.
    package var closing: Duration

    package init(
        body: Int = 64 << 10, head: Int = 16 << 10, connections: Int = 256, request: Duration = .seconds(10),
        idle: Duration = .seconds(30), closing: Duration = .seconds(1)
    ) {
        self.body = body
        self.head = head
        self.connections = connections
        self.request = request
        self.idle = idle
        self.closing = closing
    }
}

/// Why the control socket cannot be listened on.
package typealias ControlServerError = ControlSocketError
