// SPDX-License-Identifier: Apache-2.0

import Calls
import CursesDisplay
import Dashboard
import DashboardRuntime
import Dispatch
import Foundation
import Screen
import ServiceLifecycle

/// The dashboard as a service: one thread that owns the terminal from opening to restoring it.
final class OperatorConsole: Service {
    private let plan: DashboardPlan
    private let services: DashboardServices
    private let clock: LocalClock
    private let mailbox = Mailbox(wake: Wake())
    private let result = OneShot<DashboardLoop.Ending>()
    private let onHangup: HangupPolicy
    private let stop: ShutdownCoordinator
    /// The moment of a record with which the dashboard begins; `nil` where it shows a server.
    private let frame: RecordFrame?

    init(
        plan: DashboardPlan, services: DashboardServices, clock: LocalClock, onHangup: HangupPolicy,
        stop: ShutdownCoordinator, showing frame: RecordFrame? = nil
    ) {
        self.frame = frame
        self.plan = plan
        var services = services
        services.local = { [keeper = plan.keeper, environment = plan.environment] work, report in
            switch work {
            case .remember(let choice): keeper.remember(choice, then: report)
            case .copyInTmux(let text, let what): TmuxClipboard.take(text, what, environment, then: report)
            }
        }
        self.services = services
        self.clock = clock
        self.onHangup = onHangup
        self.stop = stop
        if let note = plan.note { mailbox.post(.notify(OperatorMessage(note))) }
        if let message = OperatorMessage(problems: plan.start.problems) { mailbox.post(.notify(message)) }
    }

    /// Notes that the log changed; called from the answering threads.
    func noteChange() {
        mailbox.noteChange()
    }

    /// Notes that contact with the server was lost or is there again.
    @Sendable func note(_ contact: ServerContact) {
        mailbox.post(.contact(contact))
    }

    /// Shows what a second ^C does; the screen is drawn again when it no longer does so.
    func warnOfStop() {
        mailbox.post(.interrupted)
        let after = DispatchTime.now() + .seconds(Int(StopWarning.seconds)) + .milliseconds(10)
        DispatchQueue.global().asyncAfter(deadline: after) { [mailbox, services] in
            mailbox.post(.tick(services.now()))
        }
    }

    /// Whether the dashboard is still shown.
    var isShowing: Bool { !mailbox.isEnding }

    /// Shows the operator a message; `false` if the dashboard has ended.
    func show(_ message: OperatorMessage) -> Bool {
        guard isShowing else { return false }
        mailbox.post(.notify(message))
        return true
    }

    /// Ends the dashboard, because the program stops or its terminal is gone.
    ///
    /// A terminal that nobody reads blocks the thread in a write for ever. Its unread output is therefore discarded after
    /// a while, and if that does not help, the program does not wait for it.
    func end(_ ending: DashboardLoop.Ending) {
        mailbox.end(ending)
        let patience = ending == .hungUp ? Self.patienceAfterHangUp : Self.patience
        for attempt in 0..<Self.attempts {
            DispatchQueue.global().asyncAfter(deadline: .now() + patience + Double(attempt) / 20) {
                TerminalSession.discardOutput()
            }
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + patience * 2) {
            self.result.settle(.failure(StuckTerminal()))
        }
    }

    /// How long the dashboard may take to restore its terminal, in seconds.
    private static let patience = 1.5
    /// A terminal that hung up has nobody for whom it must be restored.
    private static let patienceAfterHangUp = 0.4
    /// A frame is larger than what a terminal takes at once, so its rest, and the final messages after it, may have to be
    /// discarded in pieces: this continues until the program has ended.
    private static let attempts = 130

    func run() async throws {
        let ending = try await withGracefulShutdownHandler {
            try await show()
        } onGracefulShutdown: {
            self.end(.stopped)
        }
        guard ending == .hungUp else { return }
        if onHangup == .headless {
            try await gracefulShutdown()
        } else {
            stop.note(.hungUp)
        }
    }

    private func show() async throws -> DashboardLoop.Ending {
        let thread = Thread {
            TerminalSession.nameThread("dashboard")
            do throws(TerminalError) {
                let ending = try self.loop().run()
                self.mailbox.end(ending)
                self.result.settle(.success(ending))
            } catch {
                self.result.settle(.failure(CommandFailure(.usage, "No dashboard: \(error).")))
            }
        }
        thread.start()
        return try await result.value()
    }

    private func loop() throws(TerminalError) -> DashboardLoop {
        let session = try TerminalSession(
            wake: mailbox.wake, term: plan.term,
            escapeDelay: EscapeDelay.milliseconds(environment: plan.environment))
        let capabilities = session.capabilities
        let depth = plan.color.depth(environment: plan.environment, terminalColors: capabilities.colors)
        let look = Look(
            theme: plan.start.theme, showsUnicode: capabilities.showsUnicode, isASCII: plan.isASCII)
        var state =
            frame.map { frame in
                DashboardState(
                    size: session.size, glyphs: .unicode, clock: clock, proposedExportPath: ExportPath.usual,
                    showing: frame,
                    numbers: ConfigurationSource.numbers)
            }
            ?? DashboardState(
                size: session.size, glyphs: .unicode, isReadOnly: plan.isReadOnly, isAttached: plan.isAttached,
                endsWithTerminal: onHangup == .exit, operatorHere: CurrentOperator.of(plan.environment), clock: clock,
                proposedExportPath: ExportPath.usual,
                now: services.now(), numbers: ConfigurationSource.numbers)
        state.begin(
            with: plan.start.settings, look, TmuxClipboard.way(plan.environment))
        if let filter = plan.filter { state.useFilter(filter) }
        plan.keeper.watch { [mailbox] message in mailbox.post(message) }
        return DashboardLoop(
            state: state, session: session, depth: depth, mailbox: mailbox,
            services: services, showsClock: plan.showsClock && frame == nil)
    }
}
