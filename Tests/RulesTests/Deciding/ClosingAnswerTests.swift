// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import TestSupport
import Testing

/// What callers hear outside the hours: another text at lunch than at night, and in the language of the line.
@Suite struct ClosingAnswerTests {
    struct Input: Sendable {
        var language: String?
        let at: String
    }

    private static let texts = ["Closed.", "Zu.", "Lunch.", "Mittag.", "Night."]

    private static func policy(_ language: String?) -> CallPolicy {
        let closing = ClosingAnswers(
            otherwise: .init(0, languages: ["de": 1]),
            windows: [
                .init(
                    days: [.monday, .tuesday, .wednesday, .thursday, .friday], .sample("12:30-13:00"),
                    .init(2, languages: ["de": 3])),
                .init(.sample("22:00-06:00"), .init(4)),
            ])
        let plain = HoursTable.sample(
            Dictionary(
                uniqueKeysWithValues: Weekday.allCases.filter { $0 != .sunday }.map {
                    ($0, $0 == .saturday ? ["09:00-12:30"] : ["09:00-12:30", "13:00-17:30"])
                }), dates: ["2026-12-25": []])
        let table = HoursTable(name: "office", zone: nil, weekly: plain.weekly, dates: plain.dates, closing: closing)
        let line = PhoneLine(
            number: "+31850835037", name: "Desk", group: nil, hours: 0, zone: .utc, assistantID: nil, language: language
        )
        return CallPolicy(
            rules: RuleSet(
                revision: "r", zone: .utc, lines: [line], unknownLine: nil, hours: [table],
                answers: texts.map { .init(name: nil, answer: .rejection($0)) } + [.init(name: nil, answer: .standard)],
                rules: [], otherwise: 5, tagsAnswers: false))
    }

    // 2026-12-23 is a Wednesday.
    @Test(arguments: [
        Row("after the hours", Input(at: "2026-12-23T18:00:00Z"), "Closed."),
        Row("at lunch", Input(at: "2026-12-23T12:30:00Z"), "Lunch."),
        Row("the last second of lunch", Input(at: "2026-12-23T12:59:59Z"), "Lunch."),
        Row("at night", Input(at: "2026-12-23T23:00:00Z"), "Night."),
        Row("after midnight", Input(at: "2026-12-24T05:59:00Z"), "Night."),
        Row("in the morning", Input(at: "2026-12-24T06:00:00Z"), "Closed."),
        Row("nobody is at lunch on a holiday", Input(at: "2026-12-25T12:45:00Z"), "Closed."),
        Row("the night before a holiday is a night", Input(at: "2026-12-25T01:00:00Z"), "Night."),
        Row("nor on a day that the text does not name", Input(at: "2026-12-26T12:45:00Z"), "Closed."),
        Row("nor on a Sunday", Input(at: "2026-12-27T12:45:00Z"), "Closed."),
        Row("in German", Input(language: "de", at: "2026-12-23T18:00:00Z"), "Zu."),
        Row("lunch in German", Input(language: "de", at: "2026-12-23T12:45:00Z"), "Mittag."),
        Row("a text without German", Input(language: "de", at: "2026-12-23T23:00:00Z"), "Night."),
        Row("a language without a text", Input(language: "fr", at: "2026-12-23T18:00:00Z"), "Closed."),
    ])
    func theTextFollowsTheClockAndTheLanguage(_ row: Row<Input, String>) throws {
        let policy = Self.policy(row.input.language)
        let now = Instant.at(row.input.at)
        let (decision, reply) = try policy.answer(.sample(), id: "d", at: now)
        #expect(decision.by == .hours("office"))
        #expect(String(decoding: reply, as: UTF8.self).contains(row.expected))
        #expect(policy.lineStatuses(at: now).first?.says == .text(row.expected))
        let step = policy.steps(for: .sample(), at: now).last
        #expect(step?.what == "hours office")
    }

    @Test func aStatusIsWorkedOutAgainWhenTheTextChanges() throws {
        let status = try #require(Self.policy(nil).lineStatuses(at: .at("2026-12-23T12:10:00Z")).first)
        #expect(status.isOpen && status.wordsUntil == nil)
        let night = try #require(Self.policy(nil).lineStatuses(at: .at("2026-12-23T21:00:00Z")).first)
        #expect(night.until == .at("2026-12-23T22:00:00Z"))
    }

    @Test func theDialogOffersEveryText() {
        #expect(CompiledRules(Self.policy(nil).compiled.rules).closingTexts == Self.texts)
    }
}
