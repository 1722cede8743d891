// SPDX-License-Identifier: Apache-2.0

import Calls
import RecentCalls
import TestSupport
import Testing

@Suite struct RecentCallsTests {
    private static func moment(_ seconds: Int64) -> Instant { Instant.sample.advanced(bySeconds: seconds) }

    @Test func remembersTheNewestCallsOfACallerAndOfALine() {
        let recent = RecentCalls()
        for second in Int64(1)...5 {
            recent.note(caller: "+31612345678", called: "+31850835037", at: Self.moment(second), depth: 3)
        }
        recent.note(caller: "+4930901820", called: "+31850835037", at: Self.moment(6), depth: 3)
        let earlier = recent.earlier(caller: "+31612345678", called: "+31850835037", depth: 3)
        #expect(earlier.fromCaller == [5, 4, 3].map(Self.moment))
        #expect(earlier.toLine == [6, 5, 4].map(Self.moment))
    }

    @Test func callsOfACallerToALineAreRememberedApart() {
        let recent = RecentCalls()
        for (second, line) in ["+31850835037", "+31201234567", "+31850835037"].enumerated() {
            recent.note(
                caller: "+31612345678", called: PhoneNumber(line), at: Self.moment(Int64(second)), depth: 3,
                perLine: true)
        }
        let earlier = recent.earlier(caller: "+31612345678", called: "+31850835037", depth: 3, perLine: true)
        #expect(earlier.fromCaller.count == 3)
        #expect(earlier.fromCallerToLine == [2, 0].map(Self.moment))
        #expect(recent.earlier(caller: nil, called: "+31850835037", depth: 3, perLine: true).fromCallerToLine.isEmpty)
    }

    @Test func keepsNoMoreThanTheRulesCount() {
        let recent = RecentCalls()
        for second in Int64(1)...5 {
            recent.note(caller: "+31612345678", called: nil, at: Self.moment(second), depth: 3)
        }
        #expect(recent.earlier(caller: "+31612345678", called: nil, depth: 10).fromCaller.count == 3)
    }

    @Test func aCallerWithoutANumberHasNoHistory() {
        let recent = RecentCalls()
        recent.note(caller: nil, called: nil, at: .sample, depth: 3)
        #expect(recent.earlier(caller: nil, called: nil, depth: 3) == .none)
    }

    @Test func letsThoseGoFirstOfWhomNothingWasHeardLongest() {
        let recent = RecentCalls(mostCallers: 4)
        recent.note(caller: "+31600000001", called: nil, at: .sample, depth: 1)
        for number in 2...9 {
            recent.note(caller: PhoneNumber("+3160000000\(number)"), called: nil, at: .sample, depth: 1)
        }
        #expect(recent.earlier(caller: "+31600000001", called: nil, depth: 1).fromCaller.isEmpty)
        #expect(recent.earlier(caller: "+31600000009", called: nil, depth: 1).fromCaller == [.sample])
    }

    @Test func countsWithinATimeAsANaiveListDoes() {
        var generator = SeededGenerator(seed: 7)
        let recent = RecentCalls()
        var all: [Instant] = []
        for step in 0..<500 {
            let now = Self.moment(Int64(step) * Int64.random(in: 1...20, using: &generator))
            let count = recent.earlier(caller: "+31612345678", called: nil, depth: 6).count(
                fromCallerWithin: 60, before: now)
            let expected = all.suffix(6).count { now.microseconds(since: $0) <= 60_000_000 }
            #expect(count == expected)
            recent.note(caller: "+31612345678", called: nil, at: now, depth: 6)
            all.append(now)
        }
    }
}
