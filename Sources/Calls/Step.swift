// SPDX-License-Identifier: Apache-2.0

/// One thing that a decision considered.
package struct Step: Hashable, Sendable {
    /// What was asked, such as `rule vip` or `override all`.
    package let what: String
    package let held: Bool
    /// Why it held or did not, for the person who reads it.
    package let why: String

    package init(what: String, held: Bool, why: String) {
        self.what = what
        self.held = held
        self.why = why
    }
}
