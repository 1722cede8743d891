// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Overrides
import TestSupport

extension Operator {
    /// The operator at the dashboard of the tests.
    static let maria = Operator(user: "maria", terminal: "pts/1", host: "desk1")
    static let anna = Operator(user: "anna", terminal: "pts/3", host: "desk1")
    /// Somebody else with the account of `maria`.
    static let otherMaria = Operator(user: "maria", terminal: "pts/7", host: "desk1")
}

extension DeskEvent {
    /// A change of one override, as the server announces it.
    static func change(
        _ event: AuditEntry.Event, _ override: Override, by who: Operator?, at seconds: Int64, number: Int = 1
    ) -> DeskEvent {
        let at = Instant.sample.advanced(bySeconds: seconds)
        let entry = AuditEntry(number: number, at: at, who: who, event: event, override: override, old: nil)
        return DeskEvent(audited: entry)
    }

    static func note(_ text: String, by who: Operator, at seconds: Int64, number: Int = 1) -> DeskEvent {
        DeskEvent(
            audited: AuditEntry(
                number: number, at: .sample.advanced(bySeconds: seconds), who: who, content: .note(text)))
    }

    static func reload(_ cause: ReloadCause, at seconds: Int64) -> DeskEvent {
        DeskEvent(
            at: .sample.advanced(bySeconds: seconds), reload: cause,
            result: "the rules of revision 0a1b2c3d are in use; vip: 2 numbers added")
    }
}

extension [DeskEvent] {
    private static let drill = Override.closed(
        says: "De balie is even dicht.", scope: .group("amsterdam"), reason: "fire drill",
        until: .sample.advanced(bySeconds: 5400), id: 7)
    private static let greeting = Override.sample(
        .greeting("Met Billing, er is een storing."), .line("+31201234568"), id: 8)

    /// A day at the desk, and the evening before it.
    static let day: [DeskEvent] = [
        .change(.begun, .sample(.forcedOpen, .line("+31701234569"), id: 5), by: .anna, at: -64_000, number: 1),
        .change(
            .expired, .sample(.inform(says: "Tot morgen."), .line("+31201234567"), id: 6, reason: "no staff"), by: nil,
            at: -50_000, number: 2),
        .reload(.fileChanged, at: -3600), .reload(.signal, at: -3000), .reload(.operatorRequest(.anna), at: -2400),
        .change(.begun, drill, by: .maria, at: 60, number: 3),
        .change(.begun, greeting, by: .anna, at: 120, number: 4),
        .change(.takenBack, greeting, by: .anna, at: 180, number: 5),
        .note(
            "Carrier confirmed the outage in the north; they expect to be back at 16:00. Call +31 20 555 0100, ask for Tom.",
            by: .anna, at: 240, number: 6),
        .change(.undone, drill, by: .otherMaria, at: 300, number: 7),
    ]

    /// Names and texts that try to move the cursor, turn the text around or break the columns.
    static let hostile: [DeskEvent] = [
        .note(
            "\u{1B}[2J\u{1B}]52;c;aGk=\u{07} \u{202E}drawkcab\u{2066} line\nbreak\ttab",
            by: Operator(user: "\u{1B}[31meve\u{07}", terminal: "\u{9B}2J", host: "\u{202E}tsoh"), at: 10),
        .note(
            String(repeating: "W", count: 300), by: Operator(user: String(repeating: "long-name-", count: 9)), at: 20),
        .change(
            .begun,
            .closed(
                says: "お電話ありがとうございます。本日の営業は終了いたしました。\u{1B}[0m", scope: .group("\u{202E}dam\u{07}"),
                reason: "👩‍👩‍👧‍👦 \u{9B}31m Cafe\u{301}", id: 9),
            by: Operator(user: "東京本社", terminal: nil, host: nil), at: 30),
    ]
}

extension LogSnapshot {
    /// The varied calls, and what was done at the desk before and, as news, since the first look.
    static func desk(before: [DeskEvent] = [], news: [DeskEvent] = []) -> LogSnapshot {
        let log = EventLog.sample(.varied)
        log.restore(before)
        for event in news { log.record(event) }
        return log.snapshot()
    }
}
