// SPDX-License-Identifier: Apache-2.0

import ConfigFiles
import Foundation
import TestSupport
import Testing
import TimeZones

@Suite struct ReferencePageTests {
    @Test func theReferenceShowsWhatCanBeRead() throws {
        let page = try Repository.read("docs/rules.md")
        let blocks = page.components(separatedBy: "```").filter { $0.hasPrefix("yaml\n") }.map { $0.dropFirst(5) }
        #expect(blocks.count == 4)
        let text = """
            version: 1
            timezone: Europe/Amsterdam
            lines: [{ number: "+31201234567", group: amsterdam, hours: office }]
            answers: { closed: { reject: Closed. }, vip: { greeting: Hello } }

            """
        let outcome = RulesFile.read(text + blocks.joined(), name: "docs/rules.md", zones: TimeZones.zone)
        #expect(outcome.findings.isEmpty, "\(outcome.findings)")
    }

    @Test func theReferenceListsEveryCode() throws {
        let page = try Repository.read("docs/rules.md")
        let missing = Diagnostic.Code.allCases.filter { !page.contains("| `\($0.rawValue)` |") }
        #expect(missing.isEmpty)
    }
}
