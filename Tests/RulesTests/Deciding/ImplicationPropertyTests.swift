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
            let book = CallPolicy(
                rules: .sample(lines: Self.lines, hours: Self.hours, rules: rules.map { ($0, .standard) }))
            for _ in 0..<40 {
                let (call, facts, now) = Self.context(&generator)
                let by = try book.answer(call, facts: facts, id: "d-1", at: now).0.by
                #expect(by != .rule("later"), "\(call.caller) to \(call.called) at \(now): \(later) / \(earlier)")
            }
        }
        #expect(claims > 50, "there is something to check")
    }

    private static func condition(_ generator: inout SeededGenerator, depth: Int) -> Condition {
        func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &generator) ?? values[0] }
        func deeper() -> Condition { condition(&generator, depth: depth - 1) }
        func number() -> PhoneNumber { any(callers) }
        switch Int.random(in: 0..<(depth > 0 ? 20 : 15), using: &generator) {
        case 0: return .callerIs([number(), number()])
        case 1: return .callerBegins([number().prefix(any([2, 4, 11])), number().prefix(2)])
        case 2: return .callerListed(file: "f", [number()])
        case 3: return .callerWithheld
        case 4: return .callerCountry(any([["NL"], ["DE"], ["NL", "DE"]]))
        case 5: return .callerLanguage(any([["nl"], ["de", "nl"]]))
        case 6: return .contactKnown(any([true, false]))
        case 7: return .contact(attribute: "tier", .oneOf(any([["vip"], ["vip", "gold"], ["gold"]])))
        case 8: return .contact(attribute: any(["tier", "mail"]), .isPresent(any([true, false])))
        case 9:
            return .line(
                any([[lines[0].number], [lines[0].number, lines[1].number], [lines[2].number, lines[0].number]]))
        case 10: return .group(any([["amsterdam"], ["demo"], ["amsterdam", "demo"]]))
        case 11: return .during(any([0, 1, 2]))
        case 12: return .date([.sample("2026-07-0\(any([1, 2]))", "2026-07-0\(any([2, 3]))")])
        case 13: return .callsFromCaller(.init(moreThan: any([1, 2]), withinSeconds: any([60, 120])))
        case 14: return .seenBefore(withinSeconds: any([60, 120]))
        case 15, 16: return .all([deeper(), deeper()])
        case 17, 18: return .any([deeper(), deeper()])
        default: return .not(deeper())
        }
    }

    private static func context(_ generator: inout SeededGenerator) -> (AssistantRequest, CallFacts, Instant) {
        func any<Value>(_ values: [Value]) -> Value { values.randomElement(using: &generator) ?? values[0] }
        let caller = any(callers.map(\.description) + ["", "junk"])
        let called = any(lines.map(\.number.description) + ["+12125550100", ""])
        // Wednesday, 1 July 2026, and the two days behind it.
        let now = Instant.sample.advanced(bySeconds: Int64.random(in: -12...48, using: &generator) * 3600)
        var facts = CallFacts.none
        facts.contact = .known(
            ContactLookup(
                contact: any([nil, ["tier": "VIP"], ["tier": "gold", "mail": "x"], ["mail": "x"]])
                    .map { Contact(attributes: $0) }, reports: []))
        facts.origin = .known(
            any([nil, NumberOrigin(country: "NL", language: "nl"), NumberOrigin(country: "DE", language: "de")]))
        let moments = any([[], [30], [30, 90], [30, 40, 90], [100]]).map { now.advanced(bySeconds: -Int64($0)) }
        facts.earlier = EarlierCalls(fromCaller: moments, toLine: moments)
        return (.sample(from: caller, to: called), facts, now)
    }
}
