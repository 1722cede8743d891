// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An answer that another server gives.
package struct Ask: Equatable, Sendable {
    package let backEnd: BackEnd
    /// The answer that goes out when that server gives none; an index into `RuleBook.answers`, never that of an `ask`.
    package let otherwise: Int

    package init(backEnd: BackEnd, otherwise: Int) {
        self.backEnd = backEnd
        self.otherwise = otherwise
    }
}
