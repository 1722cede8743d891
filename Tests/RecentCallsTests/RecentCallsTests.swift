// SPDX-License-Identifier: Apache-2.0

import Calls
import RecentCalls
import TestSupport
import Testing

@Suite struct RecentCallsTests {
    private static func moment(_ seconds: Int64) -> Instant { Instant.sample.advanced(bySeconds: seconds) }

    private static func call(
        from caller: PhoneNumber?, to called: PhoneNumber? = nil, at seconds: Int64 = 0, line: String? = nil
    ) -> NotedCall {
        NotedCall(id: CallID("c\(seconds)"), caller: caller, called: called, line: line, at: moment(seconds))
    }

    @Test func remembersTheNewestCallsOfACallerAndOfALine() {
        let recent = RecentCalls()
        let memory = CallMemory(ofCaller: 3, ofLine: 3)
        for second in Int64(1)...5 {
            _ = recent.note(Self.call(from: "+31612345678", to: "+31850835037", at: second), memory)
        }
        _ = recent.note(Self.call(from: "+4930901820", to: "+31850835037", at: 6), memory)
        let earlier = recent.earlier(caller: "+31612345678", called: "+31850835037", memory)
        #expect(earlier.fromCaller == [5, 4, 3].map(Self.moment))
        #expect(earlier.toLine == [6, 5, 4].map(Self.moment))
        #expect(earlier.fromCallerToLine.isEmpty)
        #expect(earlier.last == nil)
    }

    @Test func callsOfOtherReplicasMayComeLate() {
        let recent = RecentCalls()
        let memory = CallMemory(ofCaller: 3, keepsLastCall: true)
        for second in [Int64(5), 2, 6, 4, 1] {
            _ = recent.note(Self.call(from: "+31612345678", at: second), memory, isLate: true)
        }
        let earlier = recent.earlier(caller: "+31612345678", called: nil, memory)
        #expect(earlier.fromCaller == [6, 5, 4].map(Self.moment))
        #expect(earlier.last?.at == Self.moment(6))
    }

    @Test func callsOfACallerToALineAreRememberedApart() {
        let recent = RecentCalls()
        let memory = CallMemory(ofCaller: 3, ofCallerToLine: 3)
        for (second, line) in ["+31850835037", "+31201234567", "+31850835037"].enumerated() {
            _ = recent.note(Self.call(from: "+31612345678", to: PhoneNumber(line), at: Int64(second)), memory)
        }
        let earlier = recent.earlier(caller: "+31612345678", called: "+31850835037", memory)
        #expect(earlier.fromCaller.count == 3)
        #expect(earlier.fromCallerToLine == [2, 0].map(Self.moment))
        #expect(recent.earlier(caller: nil, called: "+31850835037", memory).fromCallerToLine.isEmpty)
    }

    @Test func remembersTheLastCallOfACaller() {
        let recent = RecentCalls()
        let memory = CallMemory(keepsLastCall: true)
        for second in Int64(1)...2 {
            _ = recent.note(Self.call(from: "+31612345678", to: nil, at: second, line: "Desk \(second)"), memory)
        }
        let last = recent.earlier(caller: "+31612345678", called: nil, memory).last
        #expect(last == LastCall(id: CallID("c2"), at: Self.moment(2), line: "Desk 2"))
    }

    @Test func keepsNoMoreThanTheRulesCount() {
        let recent = RecentCalls()
        for second in Int64(1)...5 {
            _ = recent.note(Self.call(from: "+31612345678", at: second), CallMemory(ofCaller: 3))
        }
        #expect(recent.earlier(caller: "+31612345678", called: nil, CallMemory(ofCaller: 10)).fromCaller.count == 3)
    }

    @Test func aCallerWithoutANumberHasNoHistory() {
        let recent = RecentCalls()
        let memory = CallMemory(ofCaller: 3, ofLine: 3, ofCallerToLine: 3, keepsLastCall: true)
        _ = recent.note(Self.call(from: nil), memory)
        #expect(recent.earlier(caller: nil, called: nil, memory) == .none)
    }

    @Test func letsThoseGoFirstOfWhomNothingWasHeardLongest() {
        // Of 8 kB, callers get 1.5 kB for each of two generations.
        let recent = RecentCalls(since: .sample, mostBytes: 16 << 10)
        let memory = CallMemory(ofCaller: 1)
        var forgotten = 0
        for number in 1...100 {
            let caller = PhoneNumber("+316000000\(number < 10 ? "0" : "")\(number)")
            if recent.note(Self.call(from: caller, at: Int64(number)), memory) != nil { forgotten += 1 }
            if number == 1 { #expect(recent.completeSince == .sample) }
        }
        #expect(forgotten > 1)
        #expect(recent.hasForgotten)
        #expect(recent.earlier(caller: "+31600000001", called: nil, memory).fromCaller.isEmpty)
        #expect(recent.earlier(caller: "+316000000100", called: nil, memory).fromCaller == [Self.moment(100)])
        // Everything since then is remembered.
        let since = recent.completeSince
        #expect(since > Self.moment(30) && since < Self.moment(100))
        for number in 10...99 where Self.moment(Int64(number)) >= since {
            let caller = PhoneNumber("+316000000\(number)")
            #expect(!recent.earlier(caller: caller, called: nil, memory).fromCaller.isEmpty)
        }
    }

    @Test func deepMemoryOfManyCallersStaysWithinItsBytes() {
        let recent = RecentCalls(since: .sample, mostBytes: 1 << 20)
        let memory = CallMemory(ofCaller: 1001, ofCallerToLine: 1001)
        for second in 0..<40_000 {
            let caller = PhoneNumber("+3161\(1_000_000 + second % 40)")
            _ = recent.note(Self.call(from: caller, to: "+31850835037", at: Int64(second)), memory)
        }
        // 40 callers with 1 000 calls each take 320 kB in each of two tables, and may have 96 kB twice.
        let known = (0..<40).map { caller in
            recent.earlier(caller: PhoneNumber("+3161\(1_000_000 + caller)"), called: nil, memory).fromCaller.count
        }
        #expect(known.reduce(0, +) * 8 <= 2 * 192 << 10)
        #expect(recent.hasForgotten)
    }

    @Test func countsWithinATimeAsANaiveListDoes() {
        var generator = SeededGenerator(seed: 7)
        let recent = RecentCalls()
        let memory = CallMemory(ofCaller: 6)
        var all: [Instant] = []
        for step in 0..<500 {
            let seconds = Int64(step) * Int64.random(in: 1...20, using: &generator)
            let now = Self.moment(seconds)
            let earlier = recent.earlier(caller: "+31612345678", called: nil, memory)
            let count = EarlierCalls.count(earlier.fromCaller, from: now.advanced(bySeconds: -60))
            #expect(count == all.suffix(6).count { now.microseconds(since: $0) <= 60_000_000 })
            _ = recent.note(Self.call(from: "+31612345678", at: seconds), memory)
            all.append(now)
        }
    }
}

@Suite struct CallHistoryTests {
    private static let caller: PhoneNumber = "+31612345678"
    private static let line: PhoneNumber = "+31850835037"

    private static func call(_ seconds: Int64, from caller: PhoneNumber = caller) -> NotedCall {
        NotedCall(
            id: CallID("c\(seconds)"), caller: caller, called: line, line: "Front desk",
            at: Instant.sample.advanced(bySeconds: seconds))
    }

    private static let memory = CallMemory(
        ofCaller: 4, ofLine: 4, ofCallerToLine: 4, keepsLastCall: true, seconds: 3600)

    private static func history(_ seconds: [Int64], mostBytes: Int = 1 << 20) -> CallHistory {
        var history = CallHistory(memory, since: Instant.sample.advanced(bySeconds: -3600), mostBytes: mostBytes)
        for second in seconds { _ = history.add(call(second)) }
        return history
    }

    @Test func callsOfBeforeComeAfterThoseOfThisSession() {
        let recent = RecentCalls(since: .sample)
        _ = recent.note(Self.call(5), Self.memory)
        recent.beginReading(at: Instant.sample.advanced(bySeconds: 10))
        _ = recent.note(Self.call(15), Self.memory)
        // What is read has the calls up to then, also those that memory had.
        #expect(recent.earlier(caller: Self.caller, called: nil, Self.memory).fromCaller.count == 2)
        recent.use(Self.history([5, -10, -20, -30, -40]))
        let earlier = recent.earlier(caller: Self.caller, called: Self.line, Self.memory)
        let expected = [15, 5, -10, -20].map { Instant.sample.advanced(bySeconds: $0) }
        #expect(earlier.fromCaller == expected)
        #expect(earlier.toLine == expected)
        #expect(earlier.fromCallerToLine == expected)
        #expect(earlier.last?.id == CallID("c15"))
        #expect(recent.completeSince == Instant.sample.advanced(bySeconds: -3600))
    }

    @Test func theLastCallOfBeforeIsKnownWithItsEnd() {
        let recent = RecentCalls(since: .sample)
        var history = Self.history([-10, -20])
        let report = CallReport(seconds: 60, summary: "", endReason: "customer-ended-call")
        history.note(LastCall(id: CallID("c-10"), at: .sample, line: "Night", report: report), of: Self.caller)
        recent.use(history)
        let last = recent.earlier(caller: Self.caller, called: nil, Self.memory).last
        #expect(last?.report == report)
        #expect(last?.line == "Night")
    }

    @Test func whatDoesNotFitIsSaid() {
        var history = CallHistory(Self.memory, since: .sample, mostBytes: 4096)
        var added = 0
        for second in stride(from: Int64(0), through: -1000, by: -1) {
            guard history.add(Self.call(second, from: PhoneNumber("+3161\(1_000_000 - second)") ?? Self.caller)) else {
                break
            }
            added += 1
        }
        #expect((2...100).contains(added))
        #expect(!history.isWhole)
        #expect(history.completeSince == Instant.sample.advanced(bySeconds: -Int64(added)))
    }
}
