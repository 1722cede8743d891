// SPDX-License-Identifier: Apache-2.0

import Calls
import Exchange

extension Desk {
    /// Closes all lines with a text.
    func close(saying text: String) throws {
        _ = try carryOut(
            .begin(.closed(says: text), scopes: [.all], reason: "", until: .reopened), by: Operator(user: "anna"))
    }
}
