// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dispatch
import EventLog
import Foundation
import Journal
import Overrides
import Rules
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// What a server knows of the days before from its journal.
@Suite struct PastCallsTests {
    private static let line: PhoneNumber = "+31201234567"

    /// A server that runs at one moment.
    private struct Server {
        let log = EventLog(keep: Retention(calls: 1000, bytes: 1 << 20))
        let journal: Journal
        let overrides: OverrideService
        let past: PastCalls

        init(_ path: String, at now: Instant, keeping calls: Int = 1000, followsOthers: Bool = false) throws {
            let text = "version: 1\notherwise: default\n"
            let file = try #require(ConfigurationSource(path: "/rules.yaml", bytes: Array(text.utf8)).outcome.file)
            let clock = WallClock(now: { now }, ticks: { 0 })
            log.use([CountedLine(number: PastCallsTests.line, group: nil)])
            let rules = CurrentRules(CompiledRules(file.rules))
            let journal = Journal(
                Journal.Options(
                    path: path, contents: KeptContents(bodies: true, transcripts: false),
                    limits: JournalLimits(days: 3650, calls: calls, bytes: 1 << 30), version: "1"),
                log: log, now: clock.now, ticks: { DispatchTime.now().uptimeNanoseconds },
                followsOthers: followsOthers, report: { _ in })
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
            for await _ in changes { break }
            return past.day
        }

        /// Waits until the journal has taken out what it does not keep, and stops.
        func stop(keeping most: Int) throws {
            let newest = journal.nextNumber - 1
            try waitUntil {
                let reader = try JournalReader(journal.path)
                let isWritten = try reader.count(below: newest + 1) - reader.count(below: newest) == 1
                return try isWritten && reader.count(below: .max) <= most
            }
            journal.stop(within: 20)
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
        let answers = day.today(server.log.snapshot().totals.answers)
        #expect(answers.map { Array($0.deciders.values) } == [row.input[0] ?? 0])
        #expect(day.yesterdaysAnswers.map { Array($0.kinds.values) } == row.expected.map { [$0] })
        server.past.stop()
        server.journal.stop(within: 20)
    }

    /// What is known of today and the day before where the journal keeps 40 calls.
    private struct Known: Sendable {
        let isWhole: Bool
        let today: Int
        let yesterday: Int?
    }

    @Test(
        .timeLimit(.minutes(5)),
        arguments: [
            Row("room for all", [-1: 20, 0: 20], Known(isWhole: true, today: 20, yesterday: 20)),
            Row("of an earlier day", [-2: 20, -1: 20, 0: 20], Known(isWhole: true, today: 20, yesterday: 20)),
            Row("of yesterday", [-1: 30, 0: 20], Known(isWhole: true, today: 20, yesterday: nil)),
            Row("of today", [-1: 30, 0: 60], Known(isWhole: false, today: 0, yesterday: nil)),
            Row("of the only day", [0: 41], Known(isWhole: false, today: 0, yesterday: nil)),
        ] as [Row<[Int64: Int], Known>])
    private func aDayOfWhichCallsWereTakenOutIsNotCounted(row: Row<[Int64: Int], Known>) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        for (day, count) in row.input.sorted(by: { $0.key < $1.key }) {
            let server = try Server(path, at: .sample.advanced(bySeconds: day * 86_400 + 60), keeping: 40)
            for call in 0..<count {
                CallSample("c\(day)-\(call)", at: Double(day) * 86_400).ended().record(in: server.log)
            }
            try server.stop(keeping: 40)
        }
        // More room does not bring them back.
        let start = Instant.sample.advanced(bySeconds: 3600)
        let server = try Server(path, at: start)
        let day = await server.today()
        CallSample("new", at: 3600).ended().record(in: server.log)
        #expect(day.isWhole == row.expected.isWhole)
        #expect((day.since == start) == !row.expected.isWhole)
        #expect(day.today(server.log.snapshot().totals.outcomes)[.ended] == row.expected.today + 1)
        #expect(day.yesterday?[.ended] == row.expected.yesterday)
        server.past.stop()
        server.journal.stop(within: 20)
    }

    /// Where the file was removed while no server ran, nothing is known of the calls before.
    @Test(.timeLimit(.minutes(5)), arguments: [true, false])
    func aNewJournalKnowsADayOnlyWhereNoServerRanBefore(hadServer: Bool) async throws {
        let folder = try TemporaryFolder()
        let start = Instant.sample.advanced(bySeconds: 60)
        let server = try Server(folder.path("calls.sqlite"), at: start, followsOthers: hadServer)
        let day = await server.today()
        #expect(day.isWhole == !hadServer)
        #expect((day.since == start) == hadServer)
        server.past.stop()
        server.journal.stop(within: 20)
    }

    /// What calls that a server leaves count as for the next one, and once they are over.
    private struct Counted: Sendable {
        let before: CallOutcome
        let after: CallOutcome
        let isNotApplied: Bool
        let isLate: Bool

        init(_ before: CallOutcome, then after: CallOutcome? = nil, isNotApplied: Bool = false, isLate: Bool = false) {
            self.before = before
            self.after = after ?? before
            self.isNotApplied = isNotApplied
            self.isLate = isLate
        }

        func counts(_ outcome: CallOutcome, _ calls: Int) -> OutcomeCounts {
            var counts = OutcomeCounts()
            counts[outcome] = calls
            counts.notApplied = isNotApplied ? calls : 0
            counts.late = isLate ? calls : 0
            return counts
        }
    }

    private static let inProgress = Webhook.Event.status(.inProgress, reason: nil)
    private static let failed = Webhook.Event.status(.endedWithError, reason: "sip")
    private static let left: [Row<CallSample, Counted>] = [
        Row("rings", CallSample(""), Counted(.ringing, then: .ended)),
        Row("live", CallSample("").then(inProgress, after: 2), Counted(.live, then: .ended)),
        Row(
            "live, not applied", CallSample("").then(inProgress, after: 2, echo: .untagged),
            Counted(.live, then: .ended, isNotApplied: true)),
        Row("live, late", CallSample("").standard(by: .deadline).live(), Counted(.live, then: .ended, isLate: true)),
        Row(
            "rejected and live all the same", CallSample("").rejected().then(inProgress, after: 2),
            Counted(.live, then: .ended, isNotApplied: true)),
        Row("ended", CallSample("").ended(), Counted(.ended)),
        Row(
            "ended, not applied", CallSample("").then(inProgress, after: 2, echo: .untagged).ended(),
            Counted(.ended, isNotApplied: true)),
        Row(
            "failed, late", CallSample("").standard(by: .deadline).live().then(failed, after: 7),
            Counted(.failed, isLate: true)),
        Row("rejected", CallSample("").rejected(), Counted(.rejected(.operator))),
        Row("without news", CallSample("", at: -3600), Counted(.noNews)),
        Row(
            "without news, late", CallSample("", at: -3600).standard(by: .deadline), Counted(.noNews, isLate: true)),
    ]

    @Test(.timeLimit(.minutes(5)), arguments: left, [1, 4])
    private func callsCountOnceOverARestart(row: Row<CallSample, Counted>, calls: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        let before = try Server(path, at: .sample.advanced(bySeconds: 90))
        for call in 0..<calls { row.input.with(\.id, "c\(call)").record(in: before.log) }
        before.journal.stop(within: 20)
        let server = try Server(path, at: .sample.advanced(bySeconds: 100))
        let day = await server.today()
        func expect(_ outcome: CallOutcome) {
            let expected = row.expected.counts(outcome, calls)
            let counts = server.log.snapshot()
            #expect(day.today(counts.totals.outcomes) == expected, "\(row)")
            let ofLine = counts.lines[line: Self.line] ?? OutcomeCounts()
            #expect(day.today(ofLine, of: Self.line) == expected, "\(row)")
        }
        expect(row.expected.before)
        for call in 0..<calls where row.expected.before.isOnLine {
            CallSample("c\(call)").with(\.isAsked, false).then(.status(.ended, reason: nil), after: 110)
                .record(in: server.log)
        }
        expect(row.expected.after)
        server.past.stop()
        server.journal.stop(within: 20)
    }
}
