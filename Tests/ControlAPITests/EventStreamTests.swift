// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import ControlAPI
import ControlServer
import WireFormat
import EventLog
import CallAnswering
import Synchronization
import TestSupport
import Testing

/// Following the log as a stream of lines.
@Suite(.timeLimit(.minutes(5))) struct EventStreamTests {
    private func stream(_ bench: ControlBench, _ query: [(String, String)]) async throws -> ControlBody.NextPiece {
        let reply = try await bench.ask("GET", "/v1/events", query: query)
        guard case .stream(let next) = reply.body else { throw NoStream() }
        return next
    }

    private struct NoStream: Error {}

    private func lines(_ bytes: [UInt8]?) throws -> [String] {
        try (bytes ?? []).split(separator: 0x0A).map { line in
            switch try StreamLine(Array(line)) {
            case .hello(let instance, let cursor, _): "hello \(instance) \(cursor)"
            case .event(.answered(let call), let cursor): "call \(call.id.text) \(cursor)"
            case .event(_, let cursor): "event \(cursor)"
            case .dropped(let count, let cursor): "dropped \(count) \(cursor)"
            case .status(let status): "status \(status.overrides.count)"
            case .totals(let totals): "totals \(totals.calls)"
            case .lines(let lines): "lines \(lines.reduce(0) { $0 + $1.counts.calls })"
            case .unknown(let name): name
            }
        }
    }

    @Test func itBeginsWithAllThatIsKeptAndGoesOnWithWhatComes() async throws {
        let bench = ControlBench([CallSample("a"), CallSample("b")])
        let next = try await stream(bench, [])
        #expect(try lines(await next()) == ["hello run-1 0", "call a 1", "call b 2"])
        async let piece = next()
        CallSample("c").record(in: bench.log)
        #expect(try lines(await piece) == ["call c 3"])
    }

    @Test func itGoesOnFromACursorOrFromNow() async throws {
        let bench = ControlBench([CallSample("a"), CallSample("b")])
        #expect(try lines(await stream(bench, [("after", "1")])()) == ["hello run-1 1", "call b 2"])
        #expect(try lines(await stream(bench, [("after", "now")])()) == ["hello run-1 2"])
    }

    @Test func itReportsEventsEvictedBeforeTheyWereSent() async throws {
        let bench = ControlBench((1...5000).map { CallSample("c-\($0)") }, keep: 10)
        let received = try lines(await stream(bench, [])())
        #expect(received.prefix(3) == ["hello run-1 0", "dropped 904 904", "call c-905 905"])
        #expect(received.count == 102, "a piece holds a hundred events at most")
    }

    @Test func aDashboardReceivesTheStatus() async throws {
        let bench = ControlBench([CallSample("a")])
        let next = try await stream(bench, [("after", "now"), ("with", "desk")])
        #expect(try lines(await next()) == ["hello run-1 1", "status 0", "totals 1", "lines 1"])
        async let piece = next()
        let command = OverrideCommand.begin(.closed(says: "Shut."), scopes: [.all], reason: "", until: .reopened)
        _ = try await bench.overrides.carryOut(command, by: Operator(user: "anna"))
        var received = try lines(await piece)
        // The change and what it is called are lines one after the other.
        if received == ["status 1"] { received += try lines(await next()) }
        #expect(Set(received) == ["event 2", "status 1"])
    }

    @Test func aLaterDashboardReceivesEarlierRefusals() async throws {
        let bench = ControlBench([CallSample("a")])
        bench.log.record(.badSignature, from: "203.0.113.9", at: .sample)
        let next = try await stream(bench, [("after", "now"), ("with", "desk")])
        #expect(try lines(await next()) == ["hello run-1 2", "event 2", "status 0", "totals 1", "lines 1"])
        let plain = try await stream(bench, [("after", "now")])
        #expect(try lines(await plain()) == ["hello run-1 2"])
    }

    @Test func aDashboardGetsTheTotalsAgainWhenACounterMoves() async throws {
        let bench = ControlBench([CallSample("a")])
        let next = try await stream(bench, [("after", "now"), ("with", "desk")])
        _ = await next()
        _ = bench.log.answerAgain(CallID("a"), at: .sample, body: [])
        #expect(try lines(await next()) == ["event 2", "totals 1"])
    }

    @Test("row 1: silence is broken by an empty line after the chosen time")
    func aHeartbeatIsSentInSilence() async throws {
        let next = try await stream(ControlBench(), [("after", "now"), ("heartbeat", "1")])
        _ = await next()
        let usual = try await stream(ControlBench(), [("after", "now")])
        _ = await usual()
        let isFirst = Mutex(true)
        let waiting = Task {
            _ = await usual()
            isFirst.withLock { $0 = false }
        }
        #expect(await next() == [0x0A])
        #expect(isFirst.withLock { $0 }, "it came no sooner than without a chosen time")
        waiting.cancel()
    }

    @Test func aReleasedFollowerStopsWaiting() async throws {
        let bench = ControlBench()
        let next = try await stream(bench, [])
        _ = await next()
        let waiting = Task { await next() }
        waiting.cancel()
        #expect(await waiting.value == nil)
    }
}
