// SPDX-License-Identifier: Apache-2.0

import Calls

/// The results of cases as JUnit XML, which build servers read.
package enum JUnitReport {
    /// Writes the document for the cases of one file; `note` returns what a failed case may need.
    package static func xml(
        _ results: [CaseResult], file: String, note: (CaseResult) -> String? = { _ in nil }
    ) -> String {
        let counts =
            "tests=\"\(results.count)\" failures=\"\(results.count { !$0.passes })\" errors=\"0\" skipped=\"0\""
        var lines = [
            #"<?xml version="1.0" encoding="UTF-8"?>"#, "<testsuites \(counts)>",
            "  <testsuite name=\"\(escaped(file))\" \(counts) time=\"0\">",
        ]
        for result in results { lines += testCase(result, file, note) }
        lines += ["  </testsuite>", "</testsuites>", ""]
        return lines.joined(separator: "\n")
    }

    private static func testCase(_ result: CaseResult, _ file: String, _ note: (CaseResult) -> String?) -> [String] {
        let (name, line) = (escaped(result.ruleCase.name), result.ruleCase.line)
        let start =
            "    <testcase name=\"\(name)\" classname=\"\(escaped(file))\" file=\"\(escaped(file))\" "
            + "line=\"\(line)\" time=\"0\""
        guard !result.passes else { return [start + "/>"] }
        let words = result.differences + (note(result).map { [$0] } ?? [])
        return [
            start + ">",
            "      <failure type=\"difference\" message=\"decided by \(escaped(result.by.description))\">"
                + words.map(escaped).joined(separator: "\n") + "</failure>",
            "    </testcase>",
        ]
    }

    /// The text with nothing that XML 1.0 reads as markup or does not allow.
    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
            case " "..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}":
                escaped.unicodeScalars.append(scalar)
            default: escaped += "\u{FFFD}"
            }
        }
        return escaped
    }
}
