// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Dashboard
import Screen
import Synchronization

/// Shows messages to the operator: on the dashboard while there is one, else on stderr.
final class OperatorNotifier: Sendable {
    private let console = Mutex<OperatorConsole?>(nil)

    func attach(_ console: OperatorConsole) {
        self.console.withLock { $0 = console }
    }

    @Sendable func show(_ message: OperatorMessage) {
        if let console = console.withLock({ $0 }), console.show(message) { return }
        StandardError.say(message.text)
    }
}

extension OperatorMessage {
    /// What is wrong with the files of an operator, as one message: the first, and how many there are; `nil` if nothing is.
    init?(problems: [String]) {
        guard let first = problems.first else { return nil }
        let rest = Array(problems.dropFirst())
        let title = rest.isEmpty ? first : "\(problems.count) problems, the first: \(first)"
        self.init(title, details: rest, isAlert: true)
    }
}

extension OverrideService.Handover {
    /// The messages for the operator at the start.
    var messages: [OperatorMessage] {
        let title = "Still in force since before the start"
        let shown = inForce.map(CleanText.clean)
        let still = shown.count == 1 ? "\(title): \(shown[0])" : "\(title): \(shown.count) overrides"
        return warnings.map { OperatorMessage(CleanText.clean($0), isAlert: true) }
            + (shown.isEmpty
                ? [] : [OperatorMessage(still, details: shown.count == 1 ? [] : shown, isAlert: true)])
    }
}
