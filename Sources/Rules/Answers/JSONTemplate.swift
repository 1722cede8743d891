// SPDX-License-Identifier: Apache-2.0

package import JSON

/// A JSON document in which some strings have placeholders.
package indirect enum JSONTemplate: Hashable, Sendable {
    case fixed(JSONValue)
    case text(TextTemplate)
    case array([JSONTemplate])
    case object([Member])

    /// One key of an object with its value.
    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONTemplate

        package init(_ key: String, _ value: JSONTemplate) {
            self.key = key
            self.value = value
        }
    }
}
