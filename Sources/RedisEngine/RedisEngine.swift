// SPDX-License-Identifier: Apache-2.0

import Calls
import NIOCore
import NIOPosix
package import Sharing
import Synchronization

/// Redis, or Valkey, as the place where replicas of one desk meet.
///
/// It has three connections, since one that waits for batches or is subscribed takes no other commands, and an event loop of
/// its own, so that it never takes time from calls. A change that Redis confirmed can still be lost when a copy takes over;
/// the replicas notice and propose it again.
package final class RedisEngine: Engine {
    private let settings: EngineSettings
    private let keys: Keys
    private let group: MultiThreadedEventLoopGroup
    private let commands: Link
    private let reading: Link
    private let subscription: Subscription
    private let known = Mutex(Known())

    /// What needs not be asked again.
    private struct Known {
        var state: EngineState?
        var sources: [ReplicaName] = []
        var sourcesReadAt: ContinuousClock.Instant?
        var registeredAt: [ReplicaName: ContinuousClock.Instant] = [:]
    }

    /// How many lines of the audit are kept.
    private static let mostLines = 10_000
    /// How many batches of a replica are kept, about.
    private static let mostBatches = 4096
    /// How many of a replica are read at once.
    private static let batchesInPage = 32
    /// How long a replica without news, or calls that nobody adds to, are kept, in seconds.
    private static let forgotten = 3600
    /// How long Redis may wait for batches in one command.
    private static let longestWait = Duration.seconds(1)
    /// How long a change waits for a copy of Redis.
    private static let copyPatience = Duration.milliseconds(100)

    package init(_ settings: EngineSettings) {
        self.settings = settings
        keys = Keys(desk: settings.desk.text)
        group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        commands = Link(settings, purpose: "commands", scripts: Script.allCases, on: group)
        reading = Link(settings, purpose: "calls", on: group)
        subscription = Subscription(settings, channel: keys.nudge, on: group)
    }

    /// Closes its connections and ends its event loop.
    package func shutDown() async {
        await subscription.end()
        await commands.end()
        await reading.end()
        await withCheckedContinuation { done in
            group.shutdownGracefully { _ in done.resume() }
        }
    }
}

// Asking.
extension RedisEngine {
    /// Sends commands on a link; an error of Redis among the replies is returned, not thrown.
    private func ask(
        _ link: Link, _ commands: [RedisCommand], isChange: Bool = false, within time: Duration? = nil
    ) async throws(EngineError) -> [RedisReply] {
        let connection = try await link.open().connection
        let replies: [RedisReply]
        do {
            replies = try await connection.send(commands, within: time)
        } catch {
            throw error.engineError(isChange: isChange)
        }
        for case .error(let text) in replies where RedisProblem(text).kind == .readOnly {
            await link.drop(connection)
        }
        return replies
    }

    /// The only reply to a command that asks.
    private func ask(_ command: RedisCommand) async throws(EngineError) -> RedisReply {
        try Self.checked(try await ask(commands, [command])[0])
    }

    /// Calls a script by its digest, or with its text where Redis does not know it.
    ///
    /// `before` is asked in front of it.
    private func run(
        _ script: Script, keys: [String], _ arguments: [[UInt8]], after before: [RedisCommand] = []
    ) async throws(EngineError) -> (before: [RedisReply], reply: RedisReply) {
        let tail = ([String(script.keys)] + keys).map { Array($0.utf8) } + arguments
        let whole = RedisCommand("EVAL", script.text).adding(tail)
        let digest = try await commands.open().digests[script]
        let command = digest.map { RedisCommand("EVALSHA", $0).adding(tail) } ?? whole
        var replies = try await ask(commands, before + [command], isChange: true)
        if case .error(let text)? = replies.last, RedisProblem(text).kind == .noScript {
            replies = try await ask(commands, before + [whole], isChange: true)
        }
        return (replies.dropLast(), try Self.checked(replies[replies.count - 1]))
    }

    private static func checked(_ reply: RedisReply) throws(EngineError) -> RedisReply {
        if case .error(let text) = reply { throw RedisProblem(text).engineError }
        return reply
    }

    private static let unreadable = EngineError.refused("what Redis keeps under the keys of this desk cannot be read")
}

// The state.
extension RedisEngine {
    package func read() async throws(EngineError) -> EngineState? {
        let id = try await ask(RedisCommand("HGET", keys.desk, "id"))
        if id == .null { return nil }
        // Replicas ask four times a second, and it hardly ever changes.
        if let state = known.withLock({ $0.state }), id.text == state.id.description { return state }
        let fields = try await ask(RedisCommand("HMGET", keys.desk, "epoch", "version", "id", "document"))
        guard let fields = fields.elements else { throw Self.unreadable }
        if fields.allSatisfy({ $0 == .null }) { return nil }
        return try remember(fields)
    }

    private func remember(_ fields: some Collection<RedisReply>) throws(EngineError) -> EngineState {
        let fields = Array(fields)
        guard fields.count == 4, let epoch = fields[0].text.flatMap({ StateID($0) }),
            let version = fields[1].number.flatMap({ Int(exactly: $0) }), version > 0,
            let id = fields[2].text.flatMap({ StateID($0) }), let document = fields[3].bytes
        else { throw Self.unreadable }
        let state = EngineState(epoch: epoch, version: version, id: id, document: document)
        known.withLock { $0.state = state }
        return state
    }

    package func propose(
        _ state: EngineState, audit: [EngineLine], expecting: StateID?
    ) async throws(EngineError) -> Proposal {
        let fields = [
            expecting?.description ?? "", "\(state.epoch)", "\(state.version)", "\(state.id)",
        ].map { Array($0.utf8) }
        let rest = [Array(keys.nudge.utf8), Array("\(Self.mostLines)".utf8)]
        let lines = audit.flatMap { [Array("\($0.number)".utf8), $0.bytes] }
        let (role, reply) = try await run(
            .propose, keys: [keys.desk, keys.audit], fields + [state.document] + rest + lines,
            after: [RedisCommand("ROLE")])
        guard let answer = reply.elements, let isAccepted = answer.first?.number else { throw Self.unreadable }
        guard isAccepted == 1 else { return .stale(answer.count == 1 ? nil : try remember(answer.dropFirst())) }
        return .accepted(keptBy: await copies(role.first))
    }

    /// How many copies of Redis have the change; `nil` if it has none, or does not say so.
    ///
    /// Outside of the script, where it would not wait. The change is made already, so no failure counts.
    private func copies(_ role: RedisReply?) async -> Int? {
        guard let role = role?.elements, role.count > 2, role[2].elements?.isEmpty == false else { return nil }
        do {
            let wait = RedisCommand("WAIT", "1", "\(Self.copyPatience.milliseconds)")
            return try await ask(commands, [wait])[0].number.flatMap { Int(exactly: $0) }
        } catch {
            return nil
        }
    }

    package func nudges() -> AsyncStream<Void> { subscription.nudges() }

    package func audit(after line: Int) async throws(EngineError) -> [EngineLine] {
        var lines: [EngineLine] = []
        let page = 1000
        while true {
            let reply = try await ask(
                RedisCommand("ZRANGEBYSCORE", keys.audit, "(\(line)", "+inf", "LIMIT", "\(lines.count)", "\(page)"))
            guard let members = reply.elements else { throw Self.unreadable }
            for member in members {
                guard let bytes = member.bytes, let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
                    let number = Int(String(decoding: bytes[..<colon], as: UTF8.self))
                else { throw Self.unreadable }
                lines.append(EngineLine(number: number, bytes: Array(bytes[(colon + 1)...])))
            }
            guard members.count == page else { return lines }
        }
    }
}

// The replicas.
extension RedisEngine {
    package func report(_ report: EngineReport) async throws(EngineError) -> EngineTime {
        let start = ContinuousClock.now
        let (_, reply) = try await run(
            .report, keys: [keys.replicas, keys.heard],
            [Array(report.replica.text.utf8), report.document, Array("\(Self.forgotten * 1_000_000)".utf8)])
        let roundTrip = start.duration(to: .now)
        guard let parts = reply.elements, let now = Self.time(parts) else { throw Self.unreadable }
        return EngineTime(now: now, roundTrip: roundTrip)
    }

    /// Reads seconds and microseconds, as `TIME` returns them.
    private static func time(_ parts: [RedisReply]) -> Instant? {
        guard parts.count == 2, let seconds = parts[0].number, let microseconds = parts[1].number,
            (0..<1 << 40).contains(seconds), (0..<1_000_000).contains(microseconds)
        else { return nil }
        return Instant(microseconds: seconds * 1_000_000 + microseconds)
    }

    package func replicas() async throws(EngineError) -> [EngineReport] {
        let replies = try await ask(
            commands,
            [
                RedisCommand("TIME"), RedisCommand("ZRANGE", keys.heard, "0", "-1", "WITHSCORES"),
                RedisCommand("HGETALL", keys.replicas),
            ])
        for reply in replies { _ = try Self.checked(reply) }
        guard let now = replies[0].elements.flatMap(Self.time), let times = replies[1].elements,
            let documents = replies[2].elements
        else { throw Self.unreadable }
        let heard = Dictionary(Self.pairs(times)) { first, _ in first }
        // A name that no replica can have is none of ours.
        return Self.pairs(documents).compactMap { name, document in
            guard let replica = ReplicaName(name), let bytes = document.bytes, let at = heard[name]?.number else {
                return nil
            }
            let age = max(0, now.microseconds.subtractingReportingOverflow(at).partialValue)
            return EngineReport(replica: replica, document: bytes, age: .microseconds(age))
        }.sorted { $0.replica < $1.replica }
    }

    private static func pairs(_ elements: [RedisReply]) -> [(String, RedisReply)] {
        stride(from: 0, to: elements.count - 1, by: 2).compactMap { place in
            elements[place].text.map { ($0, elements[place + 1]) }
        }
    }
}

// Calls.
extension RedisEngine {
    package func append(_ batch: CallBatch) async throws(EngineError) {
        let stream = keys.calls(of: batch.replica.text)
        let now = ContinuousClock.now
        let add = RedisCommand(
            "XADD", stream, "MAXLEN", "~", "\(Self.mostBatches)", "*", "from", "\(batch.fromSequence)", "count",
            "\(batch.count)", "missed", "\(batch.missed)", "calls"
        ).adding([batch.bytes])
        // Calls of a replica that is gone, under a name that never comes back, do not stay for ever.
        let mustRegister = known.withLock { known in
            known.registeredAt[batch.replica].map { $0.duration(to: now) >= .seconds(1) } ?? true
        }
        let keep = mustRegister ? [RedisCommand("EXPIRE", stream, "\(Self.forgotten)")] : []
        for reply in try await ask(commands, [add] + keep, isChange: true) { _ = try Self.checked(reply) }
        guard mustRegister else { return }
        _ = try await run(
            .register, keys: [keys.sources],
            [Array(batch.replica.text.utf8), Array("\(Self.forgotten * 1_000_000)".utf8)])
        known.withLock { $0.registeredAt[batch.replica] = now }
    }

    /// Batches of this replica are left out: it has its calls.
    package func batches(
        after cursors: [ReplicaName: BatchCursor], waiting: Duration
    ) async throws(EngineError) -> [ReplicaName: BatchPage] {
        let end = ContinuousClock.now + waiting
        while true {
            let left = min(max(ContinuousClock.now.duration(to: end), .zero), Self.longestWait)
            let places = Set(try await sources()).union(cursors.keys).subtracting([settings.replica])
                .sorted().map { replica in (replica, cursors[replica].flatMap { Place($0) } ?? .beginning) }
            let pages = try await read(places, waiting: left)
            if !pages.isEmpty || ContinuousClock.now >= end || Task.isCancelled { return pages }
        }
    }

    /// The replicas that have batches, as of a second ago at most.
    private func sources() async throws(EngineError) -> [ReplicaName] {
        let now = ContinuousClock.now
        let recent = known.withLock { known in
            known.sourcesReadAt.map { $0.duration(to: now) < .seconds(1) } == true ? known.sources : nil
        }
        if let recent, !recent.isEmpty { return recent }
        let reply = try Self.checked(try await ask(reading, [RedisCommand("ZRANGE", keys.sources, "0", "-1")])[0])
        guard let names = reply.elements else { throw Self.unreadable }
        let sources = names.compactMap { $0.text.flatMap { ReplicaName($0) } }
        known.withLock { known in
            known.sources = sources
            known.sourcesReadAt = now
        }
        return sources
    }

    /// Where a reader is in the stream of a replica.
    private struct Place {
        /// The entry that was read last.
        let entry: String
        /// The sequence number that comes next; `nil` at the beginning.
        let next: UInt64?

        static let beginning = Place(entry: "0-0", next: nil)

        init(entry: String, next: UInt64?) {
            self.entry = entry
            self.next = next
        }

        init?(_ cursor: BatchCursor) {
            let parts = cursor.text.split(separator: " ")
            guard parts.count == 2, let next = UInt64(parts[1]) else { return nil }
            self.init(entry: String(parts[0]), next: next)
        }
    }

    private func read(
        _ places: [(ReplicaName, Place)], waiting: Duration
    ) async throws(EngineError) -> [ReplicaName: BatchPage] {
        guard !places.isEmpty else {
            // Nobody has batches yet; there is nothing that Redis could wait for.
            await pause(min(waiting, .milliseconds(100)))
            return [:]
        }
        var command = RedisCommand("XREAD", "COUNT", "\(Self.batchesInPage)")
        // Zero would wait for ever.
        if waiting.milliseconds > 0 { command = command.adding("BLOCK", "\(waiting.milliseconds)") }
        command = command.adding("STREAMS").adding(places.map { Array(keys.calls(of: $0.0.text).utf8) })
            .adding(places.map { Array($0.1.entry.utf8) })
        let reply = try Self.checked(
            try await ask(reading, [command], within: waiting + settings.patience)[0])
        let streams = reply.elements ?? []
        var pages: [ReplicaName: BatchPage] = [:]
        for (replica, place) in places {
            let stream = RedisReply.bytes(Array(keys.calls(of: replica.text).utf8))
            guard let found = streams.lazy.compactMap(\.elements).first(where: { $0.count == 2 && $0[0] == stream }),
                let entries = found[1].elements
            else { continue }
            pages[replica] = Self.page(entries, of: replica, after: place)
        }
        return pages
    }

    private func pause(_ time: Duration) async {
        do {
            try await Task.sleep(for: time)
        } catch {
            // The reader was cancelled, and looks.
        }
    }

    private static func page(_ entries: [RedisReply], of replica: ReplicaName, after place: Place) -> BatchPage? {
        var (last, next, gap) = (place.entry, place.next, 0 as UInt64)
        var batches: [CallBatch] = []
        for entry in entries.lazy.compactMap(\.elements) {
            guard entry.count == 2, let id = entry[0].text else { continue }
            last = id
            // One that cannot be read is a hole before the next one.
            guard let batch = batch(entry[1].elements ?? [], of: replica) else { continue }
            if let expected = next, batch.fromSequence > expected {
                let hole = batch.fromSequence - expected
                gap += hole - min(hole, batch.missed)
            }
            next = batch.fromSequence &+ UInt64(batch.count)
            batches.append(batch)
        }
        guard last != place.entry else { return nil }
        return BatchPage(batches: batches, cursor: BatchCursor(text: "\(last) \(next ?? 0)"), gap: gap)
    }

    private static func batch(_ fields: [RedisReply], of replica: ReplicaName) -> CallBatch? {
        let values = Dictionary(pairs(fields)) { first, _ in first }
        guard let from = values["from"]?.text.flatMap({ UInt64($0) }), from < 1 << 62,
            let count = values["count"]?.text.flatMap({ UInt32($0) }),
            let missed = values["missed"]?.text.flatMap({ UInt64($0) }), let bytes = values["calls"]?.bytes
        else { return nil }
        return CallBatch(
            replica: replica, fromSequence: from, count: Int(count), bytes: bytes, missed: min(missed, from))
    }
}

extension RedisEngine {
    /// What an operator should know of the settings of Redis, as sentences; nothing where it does not tell them.
    package func warnings() async throws(EngineError) -> [String] {
        guard let info = try await ask(commands, [RedisCommand("INFO", "memory")])[0].text else { return [] }
        let values = Dictionary(
            info.split(whereSeparator: \.isNewline).compactMap { line -> (Substring, Substring)? in
                let parts = line.split(separator: ":", maxSplits: 1)
                return parts.count == 2 ? (parts[0], parts[1]) : nil
            }
        ) { first, _ in first }
        guard let policy = values["maxmemory_policy"], policy != "noeviction", values["maxmemory"] != "0" else {
            return []
        }
        return ["Redis may evict the state of this desk when it is full; set maxmemory-policy to noeviction"]
    }
}
