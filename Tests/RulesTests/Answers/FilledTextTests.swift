// SPDX-License-Identifier: Apache-2.0

import Calls
import JSON
import Rules
import TestSupport
import Testing

/// What fills the texts of an answer for one call.
@Suite struct FilledTextTests {
    /// The first message of a call.
    private static func hears(
        _ greeting: TextTemplate, caller: String? = "+31612345678", contact: Contact? = nil,
        language: String? = nil, line: PhoneLine = .sample(), phrases: [Phrase] = []
    ) throws -> String {
        let answer = Answer.assistant(AssistantAnswer(greeting: greeting))
        let rules = RuleSet.sample(lines: [line], otherwise: answer, tags: false, phrases: phrases)
        var facts = CallFacts.none
        facts.contact = .known(ContactLookup(contact: contact, reports: []))
        facts.origin = .known(language.map { NumberOrigin(country: "XX", language: $0) })
        let (_, reply) = try CallPolicy(rules: rules).answer(.sample(from: caller), facts: facts, id: "d", at: .sample)
        return try #require(JSONReader.read(reply)?["assistant"]?["first_message"]?.string)
    }

    @Test(arguments: [
        Row("the first word", "{{contact.name:first}}", "Jan"),
        Row("the last word", "{{contact.name:last}}", "Vries"),
        Row("upper case", "{{contact.name:upper}}", "JAN DE VRIES"),
        Row("lower case", "{{contact.name:lower}}", "jan de vries"),
        Row("several filters", "{{contact.name:first:upper}}", "JAN"),
        Row("spaces around", "{{ contact.name : first }}", "Jan"),
        Row("digit by digit", "{{caller.number:digits}}", "3 1 6 1 2 3 4 5 6 7 8"),
        Row("digits of a name fall back", "{{contact.name:digits|no number}}", "no number"),
        Row("a value before a comma", "{{contact.list:first}}", "Vries"),
        Row("no such attribute", "{{contact.title:first|there}}", "there"),
        Row("a blank value falls back", "{{contact.blank:first|there}}", "there"),
        Row("other digits", "{{contact.order:digits}}", "1 2"),
    ])
    func filtersAValue(_ row: Row<String, String>) throws {
        let contact = Contact(attributes: [
            "name": "Jan de Vries", "list": "Vries, Jan", "blank": "  ", "order": "A-١2",
        ])
        #expect(try Self.hears(TextTemplate(parsing: row.input), contact: contact) == row.expected)
    }

    @Test func saysAFactOfTheLine() throws {
        var names = TextNames()
        names.facts = ["city"]
        names.variables = ["practice": "Smile"]
        let text = TextTemplate(parsing: "{{vars.practice:upper}} in {{line.City|town}}", names: names)
        #expect(try Self.hears(text, line: .sample(facts: ["city": "Utrecht"])) == "SMILE in Utrecht")
        #expect(try Self.hears(text) == "SMILE in town")
    }

    @Test(arguments: [
        Row("a known contact", Contact(attributes: ["name": "Jan de Vries"]) as Contact?, "Welcome back, Jan! Bye."),
        Row("nobody", nil as Contact?, "Hello. Bye."),
    ])
    func choosesAVersionOfAPhrase(_ row: Row<Contact?, String>) throws {
        let hello = Phrase(
            name: "hello",
            .byCondition([
                .init(.contactKnown(true), TextTemplate(parsing: "Welcome back, {{contact.name:first}}!")),
                .init(.always, TextTemplate(literal: "Hello.")),
            ]))
        let text = TextTemplate(pieces: [.hole(.init(.phrase(0))), .text(" Bye.")])
        #expect(try Self.hears(text, contact: row.input, phrases: [hello]) == row.expected)
    }

    @Test func asksForTheFactsThatAPhraseNeeds() {
        let hello = Phrase(
            name: "hello", .byCondition([.init(.contactKnown(true), TextTemplate(parsing: "{{caller.country}}"))]))
        let answer = Answer.assistant(AssistantAnswer(greeting: TextTemplate(pieces: [.hole(.init(.phrase(0)))])))
        let policy = CallPolicy(rules: .sample(otherwise: answer, phrases: [hello]))
        var facts = CallFacts.none
        #expect(throws: MissingFact.contact) { try policy.answer(.sample(), facts: facts, id: "d", at: .sample) }
        facts.contact = .known(ContactLookup(contact: Contact(attributes: ["a": "b"]), reports: []))
        #expect(throws: MissingFact.origin) { try policy.answer(.sample(), facts: facts, id: "d", at: .sample) }
    }

    struct Speaker: Sendable {
        var contact: String?
        var caller: String?
        var line: String?
    }

    @Test(arguments: [
        Row("the contact's language first", Speaker(contact: "DE", caller: "nl", line: "nl"), "Guten Tag"),
        Row("with a region", Speaker(contact: "de_AT", caller: "nl"), "Guten Tag"),
        Row("a contact's language without a text", Speaker(contact: "fr", caller: "nl"), "Dag"),
        Row("the caller's", Speaker(caller: "de", line: "nl"), "Guten Tag"),
        Row("the line's", Speaker(caller: "fr", line: "nl-BE"), "Dag"),
        Row("none of these", Speaker(contact: "fr", caller: "it", line: "es"), "Hello"),
        Row("nothing known", Speaker(), "Hello"),
    ])
    func speaksTheLanguageOfTheCaller(_ row: Row<Speaker, String>) throws {
        let texts = ["nl": TextTemplate(literal: "Dag"), "de": TextTemplate(literal: "Guten Tag")]
        let phrase = Phrase(name: nil, .byLanguage(texts, otherwise: TextTemplate(literal: "Hello")))
        let contact = row.input.contact.map { Contact(attributes: ["language": $0]) }
        let heard = try Self.hears(
            TextTemplate(pieces: [.hole(.init(.phrase(0)))]), contact: contact, language: row.input.caller,
            line: .sample(language: row.input.line), phrases: [phrase])
        #expect(heard == row.expected)
    }

    @Test func percentEncodesAValueInsideAURL() throws {
        let text = TextTemplate(parsing: "https://a.example/{{contact.name|a b}}?n={{caller.number}}").insideURL
        let contact = Contact(attributes: ["name": "Jan & \"Zoë\"/x"])
        #expect(
            try Self.hears(text, contact: contact)
                == "https://a.example/Jan%20%26%20%22Zo%C3%AB%22%2Fx?n=%2B31612345678")
        #expect(try Self.hears(text, caller: nil) == "https://a.example/a%20b?n=")
    }

    @Test func explainsTheVersionOfAPhrase() throws {
        let hello = Phrase(
            name: "hello",
            .byCondition([
                .init(.callerWithheld, TextTemplate(literal: "Hello stranger.")),
                .init(.always, TextTemplate(literal: "Hello.")),
            ]))
        let answer = Answer.assistant(AssistantAnswer(greeting: TextTemplate(pieces: [.hole(.init(.phrase(0)))])))
        let policy = CallPolicy(rules: .sample(otherwise: answer, phrases: [hello]))
        let step = try #require(policy.steps(for: .sample(), at: .sample).last)
        #expect(step.what == "phrase hello")
        #expect(step.held)
        #expect(step.why.hasPrefix("\"Hello.\": "))
    }
}
