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
        let commands = CommandQueue(client)
        let services = DashboardServices(
            now: WallClock.system.now, snapshot: { [server] in server.snapshot() },
            status: { [server] in server.status },
            statusVersion: { [server] in server.version },
            perform: { [client, server] request, report in
                switch request {
                case .override(let command): commands.add(command) { report(.overrideResult($0)) }
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
                case .testCall(let from, let to):
                    Task { notifier.show(await client.testCall(TestCallRequest(from: from, to: to))) }
                // Only a record is gone through.
                case .travel: break
                case .reload: Task { notifier.show(await client.reload()) }
                }
            })
        let stamp = server.zone.local(WallClock.system.now()).text.filter { $0 != ":" && $0 != "-" }
        return OperatorConsole(
            plan: plan, services: services, clock: clock, exportPath: "switchboard-\(stamp).jsonl", onHangup: .exit,
            stop: stop)
    }
}

/// Sends the commands of a dashboard one after the other: their results come in the order in which they were given, and
/// one that reverts another does not overtake it.
private final class CommandQueue: Sendable {
    private struct Order: Sendable {
        let command: OverrideCommand
        let report: @Sendable (OverrideResponse) -> Void
    }

    private let orders: AsyncStream<Order>.Continuation

    init(_ client: ControlClient) {
        let (stream, continuation) = AsyncStream.makeStream(of: Order.self)
        orders = continuation
        Task { for await order in stream { order.report(await client.result(of: order.command)) } }
    }

    deinit {
        orders.finish()
    }

    func add(_ command: OverrideCommand, then report: @escaping @Sendable (OverrideResponse) -> Void) {
        orders.yield(Order(command: command, report: report))
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
