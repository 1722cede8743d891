// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls

extension CallReport {
    init(_ fields: ObjectReader) throws(DocumentProblem) {
        self.init(
            seconds: try fields.optionalInteger("seconds"), summary: try fields.text("summary"),
            endReason: try fields.optionalText("end_reason"))
    }

    var document: JSONValue { .object(facts) }
}
