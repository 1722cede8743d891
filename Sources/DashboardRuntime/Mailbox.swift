// SPDX-License-Identifier: Apache-2.0

package import CursesDisplay
package import Dashboard
import Synchronization

/// What other threads hand to the dashboard's thread; they never wait for it.
package final class Mailbox: Sendable {
    private struct State {
        var messages: [DashboardMessage] = []
        var isChanged = false
        var ending: DashboardLoop.Ending?
    }

    private let state = Mutex(State())
    /// Wakes the terminal session from its wait for keys.
    package let wake: Wake

    package init(wake: Wake) {
        self.wake = wake
    }

    /// Notes that the log changed; many changes make one wake-up.
    package func noteChange() {
        let isFirst = state.withLock { state in
            defer { state.isChanged = true }
            return !state.isChanged
        }
        if isFirst { wake.signal() }
    }

    /// Hands over a message.
    package func post(_ message: DashboardMessage) {
        state.withLock { $0.messages.append(message) }
        wake.signal()
    }

    /// Asks the dashboard to end; only the first call counts.
    package func end(_ ending: DashboardLoop.Ending) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        wake.signal()
    }

    /// Whether the dashboard was asked to end.
    package var isEnding: Bool { ending != nil }

    /// How the dashboard was asked to end, if it was.
    var ending: DashboardLoop.Ending? { state.withLock { $0.ending } }

    /// Whether the log changed since `takeChange`.
    var isChanged: Bool { state.withLock { $0.isChanged } }

    /// Whether the log changed since the last call.
    func takeChange() -> Bool {
        state.withLock { state in
            defer { state.isChanged = false }
            return state.isChanged
        }
    }

    func takeMessages() -> [DashboardMessage] {
        state.withLock { state in
            defer { state.messages = [] }
            return state.messages
        }
    }
}
