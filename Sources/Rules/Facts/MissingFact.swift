// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What has to be looked up before a call can be decided.
package enum MissingFact: Error, Equatable, Sendable {
    case contact
    case origin
    /// The reply of another server.
    case reply(of: Upstream)
}
