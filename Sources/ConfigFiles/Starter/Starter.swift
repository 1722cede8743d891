// SPDX-License-Identifier: Apache-2.0

/// The rules file that a newcomer begins with; it has no findings, its cases hold, and it can be served as it is.
///
/// Its first line tells editors where the schema lies: beside it, under `RulesSchema.fileName`.
package enum Starter {
    /// The name under which it is saved.
    package static let fileName = "switchboard.yaml"

    /// The commented file.
    package static let text = desk + rules
}
