// SPDX-License-Identifier: Apache-2.0

import Calls
import ConfigFiles
import TestSupport
import Testing

/// What people write who come from another system, and what the file would silently have said or done.
@Suite struct NewcomerTests {
    /// What the file has besides the version: a Dutch line unless said otherwise.
    struct Input: Sendable {
        var head = ""
        var line = #"number: "+31201234567", name: Front"#
        var rest = "otherwise: default"

        var text: String {
            "version: 1\ntimezone: Europe/Amsterdam\ncountry: NL\n\(head)lines: [{ \(line) }]\n\(rest)\n"
        }
    }

    private static func findings(_ input: Input) -> [Diagnostic] {
        RulesFile.readInTheWorld(input.text, name: "f").findings
    }

    private static func greeting(_ text: String, head: String = "") -> Input {
        Input(head: head, rest: "otherwise: { greeting: \(text) }")
    }

    /// The code, and what the message advises.
    struct Finding: Sendable, Equatable {
        let code: Diagnostic.Code
        let advice: String

        init(_ code: Diagnostic.Code, _ advice: String = "") {
            self.code = code
            self.advice = advice
        }
    }

    private static func expect(_ input: Input, _ expected: [Finding]) {
        let found = findings(input)
        #expect(found.map(\.code) == expected.map(\.code), "\(found)")
        for (found, expected) in zip(found, expected) {
            #expect(found.message.contains(expected.advice), "\(found.message)")
        }
    }

    // Placeholders.

    private static let contacts = "contacts: [{ http: { url: \"http://127.0.0.1:9/{number}\" } }]\n"

    @Test(arguments: [
        Row("single braces", greeting(#""Hi {caller.number}""#), [Finding(.unknownPlaceholder, "`{{caller.number}}`")]),
        Row(
            "single braces of a variable", greeting(#""{vars.a}""#, head: "vars: { a: b }\n"),
            [Finding(.unusedText), Finding(.unknownPlaceholder, "`{{vars.a}}`")]),
        Row(
            "a template string", greeting(#""Hi ${caller.number}""#),
            [Finding(.unknownPlaceholder, "`{{caller.number}}`")]),
        Row("JSON in braces is no placeholder", greeting(#""{a} {} { b } {{transcript}}""#), []),
        Row(
            "a variable without its family", greeting(#""{{practice}}""#, head: "vars: { practice: b }\n"),
            [Finding(.unusedText), Finding(.unknownPlaceholder, "`{{vars.practice}}`")]),
        Row(
            "the date of another system", greeting(#""It is {{date}}.""#),
            [Finding(.unknownPlaceholder, "`{{time.date}}`")]),
        Row(
            "the customer's number", greeting(#""You are {{customer.number}}.""#),
            [Finding(.unknownPlaceholder, "`{{caller.number}}`")]),
        Row(
            "the customer's name", greeting(#""Hi {{customer.name}}.""#, head: contacts),
            [Finding(.unknownPlaceholder, "`{{contact.name}}`")]),
        Row(
            "a name with an underscore", greeting(#""Hi {{contact_name}}.""#, head: contacts),
            [Finding(.unknownPlaceholder, "`{{contact.name}}`")]),
        Row("the platform's own", greeting(#""{{transcript}} {{ended_reason}} {{schema}}""#), []),
        Row(
            "a filter of Liquid as the fallback", greeting(#""Hi {{contact.name | default: 'you'}}""#, head: contacts),
            [Finding(.unknownFilter, "`{{contact.name|you}}`")]),
        Row(
            "an operator as the fallback", greeting(#""Hi {{contact.name || 'you'}}""#, head: contacts),
            [Finding(.unknownFilter, "`{{contact.name|you}}`")]),
        Row(
            "a filter after a bar", greeting(#""Hi {{line.name | upper}}""#),
            [Finding(.unknownFilter, "`{{line.name:upper}}`")]),
        Row("a fallback of words", greeting(#""Hi {{contact.name|first of all}}""#, head: contacts), []),
    ])
    func placeholdersOfOtherSystems(_ row: Row<Input, [Finding]>) {
        Self.expect(row.input, row.expected)
    }

    // Keys.

    @Test(arguments: [
        Row("firstMessage", "firstMessage: x", "`greeting`"), Row("first_message", "first_message: x", "`greeting`"),
        Row("message", "message: x", "`greeting`"),
        Row("max_duration_seconds", "max_duration_seconds: 5", "`max_duration`"),
        Row("maxDurationSeconds", "maxDurationSeconds: 5", "`max_duration`"), Row("voice", "voice: x", "`tts`"),
        Row("transcriber", "transcriber: x", "`stt`"), Row("model", "model: x", "`llm`"),
        Row("prompt", "prompt: x", "`llm`"), Row("hangup", "hangup: x", "`reject`"),
    ])
    func keysOfAnAnswerOfOtherSystems(_ row: Row<String, String>) {
        Self.expect(Input(rest: "otherwise: { \(row.input) }"), [Finding(.unknownKey, "did you mean \(row.expected)?")])
    }

    @Test(arguments: [
        Row("two", "2", [Finding(.shortCall, "2m")]), Row("two minutes", "2m", []), Row("two seconds", "2s", []),
        Row("with a space", "2 m", []), Row("a minute", "60", []),
    ])
    func aNumberOfMinutesIsOneOfSeconds(_ row: Row<String, [Finding]>) {
        Self.expect(Input(rest: "otherwise: { greeting: Hi, max_duration: \(row.input) }"), row.expected)
    }

    @Test(arguments: [
        Row("hours", "hours: x", "`during`"), Row("time", #"time: "09:00-10:00""#, "`during`"),
        Row("day", "day: mon", "`weekday`"),
        Row("language", "language: nl", "`caller`"), Row("country", "country: NL", "`caller`"),
        Row("number", #"number: "+31612345678""#, "`caller`"), Row("holiday", "holiday: x", "`date`"),
    ])
    func keysOfAConditionOfOtherSystems(_ row: Row<String, String>) {
        let rest = "rules: [{ name: r, when: { \(row.input) }, answer: default }]"
        Self.expect(Input(rest: rest), [Finding(.unknownKey, "did you mean \(row.expected)?")])
    }

    @Test func callsOfAGroupNeedAGroup() {
        let rest = "rules: [{ name: r, when: { live_in_group: { more_than: 2 } }, answer: { greeting: Hi } }]"
        Self.expect(Input(rest: rest), [Finding(.neverHolds, "`live_on_line`")])
        Self.expect(Input(line: #"number: "+31201234567", name: Front, group: g"#, rest: rest), [])
    }

    @Test(arguments: [
        Row("maxTokens", "maxTokens: 5", "`max_completion_tokens`"),
        Row("max_tokens", "max_tokens: 5", "`max_completion_tokens`"),
        Row("systemPrompt", "systemPrompt: x", "`messages`"), Row("temperatur", "temperatur: 1", "`temperature`"),
    ])
    func keysOfAModelOfOtherSystems(_ row: Row<String, String>) {
        let rest = "otherwise: { llm: { provider: openai, model: gpt-4o, \(row.input) } }"
        Self.expect(Input(rest: rest), [Finding(.unknownSetting, "did you mean \(row.expected)?")])
    }

    @Test(arguments: [
        Row("X-a", "X-a: 1", Finding(.unknownKey, "`x-a`")), Row("x_a", "x_a: 1", Finding(.unknownKey, "`x-a`")),
        Row("schedule", "schedule: 1", Finding(.unknownKey, "`hours`")),
        Row("else", "else: 1", Finding(.unknownKey, "`otherwise`")),
    ])
    func keysOfTheFile(_ row: Row<String, Finding>) {
        Self.expect(Input(head: row.input + "\n"), [row.expected])
    }

    // Tools.

    @Test(arguments: [
        Row("the built-in one", "{ type: end_call }", []),
        Row("of another system", "{ type: endCall }", [Finding(.unknownWord, "`end_call`")]),
        Row("misspelled", "{ type: transfer_cal }", [Finding(.unknownWord, "`transfer_call`")]),
        Row("nobody to transfer to", "{ type: transfer_call }", [Finding(.missingKey, "destinations")]),
        Row("a destination", #"{ type: transfer_call, destinations: [{ type: number, number: "+31201234567" }] }"#, []),
        Row(
            "a national destination",
            #"{ type: transfer_call, destinations: [{ type: number, number: "020 1234567" }] }"#,
            [Finding(.notANumber, "+31201234567")]),
        Row(
            "a destination of each call", #"{ type: transfer_call, destinations: [{ number: "{{line.number}}" }] }"#, []
        ),
        Row(
            "a key of a destination", #"{ type: transfer_call, destinations: [{ numbr: "+31201234567" }] }"#,
            [Finding(.unknownSetting, "`number`")]),
        Row("a flat function", "{ name: book, description: x, parameters: {}, url: \"https://x.example\" }", []),
        Row(
            "a nested function",
            "{ type: function, function: { name: book, parameters: {} }, server: { url: \"https://x.example\" } }", []),
        Row("a key of a function", "{ type: function, function: { nam: book } }", [Finding(.unknownSetting, "`name`")]),
        Row("neither type nor name", "{ url: x }", [Finding(.missingKey)]),
        Row("a word", "end_call", [Finding(.wrongType)]),
    ])
    func toolsOfAModel(_ row: Row<String, [Finding]>) {
        Self.expect(
            Input(rest: "otherwise: { llm: { provider: openai, model: gpt-4o, tools: [\(row.input)] } }"), row.expected)
    }

    // Hours.

    private static func hours(_ table: String, holidays: String = "") -> Input {
        Input(
            head: "\(holidays)hours: { h: { \(table), closed: { reject: Closed. } } }\n",
            line: #"number: "+31201234567", name: Front, hours: h"#)
    }

    @Test(arguments: [
        Row("full names", #"weekly: { monday-friday: ["09:00-17:00"], Saturday: ["10:00-12:00"] }"#, []),
        Row("a dash of a word processor", "weekly: { mon: [\"09:00\u{2013}17:00\"] }", []),
        Row("hours alone", #"weekly: { mon: "9-17" }"#, [Finding(.invalidWindow, #""09:00-17:00""#)]),
        Row("points", #"weekly: { mon: "09.00-17.30" }"#, [Finding(.invalidWindow, #""09:00-17:30""#)]),
        Row("half days", #"weekly: { mon: "9am-5:30 pm" }"#, [Finding(.invalidWindow, #""09:00-17:30""#)]),
        Row("four digits", #"weekly: { mon: "0900-1730" }"#, [Finding(.invalidWindow, #""09:00-17:30""#)]),
        Row("weekdays", #"weekly: { weekdays: "09:00-17:00" }"#, [Finding(.invalidDay, "mon-fri")]),
        Row("weekend", #"weekly: { weekend: "09:00-17:00" }"#, [Finding(.invalidDay, "sat,sun")]),
        Row(
            "the day first", #"weekly: { mon: "09:00-17:00" }, dates: { "25.12.": closed }"#,
            [Finding(.invalidDate, #""12-25""#)]),
        Row(
            "slashes", #"weekly: { mon: "09:00-17:00" }, dates: { "12/25": closed }"#,
            [Finding(.invalidDate, #""12-25""#)]),
        Row(
            "the year last", #"weekly: { mon: "09:00-17:00" }, dates: { "25-12-2026": closed }"#,
            [Finding(.invalidDate, #""2026-12-25""#)]),
        Row(
            "two readings", #"weekly: { mon: "09:00-17:00" }, dates: { "02/01": closed }"#,
            [Finding(.invalidDate, "expected")]),
        Row(
            "a name", #"weekly: { mon: "09:00-17:00" }, dates: { Good Friday: closed }"#,
            [Finding(.invalidDate, #""easter-2""#)]),
        Row("a short month", #"weekly: { mon: "09:00-17:00" }, dates: { 1st mon of sept: closed }"#, []),
    ])
    func hoursAsPeopleWriteThem(_ row: Row<String, [Finding]>) {
        Self.expect(Self.hours(row.input), row.expected)
    }

    @Test(arguments: [
        Row("in small letters", "europe/amsterdam", "`Europe/Amsterdam`"),
        Row("the city", "Amsterdam", "`Europe/Amsterdam`"),
        Row("with a space", "New York", "`America/New_York`"), Row("unknown", "Atlantis", "IANA"),
    ])
    func zonesAsPeopleWriteThem(_ row: Row<String, String>) {
        let found = RulesFile.readInTheWorld("version: 1\ntimezone: \(row.input)\n", name: "f").findings
        #expect(found.map(\.code) == [.unknownTimeZone])
        #expect(found.first?.message.contains(row.expected) == true, "\(found)")
    }

    @Test(arguments: [
        Row(
            "a season over a holiday", (#""10-01..11-30": ["07:00-20:00"]"#, #""10-03", easter+1"#),
            [Finding(.overlap, #""10-03": closed"#)]),
        Row("a season of one year", (#""2027-10-01..2027-11-30": ["07:00-20:00"]"#, #""10-03""#), [Finding(.overlap)]),
        Row("the first Monday of every month", (#"first mon: ["07:00-20:00"]"#, #""12-25..12-26""#), []),
        Row("the last Monday of every month", (#"last mon: ["07:00-20:00"]"#, "easter+1"), [Finding(.overlap)]),
        Row("the holiday is there, too", (#""10-01..11-30": ["07:00-20:00"], "10-03": closed"#, #""10-03""#), []),
        Row("a single date is meant", (#""12-26": ["10:00-12:00"]"#, #""12-25..12-26""#), []),
        Row("a closed season", (#""10-01..11-30": closed"#, #""10-03""#), []),
        Row("no holiday in it", (#""10-04..11-30": ["07:00-20:00"]"#, #""10-03""#), []),
    ])
    func aSeasonThatOpensOnAHoliday(_ row: Row<(String, String), [Finding]>) {
        Self.expect(
            Self.hours(
                "weekly: { mon-fri: [\"08:00-18:00\"] }, dates: { \(row.input.0) }, holidays: de",
                holidays: "holidays: { de: { dates: [\(row.input.1)] } }\n"), row.expected)
    }

    @Test(arguments: [
        Row("lunch", (#"mon-fri: ["09:00-12:30", "13:00-17:00"]"#, #""12:30-13:00": { reject: Lunch. }"#), []),
        Row(
            "a Friday without an afternoon",
            (#"mon-thu: ["09:00-12:30", "13:00-17:00"], fri: ["09:00-12:30"]"#, #""12:30-13:00": { reject: Lunch. }"#),
            [Finding(.noEffect, #""mon,tue,wed,thu 12:30-13:00""#)]),
        Row(
            "which the text itself says",
            (
                #"mon-thu: ["09:00-12:30", "13:00-17:00"], fri: ["09:00-12:30"]"#,
                #""12:30-13:00": { reject: "Open {{line.opens|gauw}}." }"#
            ), []),
        Row(
            "while it is open", (#"mon-fri: ["09:00-17:00"]"#, #""12:30-13:00": { reject: Lunch. }"#),
            [Finding(.noEffect, "open")]),
        Row(
            "after one that has it all",
            (
                #"mon-fri: ["09:00-12:00", "13:00-17:00"]"#,
                #""12:00-13:00": { reject: Lunch. }, "12:15-12:45": { reject: Late lunch. }"#
            ), [Finding(.noEffect, "earlier")]),
        Row("night", (#"mon-fri: ["09:00-17:00"]"#, #""22:00-06:00": { reject: Night. }"#), []),
        Row(
            "evening", (#"mon-fri: ["09:00-17:00"], sat: ["09:00-12:00"]"#, #""17:00-20:00": { reject: Evening. }"#), []
        ),
    ])
    func closingTextsOfATimeOfTheDay(_ row: Row<(String, String), [Finding]>) {
        let head =
            "hours: { h: { weekly: { \(row.input.0) }, closed: { at: { \(row.input.1) }, otherwise: { reject: Dicht. } } } }\n"
        Self.expect(Input(head: head, line: #"number: "+31201234567", name: Front, hours: h"#), row.expected)
    }

    // Texts on a line.

    private static func closed(_ text: String, number: String = "+31201234567", language: String = "") -> Input {
        Input(
            head: "hours: { h: { weekly: { mon: [\"09:00-10:00\"] }, closed: { reject: \"\(text)\" } } }\n",
            line: "number: \"\(number)\", name: Front, hours: h\(language)")
    }

    @Test(arguments: [
        Row(
            "an English text on a Dutch line", closed("We are closed. We open {{line.opens}}."),
            [Finding(.mixedLanguages, "`language: en`")]),
        Row("a German one", closed("Wir sind {{line.opens}} wieder für Sie da."), [Finding(.mixedLanguages, "`de`")]),
        Row("of an English line", closed("We are closed. We open {{line.opens}}.", language: ", language: en"), []),
        Row("a Dutch text", closed("Wij zijn {{line.opens}} weer open."), []),
        Row("one word", closed("Welcome, {{time.greeting}}"), []),
        Row("an English text without a time", closed("We are closed. We open at nine."), []),
        Row(
            "a French text in London",
            closed("Nous sommes fermés. Le bureau ouvre {{line.opens}}.", number: "+442079460101"),
            [Finding(.mixedLanguages)]),
    ])
    func aTextInAnotherLanguageThanItsTimes(_ row: Row<Input, [Finding]>) {
        Self.expect(row.input, row.expected)
    }

    private static func twoLines(_ rest: String) -> String {
        """
        version: 1
        timezone: Europe/Amsterdam
        hours: { h: { weekly: { mon: ["09:00-10:00"] }, closed: { reject: Dicht. } } }
        lines:
          - { number: "+31201234567", name: One, group: a, hours: h, facts: { city: Utrecht, street: Kade } }
          - { number: "+31201234568", name: Two, group: b, facts: { city: Gouda } }
        \(rest)
        """
    }

    @Test(arguments: [
        Row(
            "a fact that one line lacks", "otherwise: { greeting: \"In {{line.street}}.\" }",
            [Finding(.missingFallback, "Two")]),
        Row("with a fallback", "otherwise: { greeting: \"In {{line.street|town}}.\" }", []),
        Row("that both have", "otherwise: { greeting: \"In {{line.city}}.\" }", []),
        Row(
            "of a rule for the other group",
            "rules: [{ name: r, when: { group: a }, answer: { greeting: \"In {{line.street}}.\" } }]", []),
        Row(
            "of a rule that asks for it",
            "rules: [{ name: r, when: { line: { street: { present: true } } }, answer: { greeting: \"In {{line.street}}.\" } }]",
            []),
        Row(
            "after a rule that takes the line",
            "rules: [{ name: r, when: { group: b }, answer: default }]\notherwise: { greeting: \"In {{line.street}}.\" }",
            []),
        Row(
            "in a phrase", "phrases: { p: \"In {{line.street}}\" }\notherwise: { greeting: \"Hi. {{phrase.p}}\" }",
            [Finding(.missingFallback)]),
        Row(
            "in a version of a phrase for the other line",
            "phrases: { p: [{ when: { group: a }, say: \"In {{line.street}}\" }, { say: Hi }] }\notherwise: { greeting: \"{{phrase.p}}\" }",
            []),
        Row(
            "in metadata, which nobody hears", "otherwise: { greeting: Hi, metadata: { street: \"{{line.street}}\" } }",
            []),
        Row(
            "when it opens, on a line without hours", "otherwise: { greeting: \"Wij sluiten {{line.closes}}.\" }",
            [Finding(.missingFallback, "no hours")]),
        Row(
            "the operators' text",
            "answers: { closed: { reject: \"Wij zijn {{line.opens}} weer open.\" } }\notherwise: default",
            [Finding(.missingFallback, "operator")]),
        Row(
            "the operators' text with a fallback",
            "answers: { closed: { reject: \"Wij zijn {{line.opens|later}} weer open.\" } }\notherwise: default", []),
    ])
    func aTextThatIsEmptyOnALine(_ row: Row<String, [Finding]>) {
        let found = RulesFile.readInTheWorld(Self.twoLines(row.input), name: "f").findings
        #expect(found.map(\.code) == row.expected.map(\.code), "\(found)")
        for (found, expected) in zip(found, row.expected) {
            #expect(found.message.contains(expected.advice), "\(found)")
        }
    }

    // Cases.

    @Test(arguments: [
        Row("an override without one", "by: override all", [Finding(.unknownDecider, "overrides")]),
        Row("a part that is empty", "answer_has: {}", [Finding(.emptyValue)]),
        Row("an answer that is a word", "answer: default", [Finding(.wrongType, "{}")]),
        Row("a name that is none", "by: hours office", [Finding(.unknownDecider, "`override all`")]),
        Row("as it should be", "by: otherwise, answer: {}, answer_has: { a: 1 }", []),
    ])
    func whatACaseExpects(_ row: Row<String, [Finding]>) {
        Self.expect(
            Input(
                rest: """
                    tests:
                      - name: t
                        call: { from: withheld, to: "+31201234567", at: "2026-07-01 10:00" }
                        expect: { \(row.input) }
                    """), row.expected)
    }
}
