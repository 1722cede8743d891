// SPDX-License-Identifier: Apache-2.0

package import Overrides
package import JSON
import Calls

extension OverrideResult {
    package var document: JSONValue {
        .object([
            .init("words", .string(words)), .init("begun", .array(begun.map(\.document))),
            .init("ended", .array(ended.map(\.document))), .texts("caveats", caveats),
        ])
    }

    package init(_ bytes: [UInt8]) throws(DocumentProblem) {
        let fields = try ObjectReader(bytes)
        self.init(
            words: try fields.text("words"), begun: try fields.list("begun", Override.init),
            ended: try fields.list("ended", Override.init), caveats: try fields.texts("caveats"))
    }
}
