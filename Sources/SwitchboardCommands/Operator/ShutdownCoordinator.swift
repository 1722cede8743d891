// SPDX-License-Identifier: Apache-2.0

import CursesDisplay
import Dispatch
import Foundation
import ServiceLifecycle
import Synchronization

/// Where the stop of the program is asked for, by a signal, by the operator, or by a service that has ended.
///
/// It is a service itself, the last of its group: that it ends is what begins the orderly stop, which goes from the last
/// service to the first and takes it ill when one ends out of turn (`OrderedService`).
final class ShutdownCoordinator: Service {
    /// What has not ended by then, in seconds, is left behind; more than the listener's patience with open connections.
    private static let patience = 8.0

    private let outcome: Outcome
    private let asked = OneShot<Void>()
    private let wasInsisted = Atomic(false)

    init(outcome: Outcome) {
        self.outcome = outcome
    }

    /// Asks for the stop; asking again changes nothing.
    ///
    /// It is remembered for a group that does not run yet.
    func ask() {
        asked.settle(.success(()))
    }

    /// Asks for a reason, as somebody who does not want to wait when asking twice.
    func forceStop(_ reason: ExitReason) {
        outcome.settle(reason)
        if wasInsisted.exchange(true, ordering: .acquiringAndReleasing) { Self.exitNow(outcome.settled) }
        ask()
    }

    func run() async throws {
        try await asked.value()
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [outcome] in
            StandardError.say("Something did not stop in time and was left behind.")
            Self.exitNow(outcome.settled)
        }
    }

    /// Ends the process; what runs at its exit gives the terminal back.
    private static func exitNow(_ reason: ExitReason) -> Never {
        TerminalSession.discardOutput()
        Foundation.exit(reason.rawValue)
    }
}
