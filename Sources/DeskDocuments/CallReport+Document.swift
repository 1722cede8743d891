// SPDX-License-Identifier: Apache-2.0

import Calls
import SessionExport

extension CallReport {
    init(_ fields: Fields) throws(DocumentProblem) {
        self.init(
            seconds: try fields.optionalInteger("seconds"), summary: try fields.text("summary"),
            endReason: try fields.optionalText("end_reason"))
    }

    var document: JSONValue { .object(facts) }
}
