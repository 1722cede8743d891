// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing

@Suite struct DeciderCountsTests {
    @Test(arguments: [1, 4, 5, 40]) func everyAnswerIsCountedOnce(deciders: Int) {
        var random = SeededGenerator(seed: UInt64(deciders))
        let log = EventLog(keep: Retention(calls: 10, bytes: 1 << 20))
        var expected: [Decider: Int] = [:]
        for call in 0..<400 {
            let name = Int.random(in: 0..<deciders, using: &random)
            let decider: Decider = name == 0 ? .otherwise : .rule("rule \(name)")
            expected[decider, default: 0] += 1
            _ = log.record(CallSample("call-\(call)").with(\.by, decider).answered)
        }
        #expect(log.snapshot().totals.deciders == expected)
    }

    @Test func everyKindOfAnswerHasItsOwnPlace() {
        #expect(AnswerKind.allCases.map(\.place) == Array(AnswerKind.allCases.indices))
    }
}
