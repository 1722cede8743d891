// SPDX-License-Identifier: Apache-2.0

import Calls
import CursesDisplay
import Dashboard
import DashboardRuntime
import Foundation
import Screen
import ServiceLifecycle

/// The dashboard as a service: one thread that owns the terminal, from opening it to giving it back.
final class OperatorConsole: Service {
    private let plan: DashboardPlan
    private let services: DashboardServices
    private let clock: LocalClock
    private let exportPath: String
    private let mailbox = Mailbox(wake: Wake())
    private let onHangup: HangupPolicy
    private let outcome: Outcome

    init(
        plan: DashboardPlan, services: DashboardServices, clock: LocalClock, exportPath: String,
        onHangup: HangupPolicy, outcome: Outcome
    ) {
        self.plan = plan
        self.services = services
        self.clock = clock
        self.exportPath = exportPath
        self.onHangup = onHangup
        self.outcome = outcome
    }

    /// Tells the dashboard that the log changed; called from the answering threads.
    func noteChange() {
        mailbox.noteChange()
    }

    /// Puts words into the status bar.
    func notice(_ words: String) {
        mailbox.post(.notice(words))
    }

    /// Ends the dashboard, because its terminal went away.
    func hangUp() {
        mailbox.stop()
    }

    func run() async throws {
        let ending = try await withGracefulShutdownHandler {
            try await show()
        } onGracefulShutdown: {
            self.mailbox.stop()
        }
        guard ending == .hungUp else { return }
        if onHangup == .headless {
            try await gracefulShutdown()
        } else {
            _ = outcome.settle(.hungUp)
        }
    }

    private func show() async throws -> DashboardLoop.Ending {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                do throws(TerminalError) {
                    continuation.resume(returning: try self.loop().run())
                } catch {
                    continuation.resume(throwing: CommandFailure(.usage, "No dashboard: \(error)."))
                }
            }
            thread.name = "dashboard"
            thread.start()
        }
    }

    private func loop() throws(TerminalError) -> DashboardLoop {
        let session = try TerminalSession(wake: mailbox.wake, term: plan.term)
        let capabilities = session.capabilities
        let depth = plan.color.depth(environment: plan.environment, terminalColors: capabilities.colors)
        let glyphs = plan.theme.glyphs.glyphs(unicode: capabilities.showsUnicode && !plan.isASCII)
        let state = DashboardState(
            size: session.size, glyphs: glyphs, isReadOnly: plan.isReadOnly, clock: clock,
            proposedExportPath: exportPath, now: services.now())
        return DashboardLoop(
            state: state, session: session, look: DashboardLook(theme: plan.theme, depth: depth), mailbox: mailbox,
            services: services, showsClock: plan.showsClock)
    }
}
