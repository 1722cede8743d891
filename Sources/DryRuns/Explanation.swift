// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import Calls

/// What a call would get, and why.
package struct Explanation: Sendable {
    package let by: Decider
    /// The answer as it would go out.
    package let answer: [UInt8]
    package let steps: [Step]
    /// How the called line stands; `nil` where the number is in no line.
    package let line: LineStatus?

    /// When the line next changes by itself, as its clock reads it; `nil` where nothing changes within a year.
    package var until: String? {
        line.flatMap { line in line.until?.iso8601(offset: line.untilOffset) }
    }
}
