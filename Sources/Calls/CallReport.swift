// SPDX-License-Identifier: Apache-2.0

/// What the platform reports after a call (contract, section 11).
///
/// The texts are hostile until they are cleaned.
package struct CallReport: Hashable, Sendable {
    /// Length of the call in seconds, if the report has it.
    package let seconds: Int?
    package let summary: String
    package let endReason: String?

    package init(seconds: Int?, summary: String, endReason: String?) {
        self.seconds = seconds
        self.summary = summary
        self.endReason = endReason
    }
}
