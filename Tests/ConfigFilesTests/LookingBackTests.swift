// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import TestSupport
import Testing

@Suite struct LookingBackTests {
    private static func rule(_ when: String, journal: String = "", greeting: String = "Hello.") -> String {
        """
        version: 1
        \(journal.isEmpty ? "" : "server: { journal: \(journal) }")
        lines: [{ number: "+31201234567" }]
        rules:
          - { name: r, when: \(when), answer: { greeting: "\(greeting)" } }
        """
    }

    private static let month = "{ calls_from_caller: { more_than: 5, within: month } }"

    static let rows: [Row<String, [String]>] = [
        Row("a month with the usual journal", rule(month), []),
        Row("a month without a journal", rule(month, journal: "false"), ["counts-cut-short"]),
        Row("a month in a journal of 30 days", rule(month, journal: "{ days: 30 }"), ["counts-cut-short"]),
        Row("30 days in a journal of 30 days", rule("{ seen_before: { within: 30d } }", journal: "{ days: 30 }"), []),
        Row("a quarter in the usual journal", rule("{ seen_before: { within: 90d } }"), ["counts-cut-short"]),
        Row(
            "a week without a journal", rule("{ seen_before: { within: week } }", journal: "false"),
            ["counts-cut-short"]),
        Row("ten minutes without a journal", rule("{ seen_before: { within: 10m } }", journal: "false"), []),
        Row("a misspelled month", rule("{ seen_before: { within: mounth } }"), ["invalid-duration"]),
        Row("a month in capitals", rule("{ seen_before: { within: Month } }"), ["invalid-duration"]),
        Row("a year of the calendar", rule("{ seen_before: { within: year } }"), ["invalid-duration"]),
        Row(
            "a last call that may not be", rule("{ weekday: mon }", greeting: "Since {{last_call.date}}."),
            ["missing-fallback"]),
        Row("a last call with a fallback", rule("{ weekday: mon }", greeting: "Hi {{last_call.line|there}}."), []),
        Row(
            "a last call of one who called",
            rule("{ seen_before: { within: 30d } }", greeting: "Back from {{last_call.line}}."), []),
    ]

    @Test(arguments: rows)
    func findsWhatCannotBeCounted(row: Row<String, [String]>) {
        let codes = RulesFile.read(row.input, name: "r.yaml", zones: { _ in nil }).findings.map { $0.code.rawValue }
        // The language of a date is another matter.
        #expect(codes.filter { $0 != "no-language" } == row.expected, "\(row)")
    }

    @Test func aMisspelledPeriodSuggestsTheRightOne() throws {
        let finding = try #require(
            RulesFile.read(Self.rule("{ seen_before: { within: mounth } }"), name: "r.yaml", zones: { _ in nil })
                .findings.first)
        #expect(finding.message.contains("did you mean `month`?"))
    }
}
