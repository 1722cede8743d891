// SPDX-License-Identifier: Apache-2.0

import Calls
import ContactTables
import ConfigFiles
import Contacts
import DryRuns
import JSON
import PhoneNumbers
import TestSupport
import Testing

@testable import SwitchboardCommands

/// However a number is spelled, it is one person: in rules, lists, contacts, counts, cases, `explain`, the API and on the
/// wire, as the caller and as the called line.
@Suite struct OnePersonTests {
    @Test(arguments: SpelledNumber.countries) func aNumberIsOnePersonEverywhere(country: String) async throws {
        let plan = WorldNumberingPlan()
        let number = try #require(plan.example(in: country))
        let spellings = SpelledNumber.spellings(
            of: number, national: try #require(plan.text(of: number, in: .national)),
            international: try #require(plan.text(of: number, in: .international)),
            uri: try #require(plan.text(of: number, in: .uri)))
        let people = try ContactTable.read(
            Array(("number,name\n" + spellings.map { "\"\($0)\",Jan\n" }.joined()).utf8), name: "people.csv",
            country: country, numbers: plan)
        #expect(people.table.count == 1, "one contact: \(people.problems)")
        let desk = try Desk(
            Self.rules(number, spellings, country), files: ["list.txt": spellings.joined(separator: "\n")],
            contacts: ContactDirectory(sources: [.local(people.table)]))

        for (index, spelling) in spellings.enumerated() {
            let call = SpelledCall(
                id: "c-\(index)", from: spelling, to: spellings[(index + 3) % spellings.count],
                at: Instant(seconds: Instant.sample.seconds + Int64(index)))
            let ends: [Outcome] = [
                try await desk.explained(call), try await desk.explainedByAPI(call), try await desk.served(call),
            ]
            for outcome in ends {
                #expect(outcome.caller.number == number, "\(spelling.debugDescription)")
                #expect(outcome.called.number == number, "\(call.to.debugDescription)")
                #expect(outcome.by == "rule one", "\(call): \(outcome)")
            }
            let request = desk.file.cases[index].call.request
            #expect(request.caller.number == number && request.called.number == number, "case, \(spelling)")
        }
        let again = SpelledCall(
            id: "again", from: spellings[0], to: spellings[0], at: Instant(seconds: Instant.sample.seconds + 60))
        #expect(try await desk.served(again).by == "rule often", "all of them are counted as one caller's")
    }

    /// The rules, with a rule for whoever is in the list, in the rule and in the contacts.
    private static func rules(_ number: PhoneNumber, _ spellings: [String], _ country: String) -> String {
        let quoted = spellings.map { JSONValue.string($0).text }
        let cases = quoted.map {
            "  - { name: c, call: { from: \($0), to: \($0), at: \"2026-07-01 10:00\" }, expect: { by: rule one } }"
        }
        return """
            version: 1
            timezone: UTC
            country: \(country)
            contacts: [{ csv: list.txt }]
            lines: [{ number: \(quoted[country == "NL" ? 3 : 0]), name: Line }]
            unknown_line: { reject: Not in service. }
            rules:
              - { name: often, when: { calls_from_caller: { more_than: \(spellings.count), within: 1d } }, answer: { reject: Often. } }
              - name: one
                when:
                  all:
                    - { caller: { number: [\(quoted.joined(separator: ", "))] } }
                    - { caller: { in: list.txt } }
                    - { contact: { name: Jan } }
                    - { line: "\(number)" }
                answer: { greeting: "{{contact.name|nobody}} {{caller.number|hidden}}" }
            otherwise: { reject: Stranger. }
            tests:
            \(cases.joined(separator: "\n"))
            """
    }
}
