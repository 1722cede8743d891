// SPDX-License-Identifier: Apache-2.0

/// A number with what it counts, for people.
package enum CountText {
    /// `1 rule`, `2 rules`, `2 entries`; `plural` where the noun has more than an `s` added.
    package static func words(_ count: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
    }
}
