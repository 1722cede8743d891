// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import Rules
import TestSupport
import Testing

/// Where an override on the caller comes among what decides a call.
@Suite struct CallerOverrideDecidingTests {
    private static let caller: PhoneNumber = "+31612345678"
    private static let noon = Instant.at("2026-07-01T12:00:00Z")
    private static let night = Instant.at("2026-07-01T22:00:00Z")

    struct Question: Sendable {
        var from = "+31612345678"
        var kind: CallerOverride.Kind?
        var at = noon
        var until: Instant?
        var closures: [Override] = []
    }

    private static let closure = Override.sample(.closed(says: "Closed."))

    static let rows = [
        Row("a block comes before a rule", Question(kind: .blocked(says: "No.")), "block"),
        Row(
            "a block comes before a rule that bypasses closures",
            Question(from: "+31655501234", kind: .blocked(says: "No.")), "block"),
        Row("a block comes before a closure", Question(kind: .blocked(says: "No."), closures: [closure]), "block"),
        Row("a block comes before the hours", Question(kind: .blocked(says: "No."), at: night), "block"),
        Row("an allowed caller gets the rules at night", Question(kind: .allowed, at: night), "rule jan"),
        Row(
            "an allowed caller gets the rules while lines are closed", Question(kind: .allowed, closures: [closure]),
            "rule jan"),
        Row(
            "an allowed caller may be decided by a bypassing rule",
            Question(from: "+31655501234", kind: .allowed, closures: [closure]), "rule my own"),
        Row(
            "one that has ended does not count",
            Question(kind: .allowed, until: noon, closures: [closure]), "override all"),
        Row("no override on the caller", Question(closures: [closure]), "override all"),
    ]

    @Test(arguments: rows) func decides(_ row: Row<Question, String>) throws {
        let question = row.input
        let from = try #require(PhoneNumber(question.from))
        let callers = question.kind.map { kind in
            [
                CallerOverride(
                    id: 9, kind: kind, caller: from, reason: "prank", who: Operator(user: "anna"), since: .sample,
                    until: question.until)
            ]
        }
        let overrides = ActiveOverrides(question.closures, callers: CallerOverrides(callers ?? []))
        let policy = CallPolicy(rules: .office, overrides: overrides)
        let call = AssistantRequest.sample(from: question.from)
        let (decision, reply) = try policy.answer(call, id: "d-1", at: question.at)
        #expect(decision.by.description == row.expected)
        #expect(decision.by == .block ? decision.kind == .rejected : true)
        #expect(String(decoding: reply, as: UTF8.self).contains("No.") == (decision.by == .block))
        let steps = policy.steps(for: call, at: question.at)
        #expect(steps.last?.held == true)
        let isInForce = question.kind != nil && question.until == nil
        #expect(steps.contains { $0.what == "override caller \(from)" && $0.held } == isInForce, "it is in why")
    }

    @Test func aLateAnswerToABlockedCallerRejectsToo() {
        let block = CallerOverride(
            id: 1, kind: .blocked(says: "No."), caller: Self.caller, reason: "", who: Operator(user: "anna"),
            since: .sample, until: nil)
        let policy = CallPolicy(rules: .office, overrides: ActiveOverrides([], callers: CallerOverrides([block])))
        let call = AssistantRequest.sample(from: Self.caller.description)
        let (decision, reply) = policy.fallback(call, id: "d-1", at: Self.noon)
        #expect(decision.kind == .rejected)
        #expect(String(decoding: reply, as: UTF8.self).contains("No."))
    }

    /// A block rejects; an allowed caller gets what everybody gets without closures and hours; nobody else is concerned.
    @Test func theOrderHoldsAtRandomDesks() throws {
        for seed in 0..<(Thoroughness.isFull ? 4000 : 300) {
            var random = SeededGenerator(seed: UInt64(seed))
            let desk = RandomDesk(seed: UInt64(seed))
            let isBlock = Bool.random(using: &random)
            let isExpired = Int.random(in: 0..<4, using: &random) == 0
            let isOther = Int.random(in: 0..<4, using: &random) == 0
            let override = CallerOverride(
                id: 99, kind: isBlock ? .blocked(says: "blocked") : .allowed,
                caller: isOther ? "+4930123456" : Self.caller, reason: "", who: Operator(user: "anna"),
                since: desk.now, until: isExpired ? desk.now : nil)
            let rules = desk.policy.compiled
            let policy = CallPolicy(
                rules, overrides: ActiveOverrides(desk.overrides, callers: CallerOverrides([override])))
            let opened = desk.overrides.filter { !$0.kind.isClosure } + [.sample(.forcedOpen, id: 50)]
            let withoutHours = CallPolicy(rules, overrides: ActiveOverrides(opened))
            for called in RandomDesk.numbers + ["+31209999999"] {
                let call = AssistantRequest.sample(from: Self.caller.description, to: called.description)
                let (decision, reply) = try policy.answer(call, id: "d", at: desk.now)
                if isExpired || isOther {
                    let (expected, bytes) = try desk.policy.answer(call, id: "d", at: desk.now)
                    #expect(decision.by == expected.by && reply == bytes, "\(desk)")
                } else if isBlock {
                    #expect(decision.by == .block && decision.kind == .rejected, "\(desk)")
                } else {
                    let (expected, bytes) = try withoutHours.answer(call, id: "d", at: desk.now)
                    #expect(decision.by == expected.by && reply == bytes, "\(desk)")
                }
            }
        }
    }
}
