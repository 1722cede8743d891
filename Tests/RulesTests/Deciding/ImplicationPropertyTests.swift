// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// Where a rule is said to be never reached, it must never answer, whatever the call.
@Suite struct ImplicationPropertyTests {
    private static let callers: [PhoneNumber] = ["+31612345678", "+31612345679", "+4930901820", "+49309"]
    private static let lines = [
        PhoneLine.sample(number: "+31201234567", group: "amsterdam"),
        PhoneLine.sample(number: "+31201234568", group: "amsterdam"),
        PhoneLine.sample(number: "+31850835037", group: "demo"),
    ]
    private static let hours = [
        HoursTable.daily("09:00-12:00"), .sample([.wednesday: ["10:00-11:00"]]),
        .sample([.wednesday: ["22:00-02:00"]], dates: ["2026-07-02": []]),
    ]

    @Test(arguments: UInt64(1)...6) func aRuleThatIsNeverReachedNeverAnswers(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var implication = Implication(lines: Self.lines, hours: Self.hours)
        var claims = 0
        for _ in 0..<2500 {
            let (later, earlier) = (Self.condition(&generator, depth: 2), Self.condition(&generator, depth: 2))
            let isShadowed = implication.implies(later, earlier)
            guard isShadowed || implication.neverHolds(later) else { continue }
            claims += 1
            let rules: [RuleSet.SampleRule] = (isShadowed ? [.init("earlier", earlier)] : []) + [.init("later", later)]
            let policy = CallPolicy(
                rules: .sample(lines: Self.lines, hours: Self.hours, rules: rules.map { ($0, .standard) }))
            for _ in 0..<40 {
                let (call, facts, now) = Self.context(&generator)
                let by = try policy.answer(call, facts: facts, id: "d-1", at: now).0.by
                #expect(by != .rule("later"), "\(call.caller) to \(call.called) at \(now): \(later) / \(earlier)")
            }
        }
        #expect(claims > 50, "there is something to check")
    }

    private static func condition(_ generator: inout SeededGenerator, depth: Int) -> Condition {
        func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &generator) ?? values[0] }
        func deeper() -> Condition { condition(&generator, depth: depth - 1) }
        let branch = Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator)
        switch branch {
        case 6: return any([.all([deeper(), deeper()]), .any([deeper(), deeper()])])
        case 7: return .not(deeper())
        default: return test(any(Condition.Test.Kind.allCases), &generator)
        }
    }

    /// Makes a test of a kind; the switch covers every kind there is.
    private static func test(_ kind: Condition.Test.Kind, _ generator: inout SeededGenerator) -> Condition {
        func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &generator) ?? values[0] }
        func number() -> PhoneNumber { any(callers) }
        func time() -> CountedTime {
            any([.seconds(60), .seconds(120), .seconds(31 * 86_400), .calendar(any(CalendarPeriod.allCases))])
        }
        func limit() -> CallLimit { CallLimit(moreThan: any([1, 2]), within: time()) }
        switch kind {
        case .caller:
            return any([
                .callerIs([number(), number()]), .callerListed(file: "f", [number()]), .callerWithheld,
                .callerBegins([number().prefix(any([2, 4, 11])), number().prefix(2)]),
            ])
        case .callerCountry: return .callerCountry(any([["NL"], ["DE"], ["NL", "DE"]]))
        case .callerLanguage: return .callerLanguage(any([["nl"], ["de", "nl"]]))
        case .contactKnown: return .contactIs(any(ContactStanding.allCases))
        case .contact:
            return .contact(
                any(["tier", "mail"]),
                any([
                    .oneOf(["vip"]), .oneOf(["vip", "gold"]), .oneOf(["gold"]), .present, .absent, .oneOf(["10"]),
                    .oneOf(["10", "vip"]), .numbers(.moreThan(5)), .numbers(.moreThan(10)), .numbers(.lessThan(10)),
                    .numbers(.between(10, 20)), .numbers(.between(5, 10)),
                ]))
        case .line:
            return .line(
                any([[lines[0].number], [lines[0].number, lines[1].number], [lines[2].number, lines[0].number]]))
        case .group: return .group(any([["amsterdam"], ["demo"], ["amsterdam", "demo"]]))
        case .lineFact:
            return .lineFact(
                any(["plan", "city"]), any([.oneOf(["gold"]), .oneOf(["gold", "silver"]), .present, .absent]))
        case .callType: return .callType(any([["web_call"], ["inbound_phone_call"], ["web_call", "other"]]))
        case .date: return .date([.sample("2026-07-0\(any([1, 2]))", "2026-07-0\(any([2, 3]))")])
        case .weekday: return .weekday(any([[.wednesday], [.thursday, .friday], [.tuesday, .wednesday]]))
        case .during: return .during(any([0, 1, 2]))
        case .calls: return any([.callsFromCaller(limit()), .callsToLine(limit()), .callsFromCallerToLine(limit())])
        case .liveCalls: return any([.liveOnLine(moreThan: any([1, 2])), .liveInGroup(moreThan: any([1, 2]))])
        case .seenBefore: return .test(.seenBefore(SeenBefore(within: time())))
        }
    }

    private static func context(_ generator: inout SeededGenerator) -> (AssistantRequest, CallFacts, Instant) {
        func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &generator) ?? values[0] }
        let caller = any(callers.map(\.description) + ["", "junk"])
        let called = any(lines.map(\.number.description) + ["+12125550100", ""])
        // Around Wednesday, 1 July 2026.
        let now = Instant.sample.advanced(bySeconds: Int64.random(in: -12...48, using: &generator) * 3600)
        var facts = CallFacts.none
        facts.contact = .known(
            ContactLookup(
                contact: any([
                    nil, nil, ["tier": "VIP"], ["tier": "gold", "mail": "x"], ["mail": "x"], ["tier": "10"],
                    ["tier": "7.5", "mail": "15"],
                ]).map { Contact(attributes: $0) }, reports: any([[], [.init(source: "crm", outcome: .timedOut)]]),
                isJoined: any([true, false])))
        facts.origin = .known(
            any([nil, NumberOrigin(country: "NL", language: "nl"), NumberOrigin(country: "DE", language: "de")]))
        let moments = any([[], [30], [30, 90], [30, 40, 90], [100], [30, 90_000, 700_000]]).map {
            now.advanced(bySeconds: -Int64($0))
        }
        facts.earlier = EarlierCalls(fromCaller: moments, toLine: moments, fromCallerToLine: moments)
        facts.live = LiveCallCounts(onLine: any([0, 1, 2]), inGroup: any([0, 1, 2, 3]))
        return (.sample(from: caller, to: called, type: any(["inbound_phone_call", "web_call", "other"])), facts, now)
    }
}
