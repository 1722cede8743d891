// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Instant {
    /// An instant as a test writes it, such as `2026-03-29T01:00:00Z`.
    package static func at(_ text: String) -> Instant {
        guard let instant = Instant(iso8601: text) else { preconditionFailure("\(text) is no ISO 8601 time") }
        return instant
    }
}
