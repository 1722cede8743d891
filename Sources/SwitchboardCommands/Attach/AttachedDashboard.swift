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

/// A dashboard that shows and drives a server over its control socket.
struct AttachedDashboard: Sendable {
    let plan: DashboardPlan
    let client: ControlClient
    let desk: RemoteServer

    /// Runs until it is quit or its terminal goes away, and returns why.
    func run() async throws -> ExitReason {
        let outcome = Outcome()
        let news = OperatorNotifier()
        let console = makeConsole(outcome, news)
        news.show(on: console)
        desk.watch { console.noteChange() }
        let stop = ShutdownCoordinator(outcome: outcome)
        let signals = await ProcessSignals { signal in
            switch signal {
            case .interrupt: stop.forceStop(.interrupted)
            case .quit: stop.forceStop(.quit)
            case .terminate: stop.forceStop(.terminated)
            case .hangUp:
                outcome.settle(.hungUp)
                console.end(.hungUp)
            }
        }
        defer { withExtendedLifetime(signals) {} }
        let group = ServiceGroup(together: [console, RemoteFollower(client: client, desk: desk)], until: stop)
        do {
            try await group.run()
        } catch is StuckTerminal {
            _exit(outcome.settled.rawValue)
        }
        return outcome.settled
    }

    private func makeConsole(_ outcome: Outcome, _ news: OperatorNotifier) -> OperatorConsole {
        let services = DashboardServices(
            now: WallClock.system.now, snapshot: { [desk] in desk.snapshot() }, status: { [desk] in desk.status },
            statusVersion: { [desk] in desk.version },
            perform: { [client, desk] request, report in
                switch request {
                case .order(let command): Task { report(.ordered(await client.result(of: command))) }
                case .export(let path, let overwriting):
                    SessionWriter.write(desk.snapshot, to: path, overwriting: overwriting) { report(.exported($0)) }
                case .reload: Task { news.tell(await client.reload()) }
                }
            })
        let stamp = desk.zone.local(WallClock.system.now()).text.filter { $0 != ":" && $0 != "-" }
        return OperatorConsole(
            plan: plan, services: services, clock: LocalClock { [desk] in desk.zone.offset(at: $0) },
            exportPath: "switchboard-\(stamp).jsonl", onHangup: .exit, outcome: outcome)
    }
}

extension ControlClient {
    /// Gives an order and says what came of it as the dashboard takes it.
    fileprivate func result(of order: OverrideCommand) async -> OverrideResponse {
        do {
            return .done(try await self.order(order))
        } catch let refusal as ServerRejection {
            return .refused(refusal.failure.message)
        } catch let failure as CommandFailure {
            return .refused(failure.message)
        } catch {
            return .refused("the order did not reach the server")
        }
    }

    /// Has the server read its rules file again.
    fileprivate func reload() async -> OperatorMessage {
        do {
            let report = try read(await send(.post, "/v1/reload")) { bytes throws(DocumentProblem) in
                try ReloadReport(bytes)
            }
            return OperatorMessage(report.words, details: report.details, isAlert: !report.isTaken)
        } catch let refusal as ServerRejection {
            return OperatorMessage(refusal.failure.message, isAlert: true)
        } catch {
            return OperatorMessage("the server was not reached", isAlert: true)
        }
    }
}
