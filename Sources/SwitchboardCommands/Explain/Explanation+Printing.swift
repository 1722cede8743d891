// SPDX-License-Identifier: Apache-2.0

import JSON
import Calls
import DryRuns
import Screen
import WireFormat

extension Explanation {
    /// The explanation for people, by the rules of a file.
    func text(source: String) -> String {
        ExplanationText(
            source: source, answer: String(decoding: answer, as: UTF8.self), by: by.description, until: until,
            steps: steps
        ).text
    }

    /// The explanation for scripts.
    func document(source: ExplanationDocument.Source) -> JSONDocument {
        ExplanationDocument.document(answer: answer, by: by, until: until, steps: steps, source: source)
    }
}

/// An explanation for people: whose rules decide, the answer, who decides, until when, and the steps.
struct ExplanationText {
    let source: String
    let answer: String
    let by: String
    let until: String?
    let steps: [Step]

    var text: String {
        var lines = ["rules   \(source)", "answer  \(answer)", "by      \(by)"]
        if let until { lines.append("until   \(until), when the line changes by itself") }
        for step in steps {
            let outcome = step.held ? "  yes   " : step.isUndetermined ? "  ?     " : "  no    "
            lines.append("\(outcome)\(step.what): \(step.why)")
        }
        return lines.map { CleanText.clean($0) }.joined(separator: "\n")
    }
}
