// SPDX-License-Identifier: Apache-2.0

package import JSON
import Calls

/// What came of reading the rules file again.
package struct ReloadReport: Hashable, Sendable {
    /// One line for people.
    package let words: String
    /// What belongs to it, a line each.
    package let details: [String]
    /// Whether the file is in use now; one with errors is not taken.
    package let isTaken: Bool

    package init(words: String, details: [String], isTaken: Bool) {
        self.words = words
        self.details = details
        self.isTaken = isTaken
    }

    package var document: JSONValue {
        .object([
            .init("words", .string(words)), .texts("details", details), .init("taken", .bool(isTaken)),
        ])
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        self.init(
            words: try fields.text("words"), details: try fields.texts("details"), isTaken: try fields.flag("taken"))
    }
}
