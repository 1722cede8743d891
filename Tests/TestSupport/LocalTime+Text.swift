// SPDX-License-Identifier: Apache-2.0

package import Calls

extension LocalTime {
    /// A wall-clock reading as a test writes it, such as `2026-07-01T17:30:00`.
    package static func at(_ text: String) -> LocalTime {
        Instant.at(text + "Z").local(offset: 0)
    }
}
