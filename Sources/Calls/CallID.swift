// SPDX-License-Identifier: Apache-2.0

/// The platform's name of a call; opaque, and personal data, since it may embed the caller's number (contract, section 5).
package struct CallID: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }
}

extension CallID: CustomStringConvertible {
    package var description: String { text }
}
