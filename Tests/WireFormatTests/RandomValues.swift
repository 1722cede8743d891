// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import EventLog
import Latencies
import TestSupport

/// Values as nobody would write them, to see what a document does not bear.
struct RandomValues {
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func chance(_ share: Int = 2) -> Bool { number(1...share) == 1 }

    mutating func one<Item>(of items: [Item]) -> Item { items[number(0...items.count - 1)] }

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
        one(of: [.all, .group(name()), .group(one(of: ["\u{301}", "/", " "])), .line(phoneNumber())])
    }

    mutating func decider() -> Decider {
        one(of: [
            .rule(text()), .arm(text(), ofRule: text()), .override(scope()), .hours(text()), .unknownLine, .otherwise,
            .deadline,
        ])
    }

    mutating func bytes() -> [UInt8] {
        chance() ? Array(text().utf8) : list(9) { UInt8($0.number(0...255)) }
    }

    mutating func who() -> Operator {
        Operator(user: text(), terminal: optional { $0.text() }, host: optional { $0.text() })
    }

    mutating func kind() -> Override.Kind {
        one(of: [.closed(says: text()), .inform(says: text()), .forcedOpen, .greeting(text())])
    }

    mutating func override() -> Override {
        Override(
            id: number(0...99_999), kind: kind(), scope: scope(), reason: text(), who: who(),
            since: instant().inWholeMilliseconds, until: optional { $0.instant().inWholeMilliseconds })
    }
}

extension RandomValues {
    mutating func lineStatus() -> LineStatus {
        LineStatus(
            number: phoneNumber(), name: text(), group: optional { $0.text() },
            state: one(of: LineStatus.State.allCases), by: decider(),
            says: one(of: [.text(text()), .assistant, .otherServer(text())]), until: optional { $0.instant() },
            untilOffset: number(-86_400...86_400),
            next: optional { .init(state: $0.one(of: LineStatus.State.allCases), by: $0.decider()) },
            nextChange: optional { $0.instant() })
    }

    mutating func status() -> ServerStatus {
        ServerStatus(
            overrides: list { $0.override() }, lines: list { $0.lineStatus() },
            server: .init(
                address: one(of: ["127.0.0.1:8787", "[::1]:0", text()]), webhookURL: text(), isSigned: chance(),
                answerWithinMilliseconds: number(0...60_000)),
            closingTexts: list { $0.text() }, greetingTexts: list { $0.text() },
            undo: optional { .init(words: $0.text(), scopes: $0.list { $0.scope() }) }, warnings: list { $0.text() },
            timeZone: text())
    }

    mutating func order() -> OverrideCommand {
        let until: Until = one(of: [
            .time(instant()), .lasting(seconds: Int64(number(1...Int.max))), .nextChange, .reopened,
        ])
        let scopes = list { $0.scope() }
        return one(of: [
            .begin(kind(), scopes: scopes, reason: text(), until: until), .open(scopes), .followHours(scopes),
            .clearGreeting(scopes), .end(id: number(0...999)), .undo,
        ])
    }

    mutating func refusal() -> Refusal {
        one(of: [
            .missingSignature, .badSignature, .stale(age: Int64(number(Int.min...Int.max))), .notHTTP,
            .notJSON(problem: text()), .noMessageType, .wrongPath, .wrongMethod,
            .tooLarge(limit: number(0...Int.max)), .tooSlow, .stopping,
        ])
    }

    mutating func refusedRequest() -> RefusedRequest {
        RefusedRequest(at: instant(), refusal: refusal(), peer: text())
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
        ) { _ in number(0...1 << 53) }
    }
}
