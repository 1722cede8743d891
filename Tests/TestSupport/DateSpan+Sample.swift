// SPDX-License-Identifier: Apache-2.0

import Calls
package import Rules

extension DateSpan {
    /// A span from dates as `2026-12-25`.
    package static func sample(_ first: String, _ last: String) -> DateSpan {
        guard let first = CivilDate(first), let last = CivilDate(last) else { preconditionFailure("no dates") }
        return DateSpan(first: first, last: last)
    }
}
