// SPDX-License-Identifier: Apache-2.0

/// A switch that the operator throws.
package enum DashboardSwitch: Hashable, Sendable {
    case close(says: String)
    case open
    case followHours
    case greet(String)
    case clearGreeting
}
