// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls

extension ServerStatus {
    /// When a line or an override next changes by itself; `nil` when nothing will.
    ///
    /// What is past already is waited for no more: a desk whose clock is behind must not be asked all the time.
    package func nextEnd(after now: Instant) -> Instant? {
        (lines.compactMap(\.until) + overrides.compactMap(\.until)).filter { $0 > now }.min()
    }
}
