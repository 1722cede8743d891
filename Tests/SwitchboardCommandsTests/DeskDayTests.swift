// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import EventLog
import Overrides
import Rules
import Synchronization
import TestSupport
import Testing

@testable import SwitchboardCommands

/// What today came to at one replica and at all of them.
@Suite struct DeskDayTests {
    @Test(.timeLimit(.minutes(5))) func midnightPassesForBoth() async throws {
        let now = Mutex(Instant.sample)
        let clock = WallClock(now: { now.withLock { $0 } }, ticks: { 0 })
        let (own, desk) = (EventLog.sample([]), EventLog.sample([]))
        let file = try #require(
            ConfigurationSource(path: "/rules.yaml", bytes: Array("version: 1\notherwise: default\n".utf8)).outcome.file
        )
        let rules = CurrentRules(CompiledRules(file.rules))
        let overrides = OverrideService(
            rules: rules, log: own, desk: desk, clock: clock, store: InMemoryOverrideStore())
        let answers = AnswerService(
            verifier: nil, rules: rules, log: own, desk: desk, clock: clock, answerWithin: 4_000_000_000,
            numbers: ConfigurationSource.numbers, upstreams: ScriptedUpstreams())
        let past = PastCalls(answers: answers, overrides: overrides, clock: clock, journal: nil, desk: desk)
        past.start()
        // Two calls of this replica, three of the desk.
        for call in [CallSample("a").ended(), CallSample("b").ended()] { call.record(in: own) }
        for call in ["a", "b", "c"] { CallSample(call).ended().record(in: desk) }
        #expect(Self.ended(past.day, own) == 2 && Self.ended(past.dayOfDesk, desk) == 3)

        let (changes, continuation) = AsyncStream.makeStream(of: Void.self)
        overrides.watch { continuation.yield() }
        now.withLock { $0 = .sample.advanced(bySeconds: 12 * 3600) }
        overrides.noteStatus()
        for await _ in changes where past.day.isWhole { break }
        #expect(Self.ended(past.day, own) == 0 && Self.ended(past.dayOfDesk, desk) == 0)
        CallSample("d").ended().record(in: desk)
        #expect(Self.ended(past.day, own) == 0 && Self.ended(past.dayOfDesk, desk) == 1)
        past.stop()
    }

    private static func ended(_ day: DayCounts, _ log: EventLog) -> Int {
        day.today(log.snapshot().totals.outcomes)[.ended]
    }
}
