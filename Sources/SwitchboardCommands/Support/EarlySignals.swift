// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// The signals that come while a server starts, before ``ProcessSignals`` takes them: reading rules may take seconds.
enum EarlySignals {
    private static let hungUp = Atomic(false)

    /// Takes them from here on, if the arguments start a server.
    ///
    /// SIGTERM ends it at once and orderly: it has answered nobody. SIGHUP, which reloads the rules of a server without a
    /// dashboard, is remembered; where it is ignored, as by `nohup`, it stays so.
    static func begin(_ arguments: [String]) {
        guard arguments.dropFirst().first == "serve" else { return }
        signal(SIGTERM) { _ in _exit(0) }
        guard arguments.contains("--headless") || isatty(STDOUT_FILENO) == 0 else { return }
        // The handler must not be the first to use it.
        hungUp.store(false, ordering: .relaxed)
        let former = signal(SIGHUP) { _ in EarlySignals.hungUp.store(true, ordering: .relaxed) }
        if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(SIGHUP, SIG_IGN) }
    }

    /// Whether SIGHUP came; asked once.
    static func takeHangUp() -> Bool { hungUp.exchange(false, ordering: .relaxed) }
}
