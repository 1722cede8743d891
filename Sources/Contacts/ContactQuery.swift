// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What a contact source is asked.
package struct ContactQuery: Hashable, Sendable {
    /// The caller.
    package let number: PhoneNumber
    /// The number that was called; `nil` where there is none, or where the source does not ask for it.
    package let line: PhoneNumber?

    package init(_ number: PhoneNumber, on line: PhoneNumber? = nil) {
        self.number = number
        self.line = line
    }
}
