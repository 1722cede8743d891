// SPDX-License-Identifier: Apache-2.0

/// What the server takes at most, which a dashboard checks before it sends.
package enum OverrideLimits {
    /// The longest text for callers, and the longest note, in Unicode scalars: what people see as one character may have any
    /// number of them.
    package static let longestText = 2000
}
