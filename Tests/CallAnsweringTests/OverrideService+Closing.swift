// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import CallAnswering
import Dispatch
import Synchronization

extension OverrideService {
    /// Carries a command out and blocks the thread until it is on disk.
    func carryOutBlocking(_ command: OverrideCommand, by who: Operator) throws(OverrideError) -> OverrideResult {
        let isDone = DispatchSemaphore(value: 0)
        let result = Mutex<Result<OverrideResult, OverrideError>?>(nil)
        carryOut(command, by: who) { outcome in
            result.withLock { $0 = outcome }
            isDone.signal()
        }
        isDone.wait()
        guard let outcome = result.withLock({ $0 }) else { preconditionFailure("no result was reported") }
        return try outcome.get()
    }

    /// Closes all lines with a text.
    func close(saying text: String) throws {
        _ = try carryOutBlocking(
            .begin(.closed(says: text), scopes: [.all], reason: "", until: .reopened), by: Operator(user: "anna"))
    }
}
