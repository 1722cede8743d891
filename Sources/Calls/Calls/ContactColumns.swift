// SPDX-License-Identifier: Apache-2.0

/// Which columns of a table of contacts hold what; names of columns do not count case.
package struct ContactColumns: Equatable, Sendable {
    /// The columns with phone numbers; empty where they are found by their names.
    package var numbers: [String]
    /// Attributes with names of their own, each with the columns whose cells it joins.
    package var attributes: [Attribute]

    /// An attribute that is read from columns.
    package struct Attribute: Equatable, Sendable {
        package let name: String
        package let columns: [String]

        package init(name: String, columns: [String]) {
            self.name = name
            self.columns = columns
        }
    }

    package init(numbers: [String] = [], attributes: [Attribute] = []) {
        self.numbers = numbers
        self.attributes = attributes
    }

    /// Numbers are found by the names of columns, and every column is an attribute.
    package static let found = ContactColumns()
}
