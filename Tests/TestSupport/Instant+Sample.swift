// SPDX-License-Identifier: Apache-2.0

package import Calls

extension Instant {
    /// 2026-07-01T14:00:00 in Amsterdam, a Wednesday.
    package static let sample = Instant(seconds: 1_782_907_200)
}
