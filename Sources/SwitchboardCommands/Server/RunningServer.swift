// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import ConfigFiles
import ControlAPI
import ControlServer
import CursesDisplay
import Dashboard
import DashboardRuntime
import EventLog
import CallAnswering
import Files
import Foundation
import Rules
import ServiceLifecycle
import StateFiles
import WebhookServer
import WireFormat

/// A server from its first webhook to its last, with a dashboard or with JSON lines.
struct RunningServer: Sendable {
    let assembly: ServerComponents
    /// `nil` runs headless.
    let dashboard: DashboardPlan?
    let onHangup: HangupPolicy
    /// The rules file, which is watched; `nil` for built-in rules.
    let rules: ServedRules?
    /// Where the control socket is made.
    let control: ControlPlaces
    /// The operator at the dashboard.
    let who: Operator
    /// Further services, such as the simulated callers.
    let companions: [any Service]
    var manager = ManagedService.none
    /// Where events are logged instead of on stdout.
    var logFile: EventSink.Place?

    /// Begins to answer, runs until it is stopped and returns the reason.
    ///
    /// Everything that can fail does so before the first call is answered; a signal during that time stops in order.
    func run() async throws -> ExitReason {
        StandardError.writeInBackground()
        let startedAt = assembly.clock.now()
        let stop = ShutdownCoordinator()
        let notifier = OperatorNotifier()
        let reloader = rules.map { Reloader($0, assembly: assembly, for: who, report: notifier.show) }
        let console = dashboard.map { makeConsole($0, stop, reloader, notifier) }
        let logPrinter = logFile.map {
            EventPrinter(
                log: assembly.log, firstLine: [], to: $0, masks: assembly.masksNumbers, output: assembly.eventOutput,
                show: notifier.show)
        }
        let question = InterruptQuestion()
        let signals = await ProcessSignals(
            stopping: stop, onInterrupt: { interrupt(stop, question, console, notifier) },
            onHangUp: { hangUp(stop, console, reloader) }, onReopen: { logPrinter?.reopen() })
        defer { withExtendedLifetime((signals, reloader)) {} }
        let api = ControlService.api(of: assembly, reloader)
        let opened = try await openControl(api)
        await assembly.metrics?.start(api.openRoutes)
        let control = opened.server
        assembly.note?.write(socket: control?.path)
        if let console { notifier.attach(console) }
        tellHandover(notifier, opened.warning)
        assembly.journal?.reports.show(with: notifier.show)
        let reminder = reloader.map { reloader in
            DatesReminder(
                findings: reloader.datedFindings, clock: assembly.clock,
                zone: { [assembly] in assembly.overrides.zone },
                show: notifier.show)
        }
        // Without a dashboard stderr has them already.
        if dashboard != nil { reminder?.remind() }
        reloader?.watch()
        // A server answers whether or not somebody reads its events; a demo is for its reader.
        let onUnread: (@Sendable () -> Void)? = rules == nil ? { @Sendable in stop.request() } : nil
        let front: any Service =
            console
            ?? EventPrinter(
                log: assembly.log, firstLine: firstLine(control), to: .standardOutput, isLogging: logPrinter == nil,
                masks: assembly.masksNumbers,
                output: logPrinter == nil ? assembly.eventOutput : nil, onUnread: onUnread)
        if let console { assembly.desk.watch { console.noteChange() } }
        assembly.past.start()
        assembly.server.begin()
        manager.noteReady(at: assembly.url)
        if EarlySignals.takeHangUp() { hangUp(stop, console, reloader) }
        let keeper = control.map {
            ControlSocketKeeper(control: $0, places: self.control, note: assembly.note, show: notifier.show)
        }
        let stateKeeper = assembly.files.map { StateFolderKeeper(files: $0, show: notifier.show) }
        let optional: [(any Service)?] = [
            logPrinter, control, keeper, stateKeeper, reminder, assembly.probing, assembly.metrics,
        ]
        let news = (assembly.desk === assembly.log ? [assembly.log] : [assembly.log, assembly.desk])
            .map { NewsService(log: $0, clock: assembly.clock) }
        // These go on until the last call is answered.
        let recording: [(any Service)?] = [
            assembly.journal.map {
                JournalService(journal: $0.journal, stop: stop, keepsWishes: assembly.files != nil)
            }, assembly.replica,
        ]
        let reason = try await stop.run(
            [front] + recording.compactMap(\.self) + news + [
                OutboundService(http: assembly.http), ForwardingService(forwarder: assembly.answers.forwarder),
                PastCallsService(past: assembly.past), ExpiryService(overrides: assembly.overrides),
                assembly.server,
            ] + optional.compactMap(\.self) + companions + [StopNotice(manager: manager)])
        let summary = Summary(
            totals: assembly.log.snapshot().totals, startedAt: startedAt, stoppedAt: assembly.clock.now(),
            isDemo: rules == nil)
        StandardError.say(summary.text)
        // An orderly stop is what SIGTERM asks for.
        return reason == .terminated ? .success : reason
    }

    /// ^C stops a server that serves a rules file only when it is pressed again: callers would reach the default assistant.
    ///
    /// Without a terminal it is the signal of a script or a supervisor, who asked already.
    private func interrupt(
        _ stop: ShutdownCoordinator, _ question: InterruptQuestion, _ console: OperatorConsole?,
        _ notifier: OperatorNotifier
    ) {
        let isAttended = rules != nil && isatty(STDIN_FILENO) == 1
        guard isAttended, !stop.isStopping, !question.isConfirmed(at: .now) else {
            return stop.forceOnSecond(.interrupted)
        }
        if let console, console.isShowing { return console.warnOfStop() }
        let calls = assembly.log.snapshot().totals.outcomes.onLine
        StandardError.say(StopWarning.words(liveCalls: calls, status: assembly.status) + ".")
    }

    /// SIGHUP ends the dashboard, and the program with it if so configured; without a dashboard it reloads the rules.
    private func hangUp(_ stop: ShutdownCoordinator, _ console: OperatorConsole?, _ reloader: Reloader?) {
        // A terminal that goes away may send more than one.
        if let console, onHangup == .exit {
            stop.note(.hungUp)
            console.end(.hungUp)
            stop.request()
        } else if let console, console.isShowing {
            console.end(.hungUp)
        } else {
            let noteDone = manager.noteReload()
            reloader?.run(.signal, then: noteDone) ?? noteDone()
        }
    }

    /// Reports what is left from before the start; to stderr as well, where a log keeps it.
    private func tellHandover(_ notifier: OperatorNotifier, _ control: OperatorMessage?) {
        let warnings = [rules?.warning, control].compactMap(\.self)
        for message in warnings + assembly.handover.messages {
            notifier.show(message)
            if dashboard != nil { StandardError.say(message.text) }
        }
    }

    /// Opens the control socket, if there is to be one.
    private func openControl(_ api: ControlAPI) async throws -> ControlService.Opened {
        do {
            return try await ControlService.start(at: control, api, for: assembly)
        } catch {
            assembly.server.giveUp()
            throw error
        }
    }

    private func firstLine(_ control: ControlServer?) -> [UInt8] {
        ReadinessLine(
            assembly: assembly, processID: ProcessInfo.processInfo.processIdentifier, control: control?.path
        ).bytes
    }
}

extension RunningServer {
    private func makeConsole(
        _ plan: DashboardPlan, _ stop: ShutdownCoordinator, _ reloader: Reloader?, _ notifier: OperatorNotifier
    ) -> OperatorConsole {
        let clock = LocalClock { [overrides = assembly.overrides] in overrides.zone.offset(at: $0) }
        let requests = ServerRequests(
            assembly: assembly, reloader: reloader, notifier: notifier, who: who, clock: clock)
        let services = DashboardServices(
            now: assembly.clock.now, snapshot: { [desk = assembly.desk] in desk.snapshot() },
            status: { [assembly] in assembly.status },
            statusVersion: { [overrides = assembly.overrides] in overrides.version },
            perform: requests.perform)
        return OperatorConsole(plan: plan, services: services, clock: clock, onHangup: onHangup, stop: stop)
    }
}

/// Where the control socket of a server is made.
struct ControlPlaces: Sendable {
    /// The preferred place first; empty for no socket.
    let paths: [String]
    /// Whether the server does not start without it.
    let isRequired: Bool
    /// The folder that this process has locked; `nil` without one.
    let stateFolder: String?

    /// Whether a path is in the folder that is locked.
    func isFolderOurs(_ path: String) -> Bool {
        guard let stateFolder else { return false }
        return URL(fileURLWithPath: Folder.parent(of: path)).resolvingSymlinksInPath().path
            == URL(fileURLWithPath: stateFolder).resolvingSymlinksInPath().path
    }
}
