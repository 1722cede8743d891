// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What one source says of a caller.
package enum ContactAnswer: Equatable, Sendable {
    case found(Contact)
    case unknown
    /// The words say what went wrong, for people.
    case failed(String)
}
