// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Contacts
import Dashboard
import Dispatch
import EventLog
import Foundation
import Glibc
import Journal
import Overrides
import Rules
import Synchronization
import TestSupport
import Testing
import WireFormat

@testable import SwitchboardCommands

/// The desk of the past, as its journal has it: it is what the running server said then.
@Suite struct PastDeskTests {
    private static func text(_ closing: String, hours: String, more: String = "") -> String {
        """
        version: 1
        timezone: Europe/Amsterdam
        lines:
          - { number: "+31850835037", name: Front desk, group: amsterdam, hours: office }
          - { number: "+31201234567", name: Sales, group: amsterdam }
        \(more)
        hours: { office: { weekly: { mon-sun: ["\(hours)"] }, closed: { reject: "\(closing)" } } }
        answers: { closed: { reject: "\(closing)" } }
        otherwise: default
        """
    }

    private static let texts = [
        text("We are closed.", hours: "09:00-17:30"), text("Come back later.", hours: "08:00-20:00"),
        text("No.", hours: "00:00-24:00", more: "  - { number: \"+31701234569\", name: Press, group: hague }"),
    ]

    private static let sources = texts.map { ConfigurationSource(path: "/etc/sb/rules.yaml", bytes: Array($0.utf8)) }

    private final class Time: Sendable {
        let now = Mutex(Instant.sample)
    }

    /// A server with a journal, on a clock of the test's own.
    private final class Server: Sendable {
        private let time = Time()
        let service: OverrideService
        let journal: Journal
        let log: EventLog
        private let files: [RulesFile]

        init(_ path: String, keeping calls: Int = 1000) throws {
            files = try sources.map { try #require($0.outcome.file, "\($0.renderedFindings)") }
            log = EventLog(keep: Retention(calls: 1000, bytes: 1 << 20))
            let clock = WallClock(now: { [time] in time.now.withLock { $0 } }, ticks: { 0 })
            journal = Journal(
                Journal.Options(
                    path: path, contents: KeptContents(bodies: true, transcripts: false),
                    limits: JournalLimits(days: 3650, calls: calls, bytes: 1 << 30), version: "1"),
                log: log, now: clock.now, ticks: { DispatchTime.now().uptimeNanoseconds }, report: { _ in })
            service = OverrideService(
                rules: CurrentRules(CompiledRules(files[0].rules)), log: log, clock: clock,
                store: InMemoryOverrideStore())
            journal.note(UsedRules(sources[0], files[0], at: clock.now(), overrides: ActiveOverrides()))
            journal.start()
        }

        var now: Instant { time.now.withLock { $0 } }

        func pass(_ seconds: Int64) { time.now.withLock { $0 = $0.advanced(bySeconds: seconds) } }

        func reload(_ index: Int) {
            service.use(files[index].rules, contacts: ContactDirectory(sources: [])) { [journal, files] now, policy in
                journal.note(UsedRules(sources[index], files[index], at: now, overrides: policy.overrides))
            }
        }

        var status: ServerStatus {
            service.status(
                of: .init(address: "", webhookURL: "", isSigned: true, answerWithinMilliseconds: 4000))
        }
    }

    @Test(arguments: 0..<(Thoroughness.isFull ? 30 : 3) as Range<UInt64>)
    func everyMomentIsAsTheServerSaidThen(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
        let folder = try TemporaryFolder()
        let server = try Server(folder.path("calls.sqlite"))
        var moments: [(at: Instant, overrides: [Override], lines: [LineStatus])] = []
        func look() {
            let status = server.status
            moments.append((server.now, status.overrides, status.lines))
        }
        look()
        let scopes: [Scope] = [.all, .group("amsterdam"), .line("+31201234567"), .line("+31850835037")]
        for _ in 0..<30 {
            server.pass(Int64.random(in: 1...5400, using: &generator))
            // Some end before the server notices.
            look()
            server.pass(1)
            if pick([true, false]) { server.service.expire() }
            let until: Until = pick([.reopened, .lasting(seconds: 1800), .lasting(seconds: 7200)])
            let kind: Override.Kind = pick([
                .closed(says: "Shut."), .inform(says: "Soon."), .forcedOpen, .greeting("Hi"),
            ])
            let command: OverrideCommand = pick([
                .begin(kind, scopes: [pick(scopes)], reason: "test", until: until),
                .begin(kind, scopes: [pick(scopes)], reason: "", until: until), .open([pick(scopes)]), .undo,
                .clearGreeting([pick(scopes)]), .note("for later"),
            ])
            if pick([true, false, false, false]) {
                server.reload(pick([0, 1, 2]))
            } else {
                // What is refused changes nothing.
                _ = try? await server.service.carryOut(command, by: Operator(user: "anna"))
            }
            look()
        }
        server.journal.stop(within: 20)
        let record = try JournalRecord(folder.path("calls.sqlite"))
        for moment in moments {
            let desk = try record.desk(at: moment.at)
            #expect(desk.at == moment.at)
            #expect(desk.remarks == [])
            #expect(desk.status?.overrides.sorted { $0.id < $1.id } == moment.overrides.sorted { $0.id < $1.id })
            #expect(desk.status?.lines == moment.lines)
        }
        #expect(try record.desk(at: Instant.sample.advanced(bySeconds: -1)).status == nil)
    }

    @Test func stepsGoThroughTheChangesAndSayWhereTheyEnd() async throws {
        let folder = try TemporaryFolder()
        let server = try Server(folder.path("calls.sqlite"))
        server.pass(60)
        _ = try await server.service.carryOut(
            .begin(.closed(says: "Shut."), scopes: [.all], reason: "", until: .reopened), by: Operator(user: "anna"))
        server.pass(60)
        server.reload(2)
        server.pass(60)
        server.journal.stop(within: 20)
        let player = try RecordPlayer(JournalRecord(folder.path("calls.sqlite")))
        let end = try player.end()
        #expect(end.moment.at == Instant.sample.advanced(bySeconds: 180))
        #expect(end.status?.lines.count == 3)
        #expect(end.status?.overrides.count == 1)
        #expect(end.moment.revision == Self.sources[2].outcome.file?.rules.revision)
        let closed = try player.frame(at: Instant.sample.advanced(bySeconds: 119))
        #expect(closed.status?.lines.map(\.isOpen) == [false, false])
        let start = try player.frame(at: Instant.sample.advanced(bySeconds: 59))
        #expect(start.status?.overrides == [])
        #expect(throws: CommandFailure.self) { try player.moment("soon") }
        #expect(throws: CommandFailure.self) { try player.moment("2001-01-01") }
        #expect(try player.moment("1m") == Instant.sample.advanced(bySeconds: 120))
    }

    @Test(arguments: [1, 8, 40, 1000])
    func aWindowOfTheCallsShowsTheNewestOnes(limit: Int) throws {
        let folder = try TemporaryFolder()
        let server = try Server(folder.path("calls.sqlite"))
        for number in 0..<60 { CallSample("c\(number)", at: Double(number * 10)).live().record(in: server.log) }
        server.pass(1000)
        server.journal.stop(within: 20)
        let record = try JournalRecord(folder.path("calls.sqlite"))
        let player = try RecordPlayer(record, limit: RecordLimit(calls: limit, bytes: 1 << 28))
        for second in [600, 300, 295, 5, 0, 310, 320, 590, 10] as [Int64] {
            let frame = try player.frame(at: Instant.sample.advanced(bySeconds: second))
            let calls = frame.log.sequences.compactMap { frame.log[$0] }
            let known = min(60, Int(second / 10) + 1)
            #expect(calls.last?.id.text == "c\(known - 1)")
            #expect(calls.last?.sequence == UInt64(known - 1))
            #expect(calls.count <= known && calls.count >= min(known, max(1, limit / 2)))
            let isWhole = calls.count == known
            #expect(isWhole ? frame.moment.counted == .since(.sample) : frame.moment.counted == .newest(calls.count))
            #expect(frame.log.totals.calls == calls.count)
        }
    }

    /// Counts are since the start only where the journal has all calls since then.
    @Test(.timeLimit(.minutes(5))) func countsAreOfTheCallsThatTheJournalStillHas() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        let server = try Server(path, keeping: 40)
        for number in 0..<60 { CallSample("c\(number)", at: Double(number * 10)).live().ended().record(in: server.log) }
        server.pass(1000)
        try waitUntil { try JournalReader(path).beginning() != nil }
        server.journal.stop(within: 20)
        // The last ones may have come after those that are not kept were removed.
        let kept = try JournalReader(path).count(below: .max)
        #expect((40..<60).contains(kept))
        let record = try JournalRecord(path)
        #expect(try RecordPlayer(record).end().moment.counted == .newest(kept))
        #expect(record.beginning?.oldest == Instant.sample.advanced(bySeconds: Int64(60 - kept) * 10))
    }

    @Test func whatAJournalLacksIsSaidAtItsEnd() throws {
        let folder = try TemporaryFolder()
        let server = try Server(folder.path("calls.sqlite"))
        CallSample("a").ended().record(in: server.log)
        server.pass(1000)
        server.journal.stop(within: 20)
        let player = try RecordPlayer(JournalRecord(folder.path("calls.sqlite"), lacking: "it lacks 3 calls"))
        #expect(try player.end().moment.remarks == ["it lacks 3 calls"])
        #expect(try player.frame(at: Instant.sample.advanced(bySeconds: 5)).moment.remarks == [])
    }

    @Test func anExportIsARecordToo() throws {
        let folder = try TemporaryFolder()
        let log = EventLog.sample((0..<20).map { CallSample("c\($0)", at: Double($0 * 10)).live().ended() }).snapshot()
        let lines = log.sequences.compactMap { log[$0].map(SessionExport.line) }
        _ = try folder.write(
            lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n"), to: "calls.jsonl")
        let record = try ExportRecord(folder.path("calls.jsonl"))
        let player = try RecordPlayer(record, limit: RecordLimit(calls: 8, bytes: 1 << 20))
        let end = try player.end()
        #expect(end.status == nil)
        #expect(try RecordPlayer(record, masks: true).end().status?.masksNumbers == true)
        #expect(end.moment.extent.lowerBound == .sample)
        #expect(end.log[19]?.state.word == "ended")
        let middle = try player.frame(at: Instant.sample.advanced(bySeconds: 50))
        #expect(middle.log.sequences.last == 5)
        #expect(middle.log[5]?.state.word == "ringing")
        var count = 0
        try record.forEachCall(in: record.always) { call in
            #expect(SessionExport.line(call) == lines[count])
            count += 1
        }
        #expect(count == 20)
    }

    @Test(arguments: [Row("not JSON", "hello", 1), Row("no call", "{}", 1), Row("in the middle", "\n\n{", 3)])
    func aLineThatIsNoCallIsNamed(row: Row<String, Int>) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(row.input, to: "calls.jsonl")
        do {
            _ = try ExportRecord(folder.path("calls.jsonl"))
            Issue.record("it was read")
        } catch {
            #expect(error.message.contains("calls.jsonl:\(row.expected): not a line of"))
        }
    }

    @Test("row 11: a pipe") func anExportMayComeThroughAPipe() throws {
        let folder = try TemporaryFolder()
        let log = EventLog.sample((0..<3).map { CallSample("c\($0)").live() }).snapshot()
        let lines = log.sequences.compactMap { log[$0].map(SessionExport.line) }
        let path = folder.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let bytes = Array(lines.joined(separator: [0x0A]))
        DispatchQueue.global().async {
            let number = open(path, O_WRONLY)
            _ = write(number, bytes, bytes.count)
            close(number)
        }
        let record = try ExportRecord(path)
        var read: [[UInt8]] = []
        try record.forEachCall(in: record.always) { read.append(SessionExport.line($0)) }
        #expect(read == lines)
    }

    @Test(arguments: [
        Row("row 12: an endless device", "/dev/zero", "it is a device"), Row("row 11: a folder", "/", "it is a folder"),
        Row("nothing", "/nothing", "no such file"),
    ])
    func whatIsNoFileIsNamed(row: Row<String, String>) {
        do {
            _ = try ExportRecord(row.input)
            Issue.record("it was read")
        } catch {
            #expect(error.message == "cannot read \(row.input): \(row.expected)")
        }
    }

    @Test func numbersAreMaskedAsTheServerOrTheOperatorSays() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        let server = try Server(path)
        CallSample("a").live().record(in: server.log)
        server.pass(60)
        server.journal.stop(within: 20)
        func isMasked(_ record: any DeskRecord, _ choice: Bool? = nil) throws -> Bool? {
            try RecordPlayer(record, masks: choice).end().status?.masksNumbers
        }
        var status = ServerStatus.unknown
        (status.masksNumbers, status.timeZone) = (true, "Asia/Tokyo")
        #expect(try isMasked(JournalRecord(path)) == false)
        #expect(try isMasked(JournalRecord(path), true) == true)
        #expect(try isMasked(JournalRecord(path, of: status)) == true)
        #expect(try isMasked(JournalRecord(path, of: status), false) == false)
        let alone = try JournalCalls(path)
        #expect(alone.zone == "Europe/Amsterdam" && !alone.masksNumbers)
        let served = try JournalCalls(path, of: status)
        #expect(served.zone == "Asia/Tokyo" && served.masksNumbers)
    }

    @Test func theTimeBetweenTwoServersIsThatOfTheLastOne() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("calls.sqlite")
        try Server(path).journal.stop(within: 20)
        let second = try Server(path)
        second.pass(0)
        second.journal.stop(within: 20)
        let desk = try JournalRecord(path).desk(at: Instant.sample.advanced(bySeconds: 30))
        #expect(desk.at == .sample)
        #expect(desk.remarks.count == 1)
    }
}
