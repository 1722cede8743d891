// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import Latencies
import Overrides
import TestSupport
import WireFormat

/// Values as nobody would write them, to see what a document cannot bear.
///
/// Where a type has cases, a list of tags decides which one is made: a new case does not compile until it has a
/// tag, and each tag is made (RandomValuesTests).
struct RandomValues {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func chance(_ share: Int = 2) -> Bool { number(1...share) == 1 }

    mutating func one<Item>(of items: [Item]) -> Item { items[number(0...items.count - 1)] }

    mutating func tag<Tag: CaseIterable>(_: Tag.Type = Tag.self) -> Tag { one(of: Array(Tag.allCases)) }

    mutating func optional<Value>(_ value: (inout RandomValues) -> Value) -> Value? { chance() ? value(&self) : nil }

    mutating func list<Value>(_ most: Int = 4, _ value: (inout RandomValues) -> Value) -> [Value] {
        (0..<number(0...most)).map { _ in value(&self) }
    }

    private static let pieces = [
        "a", "B", " ", "/", "rule ", "group ", "line +31", "all", "\"", "\\", "\u{0}", "\u{1B}[2J", "\n", "\u{301}",
        "\u{600}", "\u{200D}", "\u{202E}", "\u{2028}", "\u{FEFF}", "東京", "👩‍👩‍👧", "{{x}}", "},{", "\u{FFFD}", "\u{10FFFF}",
        "e\u{301}", "\r\n", "null", "0", "\u{7F}", "\u{85}",
    ]

    mutating func text() -> String { list(5) { $0.one(of: Self.pieces) }.joined() }

    mutating func name() -> String { "n" + text() }

    mutating func bytes() -> [UInt8] {
        chance() ? Array(text().utf8) : list(9) { UInt8($0.number(0...255)) }
    }

    /// To the microsecond, and before 1970 too.
    mutating func instant() -> Instant {
        chance(3)
            ? Instant(seconds: Int64(number(-9_000_000_000...90_000_000_000)))
            : Instant(microseconds: Int64(number(-9_000_000_000_000_000...90_000_000_000_000_000)))
    }

    mutating func phoneNumber() -> PhoneNumber {
        PhoneNumber("+\(number(1...9))\(number(10...99_999_999_999_999))") ?? "+31201234567"
    }

    mutating func party() -> Party {
        Party(one(of: [nil, "", "anonymous", "Private", phoneNumber().description, text(), "0201234567"]))
    }

    mutating func scope() -> Scope {
        switch tag(Scope.Tag.self) {
        case .all: .all
        case .group: .group(one(of: [name(), "\u{301}", "/", " "]))
        case .line: .line(phoneNumber())
        }
    }

    mutating func decider() -> Decider {
        switch tag(Decider.Tag.self) {
        case .rule: .rule(text())
        case .arm: .arm(text(), ofRule: text())
        case .override: .override(scope())
        case .block: .block
        case .hours: .hours(text())
        case .unknownLine: .unknownLine
        case .noNumber: .noNumber
        case .otherwise: .otherwise
        case .deadline: .deadline
        }
    }
}

extension RandomValues {
    mutating func who() -> Operator {
        Operator(
            user: text(), terminal: optional { $0.text() }, host: optional { $0.text() },
            account: optional { .init(uid: UInt32($0.number(0...Int(UInt32.max))), name: $0.optional { $0.text() }) })
    }

    mutating func kind() -> Override.Kind {
        switch tag(Override.Kind.Tag.self) {
        case .closed: .closed(says: text())
        case .inform: .inform(says: text())
        case .forcedOpen: .forcedOpen
        case .greeting: .greeting(text())
        }
    }

    mutating func override() -> Override {
        Override(
            id: number(0...99_999), kind: kind(), scope: scope(), reason: text(), who: who(),
            since: instant().inWholeMilliseconds, until: optional { $0.instant().inWholeMilliseconds })
    }

    mutating func callerOverride() -> CallerOverride {
        CallerOverride(
            id: number(1...99_999), kind: chance() ? .blocked(says: text()) : .allowed, caller: phoneNumber(),
            reason: text(), who: who(), since: instant().inWholeMilliseconds,
            until: optional { $0.instant().inWholeMilliseconds })
    }

    mutating func callerChanges() -> CallerChanges {
        CallerChanges(begun: list { $0.callerOverride() }, ended: list { $0.callerOverride() })
    }

    mutating func auditEntry() -> AuditEntry {
        let event: AuditEntry.Event = tag()
        let changed = override()
        let content: AuditEntry.Content =
            chance(4)
            ? chance() ? .note(text()) : .remark(remark(), on: CallID(text()))
            : chance(4)
                ? chance(4)
                    ? .forgottenCaller(event, callerOverride().kind, name: ForgottenNumber.prefix + text())
                    : .caller(event, callerOverride(), old: optional { $0.text() })
                : .change(event, changed, old: event.begins ? optional { $0.text() } : nil)
        return AuditEntry(
            number: number(1...99), at: instant().inWholeMilliseconds, who: optional { $0.who() }, content: content)
    }

    private mutating func remark() -> RemarkChange {
        one(of: [.mark, .unmark, .note(text()), .rewriteNote(text()), .rewriteNote(nil), .removeNotes])
    }

    mutating func lineStatus() -> LineStatus {
        LineStatus(
            number: phoneNumber(), name: text(), group: optional { $0.text() }, state: tag(), by: decider(),
            says: firstMessage(), until: optional { $0.instant() }, untilOffset: number(-86_400...86_400),
            next: optional { .init(state: $0.tag(), by: $0.decider()) }, nextChange: optional { $0.instant() },
            changes: optional { $0.list { $0.lineChange() } },
            withoutOverrides: optional {
                .init(
                    state: $0.tag(), by: $0.decider(), turn: $0.optional { $0.lineChange() },
                    forcedOpen: .init(state: $0.tag(), by: $0.decider()))
            })
    }

    mutating func lineChange() -> LineStatus.Change {
        LineStatus.Change(at: instant(), offset: number(-86_400...86_400), state: tag(), by: decider())
    }

    mutating func bypassRule() -> BypassRule {
        BypassRule(rule: text(), callers: text(), lines: optional { $0.list { $0.phoneNumber() } })
    }

    mutating func effect() -> OverrideEffect {
        OverrideEffect(
            act: one(of: OverrideCommand.Act.allCases), before: list { $0.lineStatus() },
            after: list { $0.lineStatus() }, overrides: list { $0.override() }, callerCount: number(0...9),
            bypasses: list { $0.bypassRule() }, isDryRun: chance())
    }

    mutating func firstMessage() -> FirstMessage {
        switch tag(FirstMessage.Tag.self) {
        case .text: .text(text())
        case .assistant: .assistant
        case .otherServer: .otherServer(text())
        }
    }

    mutating func status() -> ServerStatus {
        ServerStatus(
            overrides: list { $0.override() }, lines: list { $0.lineStatus() },
            server: .init(
                address: one(of: ["127.0.0.1:8787", "[::1]:0", text()]), webhookURL: text(), isSigned: chance(),
                answerWithinMilliseconds: number(0...60_000),
                process: optional { values in
                    ServerProcess(
                        id: values.number(1...4_000_000), rulesFile: values.optional { $0.text() },
                        stateFolder: values.optional { $0.text() }, logFile: values.optional { $0.text() })
                }),
            closingTexts: list { $0.text() }, greetingTexts: list { $0.text() },
            undo: optional { values in
                ServerStatus.Undo(
                    words: values.text(), scopes: values.list { $0.scope() },
                    effect: values.optional { values in
                        .init(
                            ended: values.list { $0.override() }, restored: values.list { $0.override() },
                            callers: values.callerChanges())
                    })
            }, warnings: list { $0.text() },
            timeZone: text(), rules: rulesFileStatus(), bypasses: list { $0.bypassRule() },
            bypassRejections: list { $0.bypassRule() }, probe: optional { $0.probeStatus() },
            journal: optional { $0.journalStatus() }, day: optional { $0.dayCounts() },
            lookingBack: optional { .init(since: $0.instant(), isReading: $0.chance(), isCutShort: $0.chance()) },
            masksNumbers: chance(),
            signedAge: optional { $0.number(-300...300) },
            callers: CallersStatus(
                blocked: number(0...9), allowed: number(0...9), nextEnd: optional { $0.instant() },
                newest: list { $0.callerOverride() }),
            shared: optional { $0.sharedDesk() })
    }

    mutating func reloadReport() -> ReloadReport {
        ReloadReport(
            words: text(), details: list { $0.text() }, isTaken: chance(), isAlert: chance(),
            changes: list { values in
                RulesChange(
                    values.one(of: RulesChange.Kind.allCases), values.text(), values.text(), isAlert: values.chance())
            })
    }

    private mutating func dayCounts() -> DayCounts {
        var outcomes = OutcomeCounts()
        for outcome in CallOutcome.all { outcomes[outcome] = number(-1000...1000) }
        outcomes.late = number(-1000...1000)
        outcomes.notApplied = number(-1000...1000)
        let lines = Dictionary(
            list { ($0.phoneNumber(), outcomes) }, uniquingKeysWith: { first, _ in first })
        return DayCounts(
            since: instant(), isWhole: chance(), outcomes: outcomes, lines: lines, yesterday: chance() ? outcomes : nil,
            yesterdayByLine: chance() ? lines : [:], answers: optional { $0.answerCounts() },
            yesterdaysAnswers: optional { $0.answerCounts() })
    }

    private mutating func answerCounts() -> AnswerCounts {
        AnswerCounts(
            kinds: Dictionary(uniqueKeysWithValues: AnswerKind.allCases.map { ($0, number(-1000...1000)) }),
            deciders: Dictionary(
                list { ($0.text(), $0.number(-1000...1000)) }, uniquingKeysWith: { first, _ in first }))
    }

    private mutating func journalStatus() -> JournalStatus {
        let states: [JournalStatus.State] = [
            .writing, .retrying(error: text(), since: instant()), .unusable(error: text(), since: instant()),
        ]
        return JournalStatus(
            file: text(), state: one(of: states), lagMilliseconds: number(0...60_000),
            queuedBytes: number(0...1_000_000), dropped: number(0...1000), written: number(0...1_000_000),
            fileBytes: number(0...1_000_000), lackedUntil: optional { $0.instant() })
    }

    private mutating func probeStatus() -> ProbeStatus {
        ProbeStatus(
            url: text(), everySeconds: number(10...86_400),
            newest: optional { values in
                .init(
                    at: values.instant(),
                    outcome: values.chance()
                        ? .answered(milliseconds: values.number(0...5000))
                        : .failed(code: values.text(), words: values.text()))
            }, failingSince: optional { $0.instant() })
    }

    private mutating func rulesFileStatus() -> RulesFileStatus {
        guard chance() else { return .good }
        let problem = RulesFileStatus.Problem(
            errors: number(1...900), since: instant(), file: text(), line: optional { $0.number(1...9999) },
            column: optional { $0.number(1...9999) }, message: text())
        let uses: [RulesFileStatus.InUse] = [
            .file, .previous, .lastGood(instant()), .withoutContacts, .withoutHolidays,
        ]
        let restarts: [RulesFileStatus.Restart?] = [
            nil, .same, .lastGood(instant()), .file, .fileWithoutContacts, .fileWithoutHolidays, .fails(text()),
        ]
        return RulesFileStatus(problem: problem, inUse: one(of: uses), restart: one(of: restarts))
    }

    mutating func command() -> OverrideCommand {
        switch tag(OverrideCommand.Tag.self) {
        case .begin: .begin(kind(), scopes: list { $0.scope() }, reason: text(), until: until())
        case .open: .open(list { $0.scope() })
        case .followHours: .followHours(list { $0.scope() })
        case .clearGreeting: .clearGreeting(list { $0.scope() })
        case .beginOnCallers:
            .beginOnCallers(
                chance() ? .blocked(says: text()) : .allowed, callers: list { $0.phoneNumber() }, reason: text(),
                until: until())
        case .clearCallers: .clearCallers(list { $0.phoneNumber() })
        case .end: .end(id: number(0...999))
        case .undo: .undo
        case .note: .note(text())
        case .remark: .remark(remark(), on: CallID(text()))
        }
    }

    private mutating func until() -> Until {
        switch tag(Until.Tag.self) {
        case .time: .time(instant())
        case .lasting: .lasting(seconds: Int64(number(1...Int.max)))
        case .nextChange: .nextChange
        case .reopened: .reopened
        }
    }

    mutating func totals() -> Totals {
        var latency = LatencyHistogram()
        for _ in 0..<number(0...40) {
            latency.record(microseconds: UInt64(number(0...one(of: [9, 4000, 99_000_000]))))
        }
        var kinds: [AnswerKind: Int] = [:]
        for kind in AnswerKind.allCases where chance() { kinds[kind] = number(1...99_999) }
        var refused: [String: Int] = [:]
        for _ in 0..<number(0...5) { refused[refusal().code] = number(1...99_999) }
        var deciders: [Decider: Int] = [:]
        for _ in 0..<number(0...5) { deciders[decider()] = number(1...99_999) }
        return Totals(
            refused: refused, kinds: kinds, deciders: deciders, latency: latency,
            lastAnswerAt: optional { $0.instant() },
            perMinute: MinuteCounts(newest: instant(), oldestFirst: (0..<32).map { _ in number(0...999) })
        ) { _ in number(0...1 << 52) }
    }
}
