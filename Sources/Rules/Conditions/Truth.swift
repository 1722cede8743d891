// SPDX-License-Identifier: Apache-2.0

/// Whether a condition holds for a call.
///
/// A test of a contact that could not be had is undetermined, and so is its `not`; `all` and `any` follow Kleene's logic.
/// A rule holds only if its condition does.
package enum Truth: Equatable, Sendable {
    case holds, fails
    /// The contact could not be had, or a value cannot be read.
    case undetermined

    init(_ holds: Bool) {
        self = holds ? .holds : .fails
    }

    static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .holds: .fails
        case .fails: .holds
        case .undetermined: .undetermined
        }
    }
}
