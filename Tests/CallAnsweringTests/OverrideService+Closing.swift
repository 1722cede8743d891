// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import CallAnswering

extension OverrideService {
    /// Closes all lines with a text.
    func close(saying text: String) throws {
        _ = try carryOutBlocking(
            .begin(.closed(says: text), scopes: [.all], reason: "", until: .reopened), by: Operator(user: "anna"))
    }
}
