// SPDX-License-Identifier: Apache-2.0

import Calls
import Rules
import TestSupport
import Testing

/// The index must never change which rule answers: it only spares asking those that cannot hold.
@Suite struct RuleIndexTests {
    private static let numbers: [PhoneNumber] = [
        "+31612345678", "+31612345679", "+4930901820", "+49309", "+14155550100",
    ]
    private static let called: [PhoneNumber] = ["+31850835037", "+31201234567", "+31301234567"]

    @Test(arguments: UInt64(1)...6) func choosesTheRuleThatAskingEachInTurnChooses(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let rules = (0..<60).map { number in
            (
                rule: RuleSet.SampleRule(
                    "r\(number)", Self.condition(&generator, depth: 2), bypasses: Bool.random(using: &generator)),
                answer: Answer.greeting("\(number)")
            )
        }
        let lines = Self.called.dropLast().enumerated().map { index, number in
            PhoneLine.sample(number: number, group: index == 0 ? "demo" : nil)
        }
        let policy = CallPolicy(rules: .sample(lines: lines, rules: rules))
        for caller in Self.numbers.map(\.description) + ["", "junk"] {
            for line in Self.called {
                let call = AssistantRequest.sample(from: caller, to: line.description)
                let (decision, _) = try policy.answer(call, id: "d-1", at: .sample)
                // Telling why asks every rule in turn, without the index.
                let steps = policy.steps(for: call, at: .sample)
                #expect(steps.last { $0.held }?.what == decision.by.description)
            }
        }
    }

    private static func condition(_ generator: inout SeededGenerator, depth: Int) -> Condition {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: .callerIs([pick(numbers, &generator), pick(numbers, &generator)])
        case 1: .callerBegins([pick(numbers, &generator).prefix(Int.random(in: 1...5, using: &generator))])
        case 2: .line([pick(called, &generator)])
        case 3: .group(["demo"])
        case 4: .callerWithheld
        case 5: .callerIs([pick(numbers, &generator)])
        case 6: .all([condition(&generator, depth: depth - 1), condition(&generator, depth: depth - 1)])
        case 7: .any([condition(&generator, depth: depth - 1), condition(&generator, depth: depth - 1)])
        default: .all([.not(condition(&generator, depth: depth - 1)), .line([pick(called, &generator)])])
        }
    }

    private static func pick(_ numbers: [PhoneNumber], _ generator: inout SeededGenerator) -> PhoneNumber {
        numbers.randomElement(using: &generator) ?? numbers[0]
    }
}
