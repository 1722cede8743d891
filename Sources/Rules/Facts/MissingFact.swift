// SPDX-License-Identifier: Apache-2.0

/// What has to be looked up before a call can be decided.
package enum MissingFact: Error, Equatable, Sendable {
    case contact
    case origin
}
