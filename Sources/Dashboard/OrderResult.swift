// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What came of an order to the desk.
package enum OrderResult: Hashable, Sendable {
    /// It is on disk and in force.
    case done(DeskOutcome)
    /// Nothing changed; the words say why.
    case refused(String)
}
