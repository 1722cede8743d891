// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import ControlServer
import ServiceLifecycle
import Synchronization

/// Serves the counts to Prometheus on an address of their own, from when the address is free.
///
/// Calls are answered without it, so an address that another program has is a warning, and is tried again.
final class MetricsService: Service {
    /// What the rules file names.
    private let address: ListenAddress
    private let state = Mutex(State())
    private let changed: @Sendable () -> Void

    private struct State {
        var routes: [ControlRoute] = []
        var server: AddressServer?
        var problem: String?
    }

    /// The time between two attempts.
    private static let pause = Duration.seconds(5)

    /// `changed` is called when the warning is another one.
    init(at address: ListenAddress, changed: @escaping @Sendable () -> Void) {
        self.address = address
        self.changed = changed
    }

    /// Why nobody can read the counts at the address; `nil` if they can.
    var warning: String? {
        state.withLock { $0.problem }.map { "metrics cannot be read at \(address): \($0); tried again every 5 s" }
    }

    /// Where the counts are, as a URL; `nil` while they are nowhere.
    var url: String? {
        state.withLock { $0.server?.port }.map { "http://\(ListenAddress(host: address.host, port: $0))/metrics" }
    }

    /// Tries to listen.
    func start(_ routes: [ControlRoute]) async {
        state.withLock { $0.routes = routes }
        await listen()
    }

    func run() async throws {
        while serving == nil {
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pause) }
            } catch {
                // The server stops.
                return
            }
            await listen()
        }
        try await serving?.run()
    }

    private var serving: AddressServer? { state.withLock { $0.server } }

    private func listen() async {
        let routes = state.withLock { $0.routes }
        do throws(AddressServerError) {
            let server = try await AddressServer.start(host: address.host, port: address.port, routes: routes)
            state.withLock { $0.server = server }
            note(nil)
        } catch {
            note(error.description)
        }
    }

    private func note(_ problem: String?) {
        let isNew = state.withLock { state in
            defer { state.problem = problem }
            return state.problem != problem
        }
        if isNew { changed() }
    }
}
