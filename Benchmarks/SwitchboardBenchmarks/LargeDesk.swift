// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import ContactTables
import Contacts
import CallAnswering
import PhoneNumbers
import Rules
import TimeZones

/// A desk with 1 000 lines, 10 000 contacts and as many rules as are asked for.
struct LargeDesk {
    static let lines = 1000
    static let contacts = 10_000
    private static let numbers = WorldNumberingPlan()

    let policy: CallPolicy
    let explainer: Explainer
    /// How long reading and checking the file took.
    let milliseconds: Double

    init(rules count: Int) {
        let text = Self.file(rules: count)
        let clock = WallClock.system
        let start = clock.ticks()
        let outcome = RulesFile.read(
            Array(text.utf8), name: "large", zones: TimeZones.zone(named:), files: { _ in .bytes([]) },
            plan: Self.numbers)
        milliseconds = Double(clock.ticks() - start) / 1_000_000
        guard let file = outcome.file, file.rules.rules.count == count else {
            preconditionFailure("the large rules are wrong: \(outcome.findings.prefix(3))")
        }
        policy = CallPolicy(rules: file.rules)
        explainer = Explainer(policy)
    }

    static func line(_ index: Int) -> String { "+3185" + padded(index % lines, to: 7) }

    /// Callers; the first ones are contacts.
    static func caller(_ index: Int) -> String { "+316" + padded(index, to: 8) }

    /// The contacts and the numbering plans, as the answering path asks them.
    static var facts: some FactSource<Never> {
        let rows = (0..<contacts).map { "\(caller($0)),Caller \($0),\($0 % 100 == 0 ? "gold" : "usual")\n" }
        do throws(ContactTableError) {
            let csv = "number,name,tier\n" + rows.joined()
            let reading = try ContactTable.read(Array(csv.utf8), name: "large.csv", country: nil, numbers: numbers)
            return Facts(contacts: ContactDirectory(sources: [.local(reading.table)]), numbers: numbers)
        } catch {
            preconditionFailure("the large contacts are wrong: \(error)")
        }
    }

    private struct Facts: FactSource {
        let contacts: ContactDirectory
        let numbers: any NumberingPlan

        func contact(of number: PhoneNumber) -> ContactLookup { contacts.look(up: number, at: 0) ?? .nobody }
        func origin(of number: PhoneNumber) -> NumberOrigin? { numbers.origin(of: number) }
        func reply(of upstream: Upstream) -> UpstreamReport {
            UpstreamReport(reply: .failed(.notAsked), milliseconds: 0)
        }
    }

    private static func file(rules count: Int) -> String {
        let lines = (0..<lines).map {
            #"  - { number: "\#(line($0))", name: Line \#($0), group: g\#($0 / 10) }"# + "\n"
        }
        return """
            version: 1
            timezone: Europe/Amsterdam
            contacts: [{ csv: large.csv }]
            answers: { hello: { greeting: "Hello {{contact.name|there}}, this is {{line.name}}." } }
            lines:

            """ + lines.joined() + "rules:\n" + (0..<count).map(rule).joined() + "otherwise: hello\n"
    }

    /// Three rules that every call has to be held against, then rules for callers, lines, groups and prefixes.
    private static func rule(_ place: Int) -> String {
        let when =
            switch place {
            case 0: "contact: { tier: gold }, during: [\"00:00-00:01\"]"
            case 1: "caller: { country: [LI, MC] }"
            case 2: "date: \"2020-01-01..2020-12-31\""
            default:
                switch place % 5 {
                case 0, 1: #"caller: "+4930\#(padded(place, to: 7))""#
                case 2: #"line: "\#(line(place))", during: ["00:00-00:0\#(1 + place / 5 % 9)"]"#
                case 3: #"group: g\#(place % (Self.lines / 10)), caller: { prefix: "+44\#(place)" }"#
                default: #"caller: { prefix: "+1\#(padded(place, to: 5))" }"#
                }
            }
        return "  - { name: r\(place), when: { \(when) }, answer: default }\n"
    }
}
