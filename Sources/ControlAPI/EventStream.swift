// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ControlServer
import EventLog
import Overrides
import WireFormat

extension ControlAPI {
    /// Streams events as JSON lines: from a cursor, from now on, or everything that is still kept.
    ///
    /// With `with=desk` the stream also has the status and the totals, whenever they change. After `heartbeat` seconds
    /// without a line it has an empty one.
    func events(_ request: ControlRequest) -> ControlReply {
        let cursor: UInt64
        switch request.query("after") {
        case nil, "": cursor = 0
        case "now": cursor = log.cursor
        case .some:
            guard let number = request.number("after", in: ControlRequest.positions, else: 0) else {
                return .failure(
                    status: 400, code: "bad_query", message: "after must be a cursor of the stream, or `now`")
            }
            cursor = min(number, log.cursor)
        }
        let with = request.query("with")
        guard with == nil || with == "desk" else {
            return .failure(status: 400, code: "bad_query", message: "with must be `desk`")
        }
        guard
            let seconds = request.number(
                "heartbeat", in: EventStream.heartbeats, else: EventStream.usualHeartbeat)
        else {
            let (least, most) = (EventStream.heartbeats.lowerBound, EventStream.heartbeats.upperBound)
            return .failure(
                status: 400, code: "bad_query",
                message: "heartbeat must be a number of seconds from \(least) to \(most)")
        }
        let stream = EventStream(api: self, cursor: cursor, hasStatus: with != nil, heartbeat: .seconds(Int64(seconds)))
        return ControlReply(contentType: "application/jsonl", body: .stream { await stream.next() })
    }
}

/// One follower of the log; the next piece is produced when the last one is on its way, so a slow reader misses events.
actor EventStream {
    private let api: ControlAPI
    private var cursor: UInt64
    private let hasStatus: Bool
    private var hasBegun = false
    private var seenChanges: UInt64 = 0
    private var sentVersion: UInt64?
    /// When a line or an override next changes by itself.
    private var statusUntil: Instant?
    /// The counters that were sent last; `nil` before the first time.
    private var sentCounts: [Int]?
    private var sentLines: Set<LineCount> = []
    /// The hour in which they were sent: another one may have another usual time between two calls.
    private var sentHour: Int64?

    /// How many events go out in one piece; with the pause between two pieces it bounds what a follower can cost.
    private static let mostEvents = 100
    private static let pause = Duration.milliseconds(25)
    /// After how many seconds of silence an empty line shows the follower that the server is alive.
    static let usualHeartbeat: UInt64 = 15
    /// The seconds that a follower can choose.
    static let heartbeats: ClosedRange<UInt64> = 1...60
    private let heartbeat: Duration

    init(api: ControlAPI, cursor: UInt64, hasStatus: Bool, heartbeat: Duration) {
        self.heartbeat = heartbeat
        self.api = api
        self.cursor = cursor
        self.hasStatus = hasStatus
    }

    /// Returns the next lines, and waits until there are any; `nil` when it is cancelled.
    func next() async -> [UInt8]? {
        guard hasBegun else {
            hasBegun = true
            let hello = Self.line(.hello(instance: api.instance, cursor: cursor, version: api.dependencies.version))
            return hello + (hasStatus ? recent() : []) + due()
        }
        do {
            try await Task.sleep(for: Self.pause)
        } catch {
            return nil
        }
        while !Task.isCancelled {
            seenChanges = api.changes.count
            let lines = due()
            if !lines.isEmpty { return lines }
            let wait = untilChange
            await api.changes.sleep(after: seenChanges, atMost: min(wait, heartbeat))
            if api.changes.count == seenChanges, wait > heartbeat, !Task.isCancelled { return [0x0A] }
        }
        return nil
    }

    /// The lines that are due now.
    private func due() -> [UInt8] {
        let batch = api.log.events(after: cursor, atMost: Self.mostEvents)
        cursor = batch.next
        let bytes = StreamLine.lines(of: batch).flatMap(Self.line)
        return hasStatus ? bytes + status() : bytes
    }

    /// Why the newest requests were refused and what was done at the desk, including before the stream began.
    private func recent() -> [UInt8] {
        let snapshot = api.log.snapshot()
        return snapshot.refusals.flatMap { Self.line(.event(.refused($0), cursor: cursor)) }
            + snapshot.deskEvents.flatMap { Self.line(.event(.desk($0), cursor: cursor)) }
    }

    private static func line(_ line: StreamLine) -> [UInt8] { line.bytes + [0x0A] }

    private func status() -> [UInt8] {
        var bytes: [UInt8] = []
        let now = api.clock.now()
        let version = api.overrideService.version
        if sentVersion != version || statusUntil.map({ $0 <= now }) ?? false {
            let status = api.dependencies.status()
            sentVersion = version
            statusUntil = status.nextEnd(after: now)
            bytes += Self.line(.status(status))
        }
        let log = api.log.snapshot()
        let counts = log.totals.counts
        let hour = now.seconds / 3600
        guard counts != sentCounts || hour != sentHour else { return bytes }
        if counts != sentCounts { bytes += Self.line(.totals(log.totals)) }
        sentCounts = counts
        sentHour = hour
        let lines = log.lines.all(at: now)
        let changed = lines.filter { !sentLines.contains($0) }
        sentLines = Set(lines)
        return changed.isEmpty ? bytes : bytes + Self.line(.lines(changed))
    }

    /// How long it is until the status changes by itself.
    private var untilChange: Duration {
        guard hasStatus, let statusUntil else { return .seconds(3600) }
        return max(.milliseconds(1), .microseconds(statusUntil.microseconds(since: api.clock.now()) + 1000))
    }
}
