// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import DryRuns
import Screen
import WireFormat

extension Explanation {
    /// The explanation for people: the answer, who decides, until when, and the steps.
    var text: String {
        var lines = ["answer  \(String(decoding: answer, as: UTF8.self))", "by      \(by)"]
        if let until { lines.append("until   \(until), when the line changes by itself") }
        for step in steps {
            let outcome = step.held ? "  yes   " : step.isUndetermined ? "  ?     " : "  no    "
            lines.append("\(outcome)\(step.what): \(step.why)")
        }
        return lines.map { CleanText.clean($0) }.joined(separator: "\n")
    }

    /// The explanation for scripts.
    var document: JSONDocument {
        ExplanationDocument.document(answer: answer, by: by, until: until, steps: steps)
    }
}
