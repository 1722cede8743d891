// SPDX-License-Identifier: Apache-2.0

import Calls

extension DeskStatus {
    /// What closes or opens all lines.
    var closure: Override? { closure(of: .all) }

    /// The greeting that is forced on all lines.
    var greeting: Override? { greeting(of: .all) }
}
