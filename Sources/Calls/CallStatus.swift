// SPDX-License-Identifier: Apache-2.0

/// The platform's word for where a call stands; an open set (contract, section 5).
package struct CallStatus: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    package static let inProgress = CallStatus("in-progress")
    package static let ended = CallStatus("ended")
    package static let endedWithError = CallStatus("ended-with-error")
}
