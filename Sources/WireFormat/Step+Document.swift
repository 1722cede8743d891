// SPDX-License-Identifier: Apache-2.0

package import JSON
package import Calls

extension Step {
    /// The step as outputs have it (design, section 2: `explain --json`).
    package var document: JSONValue {
        .object([.init("what", .string(what)), .init("held", .bool(held)), .init("why", .string(why))])
    }

    package init(_ value: JSONValue, at place: String) throws(DocumentProblem) {
        let fields = try ObjectReader(value, at: place)
        self.init(what: try fields.text("what"), held: try fields.flag("held"), why: try fields.text("why"))
    }
}
