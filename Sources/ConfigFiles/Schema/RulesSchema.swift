// SPDX-License-Identifier: Apache-2.0

/// The JSON Schema of the rules file, with which editors complete and check its keys.
///
/// `docs/switchboard.schema.json` is carried in the program, so that no network is needed to use it.
package enum RulesSchema {
    /// The name under which it is saved beside a rules file.
    package static let fileName = "switchboard.schema.json"

    /// The document, as it is written to a file.
    package static var bytes: [UInt8] { PackageResources.switchboard_schema_json }
}
