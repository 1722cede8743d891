// SPDX-License-Identifier: Apache-2.0

/// A line that simulated callers ring.
package struct SimulatedLine: Hashable, Sendable {
    package let number: String
    /// The name that the platform has for it.
    package let name: String?

    package init(number: String, name: String?) {
        self.number = number
        self.name = name
    }
}
