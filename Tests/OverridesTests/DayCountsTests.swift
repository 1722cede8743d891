// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport
import Testing

/// What midnight does to the counts of a day.
@Suite struct DayCountsTests {
    private static let line: PhoneNumber = "+31201234567"

    private static func counts(ended: Int, live: Int = 0) -> OutcomeCounts {
        var counts = OutcomeCounts()
        counts[.ended] = ended
        counts[.live] = live
        return counts
    }

    private static func answers(_ count: Int) -> AnswerCounts {
        AnswerCounts(kinds: [.greeting: count], deciders: ["otherwise": count])
    }

    @Test func aNewDayBeginsWithNothingAndRemembersTheOneBefore() {
        let day = DayCounts(
            since: .sample, isWhole: true, outcomes: Self.counts(ended: 4), answers: Self.answers(4))
        let now = Self.counts(ended: 6, live: 2)
        let next = day.next(since: .sample.advanced(bySeconds: 86_400), now, [Self.line: now], Self.answers(3))
        #expect(next.yesterday == Self.counts(ended: 10))
        #expect(next.yesterdaysAnswers == Self.answers(7))
        #expect(next.today(Self.answers(3)) == AnswerCounts() && next.today(Self.answers(5)) == Self.answers(2))
        #expect(next.today(now) == Self.counts(ended: 0, live: 2))
        #expect(next.today(now, of: Self.line) == Self.counts(ended: 0, live: 2))
        #expect(next.yesterday(of: Self.line) == Self.counts(ended: 6))
        #expect(next.yesterday(of: "+31850835037") == OutcomeCounts())
    }

    @Test func aLineThatWasCalledBeforeTheStartOnlyHasAYesterdayToo() {
        let day = DayCounts(
            since: .sample, isWhole: true, outcomes: Self.counts(ended: 4), lines: [Self.line: Self.counts(ended: 4)])
        let next = day.next(since: .sample.advanced(bySeconds: 86_400), OutcomeCounts(), [:], AnswerCounts())
        #expect(next.yesterday(of: Self.line) == Self.counts(ended: 4))
        #expect(next.today(OutcomeCounts(), of: Self.line) == OutcomeCounts())
    }

    @Test func linesThatTheServerDoesNotSendAreUnknown() {
        let day = DayCounts(
            since: .sample, isWhole: true, outcomes: Self.counts(ended: 4), yesterday: Self.counts(ended: 1))
        #expect(!day.knowsLines)
        #expect(day.yesterday(of: Self.line) == nil)
        #expect(DayCounts(since: .sample, isWhole: true).knowsLines)
    }

    @Test func ofADayThatWasNotSeenAsAWholeNothingIsSaid() {
        let day = DayCounts(since: .sample, isWhole: false)
        let next = day.next(since: .sample, Self.counts(ended: 6), [Self.line: Self.counts(ended: 6)], Self.answers(6))
        #expect(next.yesterdaysAnswers == nil)
        #expect(next.yesterday == nil && next.yesterday(of: Self.line) == nil)
    }
}
