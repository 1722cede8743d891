// SPDX-License-Identifier: Apache-2.0

import ControlServer
import Logging
import ServiceLifecycle
import TestSupport

/// A control server in a temporary folder.
struct RunningServer: Sendable {
    let server: ControlServer
    private let group: ServiceGroup

    /// Starts a server, lets a test talk to it, and stops it.
    @discardableResult
    static func run<Result: Sendable>(
        _ routes: [ControlRoute] = [.hello], limits: ControlLimits = .patient(),
        admits: (@Sendable (ControlPeer) -> Bool)? = nil,
        _ test: @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        let folder = try TemporaryFolder()
        let running = try await RunningServer(folder.path("s"), routes, limits, admits)
        async let ended: Void = running.group.run()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await test(running))
        } catch {
            result = .failure(error)
        }
        await running.stop()
        try await ended
        withExtendedLifetime(folder) {}
        return try result.get()
    }

    private init(
        _ path: String, _ routes: [ControlRoute], _ limits: ControlLimits, _ admits: (@Sendable (ControlPeer) -> Bool)?
    ) async throws {
        server =
            if let admits {
                try await ControlServer.start(path: path, routes: routes, limits: limits, admits: admits)
            } else {
                try await ControlServer.start(path: path, routes: routes, limits: limits)
            }
        var logger = Logger(label: "tests")
        logger.logLevel = .critical
        group = ServiceGroup(services: [server], logger: logger)
    }

    var path: String { server.path }

    /// Begins the orderly stop.
    func stop() async {
        await group.triggerGracefulShutdown()
    }

    /// Sends a text on a new connection, and returns what comes back until the server closes.
    func answer(to text: String, thenHangUp: Bool = false) async throws -> String {
        try await UnixConnection.open(to: path, saying: text) { connection in
            if thenHangUp { connection.hangUp() }
            return try await connection.rest()
        }
    }

    /// Requests a path on a new connection.
    func get(_ path: String) async throws -> String {
        try await answer(to: "GET \(path) HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    }
}
