// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Dashboard
import DashboardRuntime
import WireFormat
import CallAnswering
import Foundation
import OutboundHTTP
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
        let services = DashboardServices(
            now: WallClock.system.now, snapshot: { [server] in server.snapshot() },
            status: { [server] in server.status },
            statusVersion: { [server] in server.version },
            perform: { [client, server] request, report in
                switch request {
                case .override(let command): Task { report(.overrideResult(await client.result(of: command))) }
                case .export(let order):
                    Task {
                        guard let calls = await server.completeSnapshot() else {
                            let reason = "calls are still arriving from the server; try again"
                            return report(.exported(.failed("could not write \(order.path): \(reason)")))
                        }
                        SessionWriter.write({ calls }, as: order, clock: clock, at: WallClock.system.now()) {
                            report(.exported($0))
                        }
                    }
                case .explain(let call): Task { report(.explained(await client.explanation(of: call))) }
                // Only a record is gone through, and only the server has its secret.
                case .travel, .testCall: break
                case .reload: Task { notifier.show(await client.reload()) }
                }
            })
        let stamp = server.zone.local(WallClock.system.now()).text.filter { $0 != ":" && $0 != "-" }
        return OperatorConsole(
            plan: plan, services: services, clock: clock, exportPath: "switchboard-\(stamp).jsonl", onHangup: .exit,
            stop: stop)
    }
}

extension ControlClient {
    /// Sends a command and returns the result for the dashboard.
    fileprivate func result(of command: OverrideCommand) async -> OverrideResponse {
        do {
            return .done(try await self.carryOut(command))
        } catch let refusal as ServerRejection {
            return .refused(refusal.failure.message)
        } catch let failure as CommandFailure {
            return .refused(failure.message)
        } catch {
            return .refused("the server could not be reached")
        }
    }

    /// Has the server reload its rules file, and returns the result for the dashboard.
    fileprivate func reload() async -> OperatorMessage {
        do {
            return try await reloadRules().message
        } catch let refusal as ServerRejection {
            return OperatorMessage(refusal.failure.message, isAlert: true)
        } catch {
            return OperatorMessage("the server could not be reached", isAlert: true)
        }
    }
}
