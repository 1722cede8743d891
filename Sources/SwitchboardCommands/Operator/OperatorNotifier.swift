// SPDX-License-Identifier: Apache-2.0

import Dashboard
import Synchronization

/// Where the operator is told things: on the dashboard while there is one, else on stderr.
final class OperatorNotifier: Sendable {
    private let console = Mutex<OperatorConsole?>(nil)

    func show(on console: OperatorConsole) {
        self.console.withLock { $0 = console }
    }

    @Sendable func tell(_ tidings: OperatorMessage) {
        if let console = console.withLock({ $0 }), console.tell(tidings) { return }
        StandardError.say(tidings.text)
    }
}
