// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import DashboardRuntime
import CallAnswering
import Rules
import ServiceLifecycle

/// A dashboard for a server in another process, over its control socket.
struct AttachedDashboard: Sendable {
    let plan: DashboardPlan
    let client: ControlClient
    let server: RemoteServer

    /// Runs until it is quit or its terminal goes away, and returns the reason.
    func run() async throws -> ExitReason {
        let stop = ShutdownCoordinator()
        let notifier = OperatorNotifier()
        let console = makeConsole(stop, notifier)
        notifier.attach(console)
        server.watch { console.noteChange() }
        server.watchContact(console.note)
        let signals = await ProcessSignals(stopping: stop) {
            stop.note(.hungUp)
            console.end(.hungUp)
        }
        defer { withExtendedLifetime(signals) {} }
        return try await stop.run([console, RemoteFollower(client: client, server: server)])
    }

    private func makeConsole(_ stop: ShutdownCoordinator, _ notifier: OperatorNotifier) -> OperatorConsole {
        let clock = LocalClock { [server] in server.zone.offset(at: $0) }
        let requests = AttachedRequests(client, server, notifier, clock)
        let services = DashboardServices(
            now: WallClock.system.now, snapshot: { [server] in server.snapshot() },
            status: { [server] in server.status },
            statusVersion: { [server] in server.version },
            perform: requests.perform, isReadingCalls: { [server] in server.isReadingCalls })
        return OperatorConsole(plan: plan, services: services, clock: clock, onHangup: .exit, stop: stop)
    }
}
