// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Dispatch
import Foundation
import ServiceLifecycle

/// Bounds an orderly stop: what has not ended by then is left behind, and the terminal is given back all the same.
struct StopBound: Service {
    /// More than the listener's patience with open connections.
    static let patience = 8.0

    let outcome: Outcome

    func run() async throws {
        try await gracefulShutdown()
        let outcome = outcome
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) {
            StandardError.say("Something did not stop in time and was left behind.")
            Self.exitNow(outcome.settled)
        }
    }

    /// Ends the process; what runs at its exit gives the terminal back.
    static func exitNow(_ reason: ExitReason) -> Never {
        TerminalSession.discardOutput()
        Foundation.exit(reason.rawValue)
    }
}
