// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dashboard
import Rules
import ServiceLifecycle

/// Reminds the operator once a day of dates in the rules file that are over, and of holidays that run out.
struct DatesReminder: Service {
    /// What the file in use says at a moment.
    let findings: @Sendable (Instant) -> [Diagnostic]
    let clock: WallClock
    /// The clock by which a day begins.
    let zone: @Sendable () -> Zone
    let show: @Sendable (OperatorMessage) -> Void

    /// The wall clock may be set, so it is read again before the day is over.
    private static let longestRest: Int64 = 3600

    func run() async throws {
        var day = today
        while true {
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(rest)) }
            } catch is CancellationError {
                return
            }
            guard today != day else { continue }
            day = today
            remind()
        }
    }

    /// Shows today's reminder, if there is one.
    func remind() {
        if let message = OperatorMessage(dated: findings(clock.now())) { show(message) }
    }

    private var today: CivilDate { zone().local(clock.now()).date }

    /// Seconds to the next midnight, at most an hour.
    private var rest: Int64 {
        min(Self.longestRest, Int64(86_401 - zone().local(clock.now()).secondOfDay))
    }
}

extension OperatorMessage {
    /// A message about dates that are over; `nil` without any.
    fileprivate init?(dated findings: [Diagnostic]) {
        guard let first = findings.first else { return nil }
        let title =
            findings.count == 1 ? first.message : "\(findings.count) lists of dates in the rules file need new dates"
        self.init(title, details: findings.map(\.description), isAlert: true)
    }
}
