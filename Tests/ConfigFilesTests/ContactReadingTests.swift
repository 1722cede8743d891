// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import Rules
import TestSupport
import Testing
import TimeZones

/// Contacts as a rules file names them, and what is warned of.
@Suite struct ContactReadingTests {
    @Test func aServerHasHeadersAndAPath() throws {
        let file = try RulesFile.sample(
            """
            contacts:
              - http:
                  url: "https://a.example.com/x?filter[phone]={number}"
                  headers:
                    Authorization: { env: CRM_TOKEN, prefix: "Bearer " }
                    apikey: { file: key.txt }
                    x-desk: front
                  path: data.0.customer
            """)
        #expect(
            file.contacts.map(\.kind) == [
                .http(
                    ContactServer(
                        url: "https://a.example.com/x?filter[phone]={number}",
                        headers: [
                            .init(name: "authorization", value: .secret(.environment("CRM_TOKEN"), prefix: "Bearer ")),
                            .init(name: "apikey", value: .secret(.file("key.txt"), prefix: "")),
                            .init(name: "x-desk", value: .literal("front")),
                        ], path: ["data", "0", "customer"]))
            ])
    }

    @Test func sourcesMayBeJoined() throws {
        let file = try RulesFile.sample(
            """
            contacts:
              all: true
              sources: [{ sqlite: { file: a.sqlite, query: "SELECT 1" } }, { http: { url: "http://b/{number}" } }]
            """)
        #expect(file.contactsAreJoined)
        #expect(file.contacts.count == 2)
    }

    @Test(arguments: [
        Row(
            "columns in the source", "- csv: { file: a.csv, columns: { number: [A, B], name: C, full: [D, E] } }", true),
        Row("columns beside the file", "- { csv: a.csv, columns: { Number: [A, B], name: C, full: [D, E] } }", true),
        Row("no columns", "- csv: { file: a.csv }", false),
    ])
    func columnsMayBeNamed(_ row: Row<String, Bool>) throws {
        let columns = ContactColumns(
            numbers: ["A", "B"],
            attributes: [.init(name: "name", columns: ["C"]), .init(name: "full", columns: ["D", "E"])])
        let outcome = read("contacts:\n  \(row.input)")
        #expect(outcome.file?.contacts.map(\.kind) == [.csv(path: "a.csv", columns: row.expected ? columns : .found)])
    }

    static let findings: [Row<String, [String]>] = [
        Row(
            "a near miss in a URL", #"contacts: [{ http: { url: "http://a/{number}?l={lines}" } }]"#,
            ["unknown-placeholder"]),
        Row("Airtable's field", #"contacts: [{ http: { url: "http://a/?f={Phone}='{number}'" } }]"#, []),
        Row("a field called Number", #"contacts: [{ http: { url: "http://a/?f={Number}='{number}'" } }]"#, []),
        Row(
            "another case of line", #"contacts: [{ http: { url: "http://a/{number}/{Line}" } }]"#,
            ["unknown-placeholder"]),
        Row(
            "no number", #"contacts: [{ http: { url: "http://a/{nubmer}" } }]"#, ["unknown-placeholder", "invalid-url"]),
        Row("a host with braces", #"contacts: [{ http: { url: "http://{line}/{number}" } }]"#, ["invalid-url"]),
        Row("a space in the query", #"contacts: [{ http: { url: "http://a/?f=AND({Phone}='{number}', 1)" } }]"#, []),
        Row("a reserved header", server("headers: { host: x }"), ["reserved-name"]),
        Row("a header twice", server("headers: { X-A: x, x-a: y }"), ["duplicate-key"]),
        Row("a header with a line break", server(#"headers: { x-a: "a\nb: c" }"#), ["unknown-word"]),
        Row("a header's bad name", server(#"headers: { "a b": x }"#), ["unknown-word"]),
        Row("a header with two secrets", server("headers: { x-a: { env: A, file: b } }"), ["conflicting-keys"]),
        Row("a header without a secret", server("headers: { x-a: { prefix: A } }"), ["missing-key"]),
        Row("an empty step", server("path: data..x"), ["invalid-path"]),
        Row(
            "columns of a database", #"contacts: [{ sqlite: { file: a, query: b }, columns: { number: A } }]"#,
            ["conflicting-keys"]),
        Row("two kinds", #"contacts: [{ csv: a.csv, sqlite: { file: a, query: b } }]"#, ["conflicting-keys"]),
        Row("a word of its own", rule("unknwon"), ["unknown-word"]),
        Row("two questions", rule("{ a: { present: true, more_than: 5 } }"), ["conflicting-keys"]),
        Row("an empty span", rule("{ a: { more_than: 5, less_than: 5 } }"), ["reversed-span"]),
        Row("a reversed span", rule("{ a: { between: [9, 5] } }"), ["reversed-span"]),
        Row("one bound", rule("{ a: { between: [9] } }"), ["wrong-type"]),
        Row("true and false, as servers send them", rule("{ vip: true, blocked: [false, unknown] }"), []),
        Row("a number with a comma", rule(#"{ a: { more_than: "1,5" } }"#), ["wrong-type"]),
        Row("no question", rule("{ a: {} }"), ["missing-key"]),
    ]

    static let fallbacks: [Row<String, [String]>] = [
        Row("row 10: no fallback", answer("Hello {{contact.name}}, welcome."), ["missing-fallback"]),
        Row("row 10: an empty fallback, on purpose", answer("Hello {{contact.name|}}, welcome."), []),
        Row("row 10: a fallback", answer("Hello {{contact.name|there}}, welcome."), []),
        Row(
            "row 10: two attributes", answer("{{contact.a}} and {{contact.b}} call."),
            ["missing-fallback", "missing-fallback"]),
        Row(
            "row 10: a rejection", answer("x", "{ reject: 'Dear {{contact.name}}, we are closed.' }"),
            ["missing-fallback"]),
        Row(
            "row 10: raw JSON", answer("x", #"{ raw: '{"error":"{{contact.name}}, we are closed."}' }"#),
            ["missing-fallback"]),
        Row(
            "row 10: where every rule asks for it",
            csv
                + "rules: [{ name: r, when: { contact: { Name: { present: true } } }, answer: { greeting: 'Hi {{contact.name}}.' } }]",
            []),
        Row(
            "row 10: where one rule does not ask for it",
            csv + """
                answers: { hi: { greeting: 'Hi {{contact.name}}.' } }
                rules:
                  - { name: r, when: { contact: { name: { present: true } } }, answer: hi }
                  - { name: s, when: { contact: known }, answer: hi }
                """, ["missing-fallback"]),
    ]

    static let placeholders: [Row<String, [String]>] = [
        Row("a family without an attribute", answer("Hi {{contact}}"), ["unknown-placeholder"]),
        Row("spaces around the point", answer("Hi {{contact . name|there}}"), ["unknown-placeholder"]),
        Row("a family in capitals", answer("Hi {{Contact.Name|there}}"), ["unknown-placeholder"]),
        Row("something of the last call", answer("Hi {{last_call.ended|there}}"), []),
        Row("nothing of the last call", answer("Hi {{last_call.end|there}}"), ["unknown-placeholder"]),
        Row("a name of the platform", answer("Hi, {{transcript}}"), []),
        Row("a name of another platform", answer("Hi {{customer.name}}"), ["unknown-placeholder"]),
        Row("an empty fallback of a time", answer("We open {{line.opens|}}."), []),
    ]

    @Test func aMisspelledPlaceholderOfTheLastCallSuggestsTheRightOne() throws {
        let finding = try #require(read(Self.answer("Hi {{last_call.end}}")).findings.first)
        #expect(finding.message.contains("did you mean `{{last_call.ended}}`"))
    }

    static let rejections: [Row<String, [String]>] = [
        Row("row 5: unknown", remote + rules("unknown", "{ reject: No. }"), ["unavailable-contact"]),
        Row(
            "row 5: not known", remote + rules("", "{ reject: No. }", when: "{ not: { contact: known } }"),
            ["unavailable-contact"]),
        Row(
            "row 5: not an attribute",
            remote + rules("", "{ reject: No. }", when: "{ not: { contact: { tier: vip } } }"), ["unavailable-contact"]),
        Row("row 5: an attribute", remote + rules("{ tier: blocked }", "{ reject: No. }"), ["unavailable-contact"]),
        Row("row 5: unknown lets in", remote + rules("unknown", "{ greeting: Hi }"), []),
        Row("row 5: in memory", csv + rules("unknown", "{ reject: No. }"), []),
        Row("row 5: a database", database + rules("unknown", "{ reject: No. }"), ["unavailable-contact"]),
        Row(
            "row 5: with a rule for it",
            remote + "rules: [{ name: a, when: { contact: unavailable }, answer: default }, "
                + "{ name: b, when: { contact: unknown }, answer: { reject: No. } }]", []),
        Row(
            "row 5: otherwise", remote + rules("known", "default") + "\notherwise: { reject: No. }",
            ["unavailable-contact"]),
        Row(
            "row 5: a rule that always holds",
            remote + "rules: [{ name: a, when: { contact: { tier: vip } }, answer: default }, "
                + "{ name: b, answer: { reject: No. } }]", ["unavailable-contact"]),
        Row(
            "row 5: some callers of a split",
            remote
                + """
                rules:
                  - name: r
                    when: { contact: unknown }
                    split: { by: caller, arms: [{ name: a, weight: 1, answer: { reject: No. } }, { name: b, weight: 1, answer: default }] }
                """, ["unavailable-contact"]),
        Row(
            "row 5: raw JSON", remote + rules("unknown", #"{ raw: '{"error":"No."}' }"#), ["unavailable-contact"]),
        Row(
            "row 5: callers from abroad but for customers",
            remote + "rules: [{ name: a, when: { contact: known }, answer: default }, "
                + "{ name: b, when: { not: { caller: { country: NL } } }, answer: { reject: No. } }]",
            ["unavailable-contact"]),
        Row(
            "a blocklist behind a rule for customers",
            remote + "rules: [{ name: a, when: { contact: known }, answer: default }, "
                + "{ name: b, when: { caller: '+31612345678' }, answer: { reject: No. } }]", []),
        Row(
            "a rejection that does not depend on it",
            remote + "rules: [{ name: a, when: { caller: withheld }, answer: { reject: No. } }, "
                + "{ name: b, when: { contact: known }, answer: { greeting: Hi } }]", []),
    ]

    @Test(arguments: findings + fallbacks + placeholders + rejections) func findsWhatIsDoubtful(
        _ row: Row<String, [String]>
    ) {
        #expect(read(row.input).findings.map(\.code.rawValue) == row.expected)
    }

    @Test(arguments: [
        Row("row 6: a typo in a rule", csv + rules("{ teir: vip }", "default"), ["teir"]),
        Row("row 6: another case", csv + rules("{ Tier: vip }", "default"), []),
        Row("row 6: a placeholder", answer("Hi {{contact.nmae|there}}"), ["nmae"]),
        Row("row 6: a filter that does not exist is another finding", answer("Hi {{contact.name:frist|there}}"), []),
        Row(
            "row 6: a case",
            csv
                + "tests: [{ name: t, call: { from: '+31612345678', to: '+31201234567', at: '2026-07-01T22:00:00+02:00' }, "
                + "with: { contact: { teir: vip } }, expect: { by: otherwise } }]", ["teir"]),
    ])
    func namesAttributesThatNoSourceHas(_ row: Row<String, [String]>) throws {
        let file = try #require(read(row.input).file)
        let findings = file.unknownAttributes(besides: ["Name", "Tier"])
        #expect(findings.map(\.code) == row.expected.map { _ in .unknownAttribute })
        for (finding, name) in zip(findings, row.expected) {
            #expect(finding.message.contains("`\(name)`"))
            #expect(finding.message.contains("did you mean `\(name == "teir" ? "tier" : "name")`?"), "\(finding)")
        }
    }

    private func read(_ yaml: String) -> RulesFile.Outcome {
        RulesFile.read(
            Array(("version: 1\n" + yaml).utf8), name: "rules.yaml", zones: TimeZones.zone,
            files: { _ in .bytes(Array("number,name,tier\n".utf8)) }, plan: NoNumberingPlan())
    }

    private static let csv = "contacts: [{ csv: a.csv }]\n"
    private static let remote = #"contacts: [{ csv: a.csv }, { http: { url: "http://b/{number}" } }]"# + "\n"
    private static let database = #"contacts: [{ sqlite: { file: a.sqlite, query: "SELECT 1" } }]"# + "\n"

    private static func server(_ keys: String) -> String {
        "contacts: [{ http: { url: \"http://a/{number}\", \(keys) } }]"
    }

    private static func rule(_ contact: String) -> String { csv + rules(contact, "default") }

    private static func rules(_ contact: String, _ answer: String, when: String? = nil) -> String {
        "rules: [{ name: r, when: \(when ?? "{ contact: \(contact) }"), answer: \(answer) }]"
    }

    private static func answer(_ greeting: String, _ answer: String? = nil) -> String {
        csv + "otherwise: \(answer ?? "{ greeting: '\(greeting)' }")"
    }
}
