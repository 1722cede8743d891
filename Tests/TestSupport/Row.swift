// SPDX-License-Identifier: Apache-2.0

import Testing

/// One row of a table of tests: what goes in, what must come out, and a name for the report.
package struct Row<Input: Sendable, Expected: Sendable>: Sendable, CustomTestStringConvertible {
    package let name: String
    package let input: Input
    package let expected: Expected

    package init(_ name: String, _ input: Input, _ expected: Expected) {
        self.name = name
        self.input = input
        self.expected = expected
    }

    package var testDescription: String { name }
}
