// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dispatch
import EventLog
import Journal
import Overrides
import Rules
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// What a server knows of the days before from its journal.
@Suite struct PastCallsTests {
    /// A server that runs at one moment.
    private struct Server {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 1 << 20))
        let journal: Journal
        let overrides: OverrideService
        let past: PastCalls

        init(_ path: String, at now: Instant) throws {
            let text = "version: 1\notherwise: default\n"
            let file = try #require(ConfigurationSource(path: "/rules.yaml", bytes: Array(text.utf8)).outcome.file)
            let clock = WallClock(now: { now }, ticks: { 0 })
            let rules = CurrentRules(CompiledRules(file.rules))
            let journal = Journal(
                Journal.Options(
                    path: path, contents: KeptContents(bodies: true, transcripts: false),
                    limits: JournalLimits(days: 3650, calls: 1000, bytes: 1 << 30), version: "1"),
                log: log, now: clock.now, ticks: { DispatchTime.now().uptimeNanoseconds }, report: { _ in })
            self.journal = journal
            overrides = OverrideService(rules: rules, log: log, clock: clock, store: InMemoryOverrideStore())
            let answers = AnswerService(
                verifier: nil, rules: rules, log: log, clock: clock, answerWithin: 4_000_000_000,
                numbers: ConfigurationSource.numbers, upstreams: ScriptedUpstreams())
            past = PastCalls(answers: answers, overrides: overrides, clock: clock, journal: journal)
            journal.start()
        }

        /// Waits until the journal was read.
        func today() async -> DayCounts {
            let (changes, continuation) = AsyncStream.makeStream(of: Void.self)
            overrides.watch { continuation.yield() }
            past.start()
            for await _ in changes where past.day.isWhole { break }
            return past.day
        }
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            Row("every day", [-2: 1, -1: 3, 0: 2], 3), Row("none yesterday", [-2: 1, 0: 2], nil),
            Row("the first day", [0: 2], nil),
        ] as [Row<[Int64: Int], Int?>])
    func yesterdayIsWhatTheJournalHasOfIt(row: Row<[Int64: Int], Int?>) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        for (day, count) in row.input.sorted(by: { $0.key < $1.key }) {
            let server = try Server(path, at: .sample.advanced(bySeconds: day * 86_400 + 60))
            for call in 0..<count {
                CallSample("c\(day)-\(call)", at: Double(day) * 86_400).ended().record(in: server.log)
            }
            server.journal.stop(within: 20)
        }
        let server = try Server(path, at: .sample.advanced(bySeconds: 3600))
        let day = await server.today()
        #expect(day.today(server.log.snapshot().totals.outcomes)[.ended] == row.input[0])
        #expect(day.yesterday?[.ended] == row.expected)
        #expect(day.yesterday(of: "+31201234567")?[.ended] == row.expected)
        server.past.stop()
        server.journal.stop(within: 20)
    }
}
