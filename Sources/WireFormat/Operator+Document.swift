// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls

extension Operator {
    package var document: JSONValue {
        .object([
            .init("user", .string(user)), .init("terminal", terminal.map(JSONValue.string) ?? .null),
            .init("host", host.map(JSONValue.string) ?? .null),
        ])
    }

    package init(_ fields: ObjectReader) throws(DocumentProblem) {
        self.init(
            user: try fields.text("user"), terminal: try fields.optionalText("terminal"),
            host: try fields.optionalText("host"))
    }
}
