// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ControlServer
import CursesDisplay
import Dashboard
import DashboardRuntime
import Dispatch
import EventLog
import Exchange
import Foundation
import Rules
import ServiceLifecycle
import WebhookServer

/// A server from its first webhook to its last, with a dashboard or with JSON lines.
struct RunningServer: Sendable {
    let assembly: Assembly
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

    /// Runs until it is told to stop and returns why it did.
    func run() async throws -> ExitReason {
        let startedAt = assembly.clock.now()
        let outcome = Outcome()
        let news = Announcements()
        let reloader = rules.map { source in
            Reloader(path: source.path, assembly: assembly, tell: news.tell)
        }
        let console = dashboard.map { makeConsole($0, outcome, reloader, news) }
        if let console { news.show(on: console) }
        tellHandover(news)
        if let rules { reloader?.watch(rules) }
        defer { withExtendedLifetime(reloader) {} }
        let control = try await openControl(reloader, news)
        let front: any Service = console ?? printer(control)
        let group = ServiceGroup(
            together: [
                front, OutboundService(http: assembly.http), ForwardingService(forwarder: assembly.forwarder),
                ExpiryService(desk: assembly.desk), assembly.server,
            ] + [control].compactMap(\.self) + companions + [StopBound(outcome: outcome)])
        let signals = await ProcessSignals { act($0, on: group, console, reloader, outcome) }
        defer { withExtendedLifetime(signals) {} }
        if let console { assembly.log.watch { console.noteChange() } }
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
        _ signal: ProcessSignals.Kind, on group: ServiceGroup, _ console: OperatorConsole?, _ reloader: Reloader?,
        _ outcome: Outcome
    ) {
        switch signal {
        case .interrupt: stop(group, .interrupted, outcome)
        case .terminate: stop(group, .terminated, outcome)
        case .hangUp:
            if let console {
                console.end(.hungUp)
                if onHangup == .exit { stop(group, .hungUp, outcome) }
            } else {
                reloader?.run()
            }
        }
    }

    private func stop(_ group: ServiceGroup, _ reason: ExitReason, _ outcome: Outcome) {
        // Who asks twice does not want to wait.
        guard outcome.settle(reason) else { StopBound.exitNow(outcome.settled) }
        Task { await group.triggerGracefulShutdown() }
    }

    /// Tells what is left of the time before; what is wrong with it goes to stderr too, where a log keeps it.
    private func tellHandover(_ news: Announcements) {
        for tidings in assembly.handover.tidings {
            news.tell(tidings)
            if dashboard != nil { StandardError.say(tidings.text) }
        }
    }

    /// Opens the control socket, where there shall be one.
    private func openControl(_ reloader: Reloader?, _ news: Announcements) async throws -> ControlServer? {
        guard let control else { return nil }
        return try await ControlDesk.start(at: control, for: assembly, reloader)
    }

    private func printer(_ control: ControlServer?) -> EventPrinter {
        let line = ReadinessLine(
            assembly: assembly, processID: ProcessInfo.processInfo.processIdentifier, control: control?.path)
        return EventPrinter(log: assembly.log, firstLine: line.bytes)
    }
}

extension RunningServer {
    private func makeConsole(
        _ plan: DashboardPlan, _ outcome: Outcome, _ reloader: Reloader?, _ news: Announcements
    ) -> OperatorConsole {
        let services = DashboardServices(
            now: assembly.clock.now, snapshot: { [log = assembly.log] in log.snapshot() },
            desk: { [assembly] in assembly.status }, deskVersion: { [desk = assembly.desk] in desk.version },
            operate: { [desk = assembly.desk, who] order, report in
                desk.carryOutInBackground(order, by: who, then: report)
            },
            reload: {
                guard let reloader else {
                    return news.tell(Tidings("there is no rules file to read again", isAlert: true))
                }
                reloader.run()
            },
            export: { [log = assembly.log] path, overwriting, report in
                SessionWriter.write(log.snapshot, to: path, overwriting: overwriting, then: report)
            })
        let started = assembly.desk.zone.local(assembly.clock.now())
        let stamp = started.text.filter { $0 != ":" && $0 != "-" }
        return OperatorConsole(
            plan: plan, services: services, clock: LocalClock { [desk = assembly.desk] in desk.zone.offset(at: $0) },
            exportPath: "switchboard-\(stamp).jsonl", onHangup: onHangup, outcome: outcome)
    }
}

extension Desk {
    /// One after the other, so that answers come in the order of the orders.
    private static let orders = DispatchQueue(label: "switchboard.orders")

    /// Orders wait for the disk, and the dashboard does not.
    fileprivate func carryOutInBackground(
        _ order: DeskOrder, by who: Operator, then report: @escaping @Sendable (OrderResult) -> Void
    ) {
        Self.orders.async {
            do throws(DeskRefusal) {
                report(.done(try self.carryOut(order, by: who)))
            } catch {
                report(.refused(error.description))
            }
        }
    }
}
