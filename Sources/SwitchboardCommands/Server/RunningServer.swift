// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import ConfigFiles
import ControlServer
import CursesDisplay
import Dashboard
import DashboardRuntime
import EventLog
import CallAnswering
import Foundation
import Rules
import ServiceLifecycle
import WebhookServer

/// A server from its first webhook to its last, with a dashboard or with JSON lines.
struct RunningServer: Sendable {
    let assembly: ServerComponents
    /// `nil` runs headless.
    let dashboard: DashboardPlan?
    let onHangup: HangupPolicy
    /// The rules file, where the rules come from one; it is watched.
    let rules: ConfigurationSource?
    /// Where the control socket shall be; `nil` for none.
    let control: String?
    /// Who sits at the dashboard.
    let who: Operator
    /// What else runs while the server does, such as the simulated callers.
    let companions: [any Service]

    /// Begins to answer, runs until it is told to stop and returns why it did.
    ///
    /// What can still go wrong does so before the first call is answered; a signal that comes meanwhile stops it in order.
    func run() async throws -> ExitReason {
        let startedAt = assembly.clock.now()
        let outcome = Outcome()
        let stop = ShutdownCoordinator(outcome: outcome)
        let news = OperatorNotifier()
        let reloader = rules.map { source in
            Reloader(path: source.path, assembly: assembly, tell: news.tell)
        }
        let console = dashboard.map { makeConsole($0, outcome, reloader, news) }
        let signals = await ProcessSignals { act($0, stop, console, reloader, outcome) }
        defer { withExtendedLifetime((signals, reloader)) {} }
        let control = try await openControl(reloader)
        if let console { news.show(on: console) }
        tellHandover(news)
        if let rules { reloader?.watch(rules) }
        let front: any Service = console ?? printer(control)
        let group = ServiceGroup(
            together: [
                front, OutboundService(http: assembly.http), ForwardingService(forwarder: assembly.forwarder),
                ExpiryService(desk: assembly.desk), assembly.server,
            ] + [control].compactMap(\.self) + companions, until: stop)
        if let console { assembly.log.watch { console.noteChange() } }
        assembly.server.begin()
        do {
            try await group.run()
        } catch is StuckTerminal {
            // What runs at an orderly exit would write to the terminal and wait for ever.
            _exit(outcome.settled.rawValue)
        }
        let summary = Summary(
            totals: assembly.log.snapshot().totals, startedAt: startedAt, stoppedAt: assembly.clock.now())
        StandardError.say(summary.text)
        return outcome.settled
    }

    private func act(
        _ signal: ProcessSignals.Kind, _ stop: ShutdownCoordinator, _ console: OperatorConsole?, _ reloader: Reloader?,
        _ outcome: Outcome
    ) {
        switch signal {
        case .interrupt: stop.forceStop(.interrupted)
        case .quit: stop.forceStop(.quit)
        case .terminate: stop.forceStop(.terminated)
        case .hangUp:
            // A terminal that goes away may say so more than once.
            if let console, onHangup == .exit {
                outcome.settle(.hungUp)
                console.end(.hungUp)
                stop.ask()
            } else if let console, console.isShowing {
                console.end(.hungUp)
            } else {
                reloader?.run()
            }
        }
    }

    /// Tells what is left of the time before; what is wrong with it goes to stderr too, where a log keeps it.
    private func tellHandover(_ news: OperatorNotifier) {
        for tidings in assembly.handover.tidings {
            news.tell(tidings)
            if dashboard != nil { StandardError.say(tidings.text) }
        }
    }

    /// Opens the control socket, where there shall be one.
    private func openControl(_ reloader: Reloader?) async throws -> ControlServer? {
        guard let control else { return nil }
        do {
            return try await ControlService.start(at: control, for: assembly, reloader)
        } catch {
            assembly.server.giveUp()
            throw error
        }
    }

    private func printer(_ control: ControlServer?) -> EventPrinter {
        let line = ReadinessLine(
            assembly: assembly, processID: ProcessInfo.processInfo.processIdentifier, control: control?.path)
        return EventPrinter(log: assembly.log, firstLine: line.bytes)
    }
}

extension RunningServer {
    private func makeConsole(
        _ plan: DashboardPlan, _ outcome: Outcome, _ reloader: Reloader?, _ news: OperatorNotifier
    ) -> OperatorConsole {
        let services = DashboardServices(
            now: assembly.clock.now, snapshot: { [log = assembly.log] in log.snapshot() },
            status: { [assembly] in assembly.status }, statusVersion: { [desk = assembly.desk] in desk.version },
            perform: { [desk = assembly.desk, log = assembly.log, who] request, report in
                switch request {
                case .order(let command): 
                    desk.carryOut(command, by: who) { report(.ordered(OverrideResponse($0))) }
                case .export(let path, let overwriting):
                    SessionWriter.write(log.snapshot, to: path, overwriting: overwriting) { report(.exported($0)) }
                case .reload:
                    guard let reloader else {
                        return news.tell(OperatorMessage("no rules file to read again", isAlert: true))
                    }
                    reloader.run()
                }
            })
        let started = assembly.desk.zone.local(assembly.clock.now())
        let stamp = started.text.filter { $0 != ":" && $0 != "-" }
        return OperatorConsole(
            plan: plan, services: services, clock: LocalClock { [desk = assembly.desk] in desk.zone.offset(at: $0) },
            exportPath: "switchboard-\(stamp).jsonl", onHangup: onHangup, outcome: outcome)
    }
}

extension OverrideResponse {
    init(_ result: Result<OverrideResult, OverrideError>) {
        switch result {
        case .success(let result): self = .done(result)
        case .failure(let error): self = .refused(error.description)
        }
    }
}
