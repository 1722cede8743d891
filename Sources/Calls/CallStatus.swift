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
    // The platform's interface for looking calls up also has these (contract, section 5).
    package static let failed = CallStatus("failed")
    package static let rejected = CallStatus("rejected")
    package static let insufficientCredits = CallStatus("insufficient-credits")
    /// A webhook that does not say.
    package static let none = CallStatus("")
}
