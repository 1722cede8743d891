// SPDX-License-Identifier: Apache-2.0

/// What is known of somebody who calls: attributes by name, such as `name` and `tier`.
///
/// The texts are hostile until they are cleaned. An attribute that is there is never empty.
package struct Contact: Hashable, Sendable {
    package let attributes: [String: String]

    /// Creates a contact; an empty attribute counts as none.
    package init(attributes: [String: String]) {
        self.attributes = attributes.filter { !$0.value.isEmpty }
    }

    package subscript(name: String) -> String? { attributes[name] }
}
