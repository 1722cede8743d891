// SPDX-License-Identifier: Apache-2.0

package import Overrides
import Calls

/// What came of an order to the desk.
package enum OverrideResponse: Hashable, Sendable {
    /// It is on disk and in force.
    case done(OverrideResult)
    /// Nothing changed; the words say why.
    case refused(String)
}
