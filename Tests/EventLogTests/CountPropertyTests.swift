// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog
import TestSupport
import Testing

/// The counts against those of a client that remembers every call which it made, under random traffic.
@Suite struct CountPropertyTests {
    /// How much the log keeps, and how long after its last webhook a call may still get one, in seconds.
    struct Setting: Sendable, CustomTestStringConvertible {
        let keep: Int
        let patience: Int64
        let seed: UInt64

        var testDescription: String { "\(keep) calls, seed \(seed)" }
    }

    static let settings =
        (1...8).map { Setting(keep: 10_000, patience: 100_000, seed: $0) }
        // Of a call that was evicted, no news is expected after some minutes.
        + (1...8).map { Setting(keep: 4, patience: 250, seed: 100 + $0) }

    private static let lines: [PhoneNumber] = ["+31201234567", "+31201234568", "+31850835037"]
    private static let numbers = lines.map(\.description) + ["+4930123456", "anonymous"]

    @Test(arguments: settings) func addUpToWhatAClientCounted(_ setting: Setting) {
        var random = SeededGenerator(seed: setting.seed)
        let log = EventLog(keep: Retention(calls: setting.keep, bytes: 1 << 30))
        log.use(Self.lines.map { CountedLine(number: $0, group: nil) })
        var client = Client()
        for step in 0..<600 {
            client.now = client.now.advanced(bySeconds: .random(in: 0...(step % 100 == 0 ? 4000 : 12), using: &random))
            if client.calls.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
                client.begin(
                    "call-with-a-long-id-\(step)", to: Self.numbers.randomElement(using: &random) ?? "", in: log,
                    &random)
            } else {
                client.goOn(in: log, within: setting.patience, &random)
            }
            guard step % 7 == 0 else { continue }
            log.sweep(at: client.now)
            let snapshot = log.snapshot()
            let expected = client.counts(of: nil)
            #expect(snapshot.totals.outcomes == expected, "step \(step)")
            #expect(snapshot.totals.calls == client.calls.count)
            #expect(snapshot.totals.calls == snapshot.totals.outcomes.calls, "each call has one outcome")
            var sum = snapshot.lines.others(than: Self.lines)
            for line in Self.lines {
                let counts = snapshot.lines[line: line] ?? OutcomeCounts()
                #expect(counts == client.counts(of: [line.description]), "\(line) at step \(step)")
                #expect(log.live.count(on: line) == counts.live + counts.ringing)
                sum = sum + counts
            }
            #expect(sum == snapshot.totals.outcomes, "lines and other numbers add up")
            for sequence in snapshot.sequences {
                guard let call = snapshot[sequence], let mine = client.calls[call.id.text] else { continue }
                if call.answered != nil { #expect(call.outcome(at: client.now) == mine.outcome(at: client.now)) }
            }
        }
        #expect(client.calls.count > 100)
        if setting.keep < 100 { #expect(log.snapshot().totals.evicted > 50) }
    }
}

/// A client that made some calls and knows what it sent; it shares no code with the log.
private struct Client {
    struct Call {
        let line: String
        let rejectedBy: RejectedBy?
        let isLate: Bool
        let isTagged: Bool
        let most: Int64
        let begun: Instant
        var events: [(at: Instant, word: String, echo: Webhook.Echo)] = []

        var lastAt: Instant { events.last?.at ?? begun }

        /// The first moment at which the agent was heard of, if it ever was.
        private var live: Instant? {
            events.first { ["in-progress", "tools"].contains($0.word) && !isOver(before: $0.at) }?.at
        }

        private func isOver(before moment: Instant) -> Bool {
            rejectedBy == nil
                && events.contains { ["ended", "report", "ended-with-error"].contains($0.word) && $0.at < moment }
        }

        func outcome(at now: Instant) -> CallOutcome {
            if let rejectedBy, live == nil { return .rejected(rejectedBy) }
            let relevant = rejectedBy == nil ? events : events.filter { $0.at >= (live ?? begun) }
            if relevant.contains(where: { $0.word == "ended-with-error" }) { return .failed }
            if relevant.contains(where: { ["ended", "report"].contains($0.word) }) { return .ended }
            let silence = now.microseconds - lastAt.microseconds
            guard let live else { return silence > 120_000_000 ? .noNews : .ringing }
            let lasted = now.microseconds - live.microseconds
            return lasted > (most + 300) * 1_000_000 && silence > 300_000_000 ? .noNews : .live
        }

        var isNotApplied: Bool {
            if rejectedBy != nil { return live != nil }
            return isTagged && events.first { $0.echo != .none }.map { $0.echo == .untagged } ?? false
        }
    }

    var now = Instant.sample
    private(set) var calls: [String: Call] = [:]
    private var order: [String] = []

    mutating func begin(_ id: String, to number: String, in log: EventLog, _ random: inout SeededGenerator) {
        let deciders: [(Decider, RejectedBy)] = [
            (.hours("office"), .hours), (.override(.all), .operator), (.rule("blocked"), .rule),
            (.unknownLine, .unknownLine),
        ]
        let most = Int64.random(in: 30...900, using: &random)
        var sample = CallSample(id).with(\.to, number)
            .with(\.at, Double(now.microseconds - Instant.sample.microseconds) / 1_000_000)
            .with(\.reply, "{\"assistant\":{\"first_message\":\"hi\"},\"max_duration_seconds\":\(most)}")
        var rejectedBy: RejectedBy?
        var isLate = false
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let (decider, cause) = deciders.randomElement(using: &random) ?? deciders[0]
            sample = sample.rejected(by: decider)
            rejectedBy = cause
        case 2:
            sample = sample.standard(by: .deadline)
            isLate = true
        default: break
        }
        sample.record(in: log)
        calls[id] = Call(
            line: number, rejectedBy: rejectedBy, isLate: isLate, isTagged: sample.isTagged, most: most, begun: now)
        order.append(id)
    }

    /// Sends a webhook of one of the newer calls, or its assistant-request again.
    mutating func goOn(in log: EventLog, within patience: Int64, _ random: inout SeededGenerator) {
        guard let id = order.suffix(12).randomElement(using: &random), let call = calls[id],
            now.microseconds - call.lastAt.microseconds < patience * 1_000_000
        else { return }
        let events: [(String, Webhook.Event)] = [
            ("in-progress", .status(.inProgress, reason: nil)), ("ended", .status(.ended, reason: nil)),
            ("ended-with-error", .status(.endedWithError, reason: "x")), ("tools", .toolCalls(names: ["book"])),
            ("report", .report(CallReport(seconds: 3, summary: "", endReason: nil))),
            ("ringing", .status(.ringing, reason: nil)), ("connecting", .status(CallStatus("connecting"), reason: nil)),
            ("noise", .other(type: "speech")),
        ]
        let (word, event) = events.randomElement(using: &random) ?? events[0]
        let echo: Webhook.Echo =
            [.none, .untagged, .decision("d-\(id)")].randomElement(using: &random) ?? .none
        log.record(
            Webhook(call: CallSample(id).with(\.to, call.line).answered.request, event: event, echo: echo), at: now,
            body: [])
        // The clock never stands still between two webhooks of a call, so that their order is known.
        calls[id]?.events.append((now, word, echo))
        now = Instant(microseconds: now.microseconds + 1)
    }

    /// What the client counted on some lines, or on all.
    func counts(of lines: [String]?) -> OutcomeCounts {
        calls.values.filter { lines?.contains($0.line) ?? true }.reduce(OutcomeCounts()) { sum, call in
            var counts = OutcomeCounts()
            counts[call.outcome(at: now)] = 1
            return sum + counts
        }.with(
            late: calls.values.count { $0.isLate && (lines?.contains($0.line) ?? true) },
            notApplied: calls.values.count { $0.isNotApplied && (lines?.contains($0.line) ?? true) })
    }
}

extension OutcomeCounts {
    fileprivate func with(late: Int, notApplied: Int) -> OutcomeCounts {
        var counts = self
        for (key, path) in Self.keys {
            if key == "late" { counts[keyPath: path] = late }
            if key == "not_applied" { counts[keyPath: path] = notApplied }
        }
        return counts
    }
}
