// SPDX-License-Identifier: Apache-2.0

/// What to know of a text before and after it is set.
package enum OverrideCaveat {
    /// That a placeholder in a text is not filled in; `nil` for a text without one.
    package static func words(ofText text: String?) -> String? {
        guard text?.contains("{{") == true else { return nil }
        return "callers hear {{...}} literally; placeholders are not filled in overrides"
    }
}
