// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An answer that another server gives.
package struct Ask: Equatable, Sendable {
    package let upstream: Upstream
    /// The answer that goes out when that server gives none; an index into `RuleSet.answers`, never that of an `ask`.
    package let otherwise: Int

    package init(upstream: Upstream, otherwise: Int) {
        self.upstream = upstream
        self.otherwise = otherwise
    }
}
