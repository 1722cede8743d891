// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import ServiceLifecycle
import ServiceManager

/// What a service manager such as systemd gave the server, and what it is informed of.
struct ManagedService: Sendable {
    /// The socket that callers wait on while servers take turns; `nil` if there is none.
    let socket: InheritedSocket?
    private let notifier: ServiceNotifier?
    /// Whether a manager waits for notices.
    private let isAwaited: Bool

    /// No service manager.
    static let none = ManagedService(socket: nil, notifier: nil)

    private init(socket: InheritedSocket?, notifier: ServiceNotifier?) {
        self.socket = socket
        self.notifier = notifier
        isAwaited = notifier != nil
    }

    init(_ environment: [String: String]) throws {
        notifier = ServiceNotifier(environment[ServiceNotifier.variable])
        isAwaited = environment[ServiceNotifier.variable]?.isEmpty == false
        do throws(InheritedSocket.Problem) {
            socket = try InheritedSocket.take { environment[$0] }
        } catch {
            throw CommandFailure(.failure, "\(error).")
        }
    }

    /// Where the socket listens.
    var address: ListenAddress? { socket.map { ListenAddress(host: $0.host, port: $0.port) } }

    /// How long the server before this one may take to end; only with a socket that both have may they overlap.
    var patience: Duration { socket == nil ? .zero : .seconds(15) }

    /// Reports that the server answers.
    func noteReady(at url: String) {
        guard isAwaited, notifier?.send(.ready, .status("Answering at \(url)")) != true else { return }
        StandardError.say(
            "The service manager cannot be reached at \(ServiceNotifier.variable), so it may take this server for one that "
                + "does not start and end it.")
    }

    /// Reports that the rules file is read again, and returns what reports the end of that.
    func noteReload() -> @Sendable () -> Void {
        notifier?.send(.reloading(ServiceNotifier.monotonicMicroseconds))
        return { [notifier] in _ = notifier?.send(.ready) }
    }

    /// Reports the stop.
    func noteStop() { notifier?.send(.stopping) }
}

/// Reports to the service manager that the server stops, as the first that is stopped.
struct StopNotice: Service {
    let manager: ManagedService

    func run() async throws {
        try await gracefulShutdown()
        manager.noteStop()
    }
}
