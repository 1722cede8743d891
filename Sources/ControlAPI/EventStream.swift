// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import WireFormat
import EventLog
import CallAnswering

/// One follower of the log; it is asked for the next piece when the last one is on its way, so a slow reader only misses.
actor EventStream {
    private let api: ControlAPI
    private var cursor: UInt64
    private let tellsDesk: Bool
    private var hasGreeted = false
    private var seenBeats: UInt64 = 0
    private var deskVersion: UInt64?
    /// When a line or an override next changes by itself.
    private var deskUntil: Instant?
    /// The counters that were sent last; `nil` before the first time.
    private var sentCounts: [Int]?

    /// How many events go out in one piece; with the pause between two pieces it bounds what a follower can cost.
    private static let mostEvents = 100
    private static let pause = Duration.milliseconds(25)
    /// A follower that is silent for longer hears an empty line, so that it knows that somebody is there.
    private static let silence = Duration.seconds(15)

    init(api: ControlAPI, cursor: UInt64, tellsDesk: Bool) {
        self.api = api
        self.cursor = cursor
        self.tellsDesk = tellsDesk
    }

    /// Returns the next lines, and waits until there are any; `nil` when it is cancelled.
    func next() async -> [UInt8]? {
        guard hasGreeted else {
            hasGreeted = true
            let hello = Self.line(.hello(instance: api.instance, cursor: cursor, version: api.house.version))
            return hello + (tellsDesk ? refusals() : []) + news()
        }
        do {
            try await Task.sleep(for: Self.pause)
        } catch {
            return nil
        }
        while !Task.isCancelled {
            seenBeats = api.pulse.count
            let news = news()
            if !news.isEmpty { return news }
            let wait = untilChange
            await api.pulse.sleep(after: seenBeats, atMost: min(wait, Self.silence))
            if api.pulse.count == seenBeats, wait > Self.silence, !Task.isCancelled { return [0x0A] }
        }
        return nil
    }

    /// What there is to tell now.
    private func news() -> [UInt8] {
        let batch = api.log.events(after: cursor, atMost: Self.mostEvents)
        cursor = batch.next
        let bytes = StreamLine.lines(of: batch).flatMap(Self.line)
        return tellsDesk ? bytes + deskNews() : bytes
    }

    /// Why the newest requests were refused, also before the follower came.
    private func refusals() -> [UInt8] {
        api.log.snapshot().refusals.flatMap { Self.line(.event(.refused($0), cursor: cursor)) }
    }

    private static func line(_ line: StreamLine) -> [UInt8] { line.bytes + [0x0A] }

    private func deskNews() -> [UInt8] {
        var bytes: [UInt8] = []
        let now = api.clock.now()
        let version = api.desk.version
        if deskVersion != version || deskUntil.map({ $0 <= now }) ?? false {
            let status = api.house.status()
            deskVersion = version
            deskUntil = (status.lines.compactMap(\.until) + status.overrides.compactMap(\.until)).min()
            bytes += Self.line(.status(status))
        }
        let totals = api.log.snapshot().totals
        let counts = totals.counts
        if counts != sentCounts {
            sentCounts = counts
            bytes += Self.line(.totals(totals))
        }
        return bytes
    }

    /// How long it is until the desk changes by itself.
    private var untilChange: Duration {
        guard tellsDesk, let deskUntil else { return .seconds(3600) }
        return max(.milliseconds(1), .microseconds(deskUntil.microseconds(since: api.clock.now()) + 1000))
    }
}
