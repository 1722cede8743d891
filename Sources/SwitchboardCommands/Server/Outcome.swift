// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Why the program stops; the first reason counts.
final class Outcome: Sendable {
    private let reason = Mutex<ExitReason?>(nil)

    /// Notes a reason, unless there is one.
    func settle(_ new: ExitReason) {
        reason.withLock { $0 = $0 ?? new }
    }

    var settled: ExitReason { reason.withLock { $0 } ?? .success }
}
