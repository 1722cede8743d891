// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves HTTP/1.1 on an address, for everyone who reaches it: only what may be read by anyone, such as counts.
package final class AddressServer: Service {
    /// The port in use, which the system chose if 0 was requested.
    package let port: Int
    private let channel: any Channel
    private let acceptor: ConnectionAcceptor

    private init(_ channel: any Channel, port: Int, _ acceptor: ConnectionAcceptor) {
        self.channel = channel
        self.port = port
        self.acceptor = acceptor
    }

    /// Listens at an address and begins to answer.
    package static func start(
        host: String, port: Int, routes: [ControlRoute], limits: ControlLimits = ControlLimits(connections: 64)
    ) async throws(AddressServerError) -> AddressServer {
        let loop = ControlServer.loops.any()
        do {
            let acceptor = ConnectionAcceptor(
                routes: routes, limits: limits, logger: Logger(label: "address") { _ in SwiftLogNoOpLogHandler() },
                identify: { $0.eventLoop.makeSucceededFuture(.unknown) }, admits: { _ in true },
                connections: try await OpenConnections.none(limit: limits.connections, on: loop))
            let channel = try await ServerBootstrap(group: loop)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelInitializer(acceptor.receive)
                .bind(host: host, port: port).get()
            return AddressServer(channel, port: channel.localAddress?.port ?? port, acceptor)
        } catch {
            throw AddressServerError(error)
        }
    }

    /// Serves until a graceful shutdown begins.
    package func run() async throws {
        try await acceptor.serve(on: channel.eventLoop) { [channel] in channel.close(promise: nil) }
    }
}

/// Why an address cannot be listened on.
package struct AddressServerError: Error, Equatable, CustomStringConvertible {
    /// The reason, such as "it is in use".
    package let description: String

    init(_ error: any Error) {
        guard let error = error as? IOError else {
            description = "\(error)"
            return
        }
        description = error.errnoCode == EADDRINUSE ? "it is in use" : String(cString: strerror(error.errnoCode))
    }
}

extension ControlPeer {
    /// A client over a network, of whom the kernel knows no user: -1 is none.
    static let unknown = ControlPeer(user: .max, process: 0)
}
