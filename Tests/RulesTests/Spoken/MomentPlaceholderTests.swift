// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import TestSupport
import Testing

@Suite struct MomentPlaceholderTests {
    /// A call on a line that speaks a language, in Amsterdam.
    struct Input: Sendable {
        var language: String? = "nl"
        /// The country as which the line speaks.
        var region: String?
        var hours: HoursTable? = office
        var overrides: [Override] = []
        var at: String
        var text: String
    }

    /// Closed at lunch, at night, on Sunday and on New Year.
    private static let office = HoursTable.sample(
        Dictionary(
            uniqueKeysWithValues: Weekday.allCases.filter { $0 != .sunday }.map {
                ($0, ["08:30-12:30", "13:00-17:30"])
            }), dates: ["2026-07-04": [], "2026-07-06": []], closedAnswer: 0)

    /// What the caller hears; the words are the first message of an answer or of a rejection.
    private static func heard(_ input: Input) throws -> String {
        let line = PhoneLine(
            number: "+31850835037", name: "Desk", group: nil, hours: input.hours == nil ? nil : 0,
            zone: .named("Europe/Amsterdam"), assistantID: nil, language: input.language, region: input.region)
        let rules = RuleSet(
            revision: "r", zone: .utc, lines: [line], unknownLine: nil, hours: input.hours.map { [$0] } ?? [],
            answers: [
                .init(name: nil, answer: .rejection(input.text)), .init(name: nil, answer: .greeting(input.text)),
            ],
            rules: [
                Rule(name: "all", condition: .always, bypassesClosures: true, outcome: .answer(1))
            ], otherwise: 0, tagsAnswers: false)
        let policy = CallPolicy(rules: rules, overrides: ActiveOverrides(input.overrides))
        let call = AssistantRequest.sample(to: "+31850835037")
        let (decision, reply) = try policy.answer(call, id: "d-1", at: .at(input.at))
        let words = decision.reasoning.words(
            of: DecidedCall(request: call, at: .at(input.at), decision: decision, reply: reply))
        let heard = String(words.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" })
        #expect(String(decoding: reply, as: UTF8.self).contains("\"\(heard)\""), "the words are those that went out")
        return heard
    }

    // 2026-07-01 is a Wednesday; the clocks of Amsterdam are two hours ahead.
    @Test(arguments: [
        Row("nl: before opening", Input(at: "2026-07-01T05:00:00Z", text: "{{line.opens}}"), "vandaag om 8.30 uur"),
        Row("nl: at lunch", Input(at: "2026-07-01T10:45:00Z", text: "{{line.opens}}"), "vandaag om 13 uur"),
        Row("nl: at night", Input(at: "2026-07-01T18:00:00Z", text: "{{line.opens}}"), "morgen om 8.30 uur"),
        Row(
            "nl: three closed days ahead", Input(at: "2026-07-03T18:00:00Z", text: "{{line.opens}}"),
            "dinsdag om 8.30 uur"),
        Row("nl: its day", Input(at: "2026-07-03T18:00:00Z", text: "{{line.opens.day}}"), "dinsdag"),
        Row("nl: its time", Input(at: "2026-07-03T18:00:00Z", text: "{{line.opens.time}}"), "8.30 uur"),
        Row(
            "en", Input(language: "en", at: "2026-07-03T18:00:00Z", text: "{{line.opens}}"), "on Tuesday at 8:30 am"),
        Row("de", Input(language: "de", at: "2026-07-03T18:00:00Z", text: "{{line.opens}}"), "am Dienstag um 8:30 Uhr"),
        Row("fr", Input(language: "fr", at: "2026-07-03T18:00:00Z", text: "{{line.opens}}"), "mardi à 8 heures 30"),
        Row(
            "es", Input(language: "es", at: "2026-07-03T18:00:00Z", text: "{{line.opens}}"),
            "el martes a las 8:30 de la mañana"),
        Row(
            "nl: beyond a week",
            Input(
                hours: .sample(dates: ["2027-01-04": ["13:00-14:00"]], closedAnswer: 0), at: "2026-07-01T10:00:00Z",
                text: "{{line.opens}}"), "maandag 4 januari om 13 uur"),
        Row(
            "en: beyond a week",
            Input(
                language: "en", hours: .sample(dates: ["2027-01-04": ["12:00-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens}}"), "on Monday 4 January at noon"),
        Row(
            "en of the United States: beyond a week",
            Input(
                language: "en", region: "US", hours: .sample(dates: ["2027-01-04": ["12:00-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens}}"), "on Monday, January 4, at noon"),
        Row(
            "en of Ireland: beyond a week, its day",
            Input(
                language: "en", region: "IE", hours: .sample(dates: ["2027-01-04": ["12:00-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens.day}}"), "on Monday 4 January"),
        Row(
            "nl of the United States speaks Dutch",
            Input(region: "US", at: "2026-07-01T18:00:00Z", text: "{{time.date}}"), "1 juli"),
        Row(
            "de: beyond a week",
            Input(
                language: "de", hours: .sample(dates: ["2027-01-04": ["13:00-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens}}"), "am Montag, dem 4. Januar, um 13 Uhr"),
        Row(
            "fr: the first of a month, at noon",
            Input(
                language: "fr", hours: .sample(dates: ["2027-01-01": ["12:00-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens}}"), "vendredi 1er janvier à midi"),
        Row(
            "es: one o'clock takes the singular",
            Input(
                language: "es", hours: .sample(dates: ["2027-01-04": ["13:30-14:00"]], closedAnswer: 0),
                at: "2026-07-01T10:00:00Z", text: "{{line.opens}}"), "el lunes 4 de enero a la 1:30 de la tarde"),
        Row(
            "en: today in the afternoon",
            Input(language: "en", at: "2026-07-01T10:45:00Z", text: "{{line.opens}}"), "today at 1 pm"),
        Row(
            "en: tomorrow", Input(language: "en", at: "2026-07-01T18:00:00Z", text: "{{line.opens}}"),
            "tomorrow at 8:30 am"),
        Row(
            "open: the time after it closes", Input(at: "2026-07-01T08:00:00Z", text: "{{line.opens}}"),
            "vandaag om 13 uur"),
        Row("open: when it closes", Input(at: "2026-07-01T08:00:00Z", text: "{{line.closes}}"), "vandaag om 12.30 uur"),
        Row(
            "closed: when its next opening ends", Input(at: "2026-07-01T18:00:00Z", text: "{{line.closes}}"),
            "morgen om 12.30 uur"),
        Row(
            "closing at 24:00 is the end of that day",
            Input(hours: .daily(closed: 0, "09:00-24:00"), at: "2026-07-01T10:00:00Z", text: "{{line.closes}}"),
            "vandaag om middernacht"),
        Row(
            "en: closing at 24:00",
            Input(
                language: "en", hours: .daily(closed: 0, "09:00-24:00"), at: "2026-07-01T10:00:00Z",
                text: "{{line.closes}}, {{line.closes.time}}"), "today at midnight, midnight"),
        Row(
            "opening at 00:00 is the beginning of that day",
            Input(
                hours: .sample([.friday: ["00:00-06:00"]], closedAnswer: 0), at: "2026-07-01T10:00:00Z",
                text: "{{line.opens}}"), "vrijdag om 0 uur"),
        Row("open", Input(at: "2026-07-01T08:00:00Z", text: "{{line.open}}"), "true"),
        Row("closed", Input(at: "2026-07-01T18:00:00Z", text: "{{line.open}}"), "false"),
        Row(
            "a line without hours never opens, as it is always open",
            Input(hours: nil, at: "2026-07-01T18:00:00Z", text: "{{line.opens|soon}} {{line.open}}"), "soon true"),
        Row(
            "hours that never open have no time",
            Input(hours: .sample(closedAnswer: 0), at: "2026-07-01T18:00:00Z", text: "{{line.opens|later}}"), "later"),
        Row(
            "a language without words has no value",
            Input(language: "fi", at: "2026-07-01T18:00:00Z", text: "{{line.opens|later}}"), "later"),
        Row(
            "neither has a line without a language",
            Input(language: nil, at: "2026-07-01T18:00:00Z", text: "{{time.weekday|today}}"), "today"),
        Row(
            "a closure that ends before the hours open",
            Input(
                overrides: [.sample(.closed(says: "No."), until: .at("2026-07-01T20:00:00Z"))],
                at: "2026-07-01T18:00:00Z", text: "{{line.opens}}"), "morgen om 8.30 uur"),
        Row(
            "a closure that ends within the hours",
            Input(
                overrides: [.sample(.closed(says: "No."), until: .at("2026-07-02T09:00:00Z"))],
                at: "2026-07-01T18:00:00Z", text: "{{line.opens}} {{line.open}}"), "morgen om 11 uur false"),
        Row(
            "a closure that ends while another lasts",
            Input(
                overrides: [
                    .sample(.closed(says: "No."), id: 1, until: .at("2026-07-02T09:00:00Z")),
                    .sample(.inform(says: "No."), .line("+31850835037"), id: 2, until: .at("2026-07-02T12:00:00Z")),
                ], at: "2026-07-01T18:00:00Z", text: "{{line.opens}}"), "morgen om 14 uur"),
        Row(
            "a closure until reopened has no end",
            Input(
                overrides: [.sample(.closed(says: "No."))], at: "2026-07-01T18:00:00Z",
                text: "{{line.opens|later}} {{line.closes|later}}"), "later later"),
        Row(
            "a forced opening at night",
            Input(
                overrides: [.sample(.forcedOpen, until: .at("2026-07-01T20:00:00Z"))], at: "2026-07-01T18:00:00Z",
                text: "{{line.closes}}, {{line.opens}}, {{line.open}}"), "vandaag om 22 uur, morgen om 8.30 uur, true"),
        Row("the date", Input(at: "2026-07-01T18:00:00Z", text: "{{time.date}}"), "1 juli"),
        Row("en: the date", Input(language: "en", at: "2026-07-01T18:00:00Z", text: "{{time.date}}"), "1 July"),
        Row(
            "en of Canada: the date",
            Input(language: "en", region: "CA", at: "2026-07-01T18:00:00Z", text: "{{time.date}}"), "July 1"),
        Row("de: the date", Input(language: "de", at: "2026-03-02T18:00:00Z", text: "{{time.date}}"), "2. März"),
        Row("fr: the date", Input(language: "fr", at: "2026-08-01T18:00:00Z", text: "{{time.date}}"), "1er août"),
        Row("es: the date", Input(language: "es", at: "2026-07-01T18:00:00Z", text: "{{time.date}}"), "1 de julio"),
        Row(
            "the day on the line's clock", Input(at: "2026-07-01T22:30:00Z", text: "{{time.weekday}} {{time.clock}}"),
            "donderdag 0.30 uur"),
        Row(
            "en: clock", Input(language: "en", at: "2026-07-01T22:05:00Z", text: "{{time.weekday}} {{time.clock}}"),
            "Thursday 12:05 am"),
        Row(
            "de: clock", Input(language: "de", at: "2026-07-01T12:05:00Z", text: "{{time.weekday}} {{time.clock}}"),
            "Mittwoch 14:05 Uhr"),
        Row(
            "fr: clock", Input(language: "fr", at: "2026-07-01T23:05:00Z", text: "{{time.weekday}} {{time.clock}}"),
            "jeudi 1 heure 05"),
        Row(
            "es: clock", Input(language: "es", at: "2026-07-01T10:00:00Z", text: "{{time.weekday}} {{time.clock}}"),
            "miércoles las 12 del mediodía"),
        Row(
            "nl: part", Input(at: "2026-07-01T03:00:00Z", text: "{{time.part}}, {{time.greeting}}"),
            "ochtend, Goedemorgen"),
        Row(
            "en: part", Input(language: "en", at: "2026-07-01T10:00:00Z", text: "{{time.part}}, {{time.greeting}}"),
            "afternoon, Good afternoon"),
        Row(
            "de: part", Input(language: "de", at: "2026-07-01T16:00:00Z", text: "{{time.part}}, {{time.greeting}}"),
            "Abend, Guten Abend"),
        Row(
            "fr: part", Input(language: "fr", at: "2026-07-01T10:00:00Z", text: "{{time.part}}, {{time.greeting}}"),
            "après-midi, Bonjour"),
        Row(
            "es: part", Input(language: "es", at: "2026-07-01T02:59:00Z", text: "{{time.part}}, {{time.greeting}}"),
            "noche, Buenas noches"),
    ])
    func isSaidInTheLanguageOfTheLine(_ row: Row<Input, String>) throws {
        #expect(try Self.heard(row.input) == row.expected)
    }

    @Test func everyMomentHasANameInTheRulesFile() {
        #expect(MomentPlaceholder.allCases.allSatisfy { Placeholder(name: $0.rawValue) == .moment($0) })
    }
}

extension HoursTable {
    fileprivate static func daily(closed: Int, _ windows: String...) -> HoursTable {
        sample(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, windows) }), closedAnswer: closed)
    }
}
