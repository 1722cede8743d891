// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Why the program stops; the first reason counts.
final class Outcome: Sendable {
    private let reason = Mutex<ExitReason?>(nil)

    /// Notes a reason and tells whether it is the first.
    func settle(_ new: ExitReason) -> Bool {
        reason.withLock { reason in
            guard reason == nil else { return false }
            reason = new
            return true
        }
    }

    var settled: ExitReason { reason.withLock { $0 } ?? .success }
}
