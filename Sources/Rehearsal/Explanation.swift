// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a call would get, and why.
package struct Explanation: Sendable {
    package let by: Decider
    /// The answer in words.
    package let words: String
    /// The answer as it would go out.
    package let answer: [UInt8]
    package let steps: [Step]
    /// When the hours of the line next change; `nil` where nothing changes within a year.
    package let until: Instant?
}
