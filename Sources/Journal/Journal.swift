// SPDX-License-Identifier: Apache-2.0

package import Calls
package import EventLog
package import Overrides
import Synchronization
package import WireFormat

/// The record of calls on disk: a follower of the event log, and a writer that follows that.
///
/// One thread takes events out of the log into a queue that is bounded in bytes, another writes the queue, so that a slow
/// disk never makes the log drop events. Neither holds a lock that answering a call needs for longer than any follower does.
package final class Journal: Sendable {
    /// What a journal is set up with.
    package struct Options: Sendable {
        package let path: String
        package let contents: KeptContents
        package let limits: JournalLimits
        /// Whether the rules file and the files that it names are kept.
        package let files: Bool
        /// About how many bytes may wait for the disk.
        package let mostQueued: Int
        /// The version of the program.
        package let version: String

        package init(
            path: String, contents: KeptContents, limits: JournalLimits, files: Bool = true,
            mostQueued: Int = 64 << 20, version: String
        ) {
            self.path = path
            self.contents = contents
            self.limits = limits
            self.files = files
            self.mostQueued = mostQueued
            self.version = version
        }
    }

    /// Something about the journal that people should know.
    package struct News: Hashable, Sendable {
        /// One sentence.
        package let words: String
        package let isAlert: Bool

        package init(words: String, isAlert: Bool) {
            self.words = words
            self.isAlert = isAlert
        }
    }

    let options: Options
    let log: EventLog
    let now: @Sendable () -> Instant
    /// Nanoseconds since some fixed moment.
    let ticks: @Sendable () -> UInt64
    let report: @Sendable (News) -> Void
    /// Is called for each number that the journal has forgotten, with the calls that were of it.
    let forgot: @Sendable (ForgottenNumber, Set<CallID>) -> Void
    /// Whether a server ran here before, so that a new file lacks its calls.
    let followsOthers: Bool
    /// When this session began.
    let startedAt: Instant
    /// Names this session in the journal.
    let sessionKey = "\(UInt64.random(in: .min ... .max))-\(UInt64.random(in: .min ... .max))"
    let state: Mutex<State>
    let wakeFollower = ThreadWaker()
    let wakeWriter = ThreadWaker()
    /// Raised when the last change is written, or writing was given up.
    let finished = Gate()
    let restored = Gate()

    /// What the threads share.
    struct State {
        var queue: JournalQueue
        var rules = UsedRulesQueue()
        var health = JournalStatus.State.writing
        var written = 0
        var fileBytes = 0
        /// When the oldest change of the batch in hand came, and how many bytes that is.
        var inHand: (since: UInt64, bytes: Int, calls: Int, events: Int)?
        var isStarted = false
        /// When the stop was asked for, in nanoseconds; `nil` before.
        var stoppedAt: UInt64?
        /// Whether the stop waits no longer.
        var isGivenUp = false
        /// Whether everything in the log was taken into the queue after the stop.
        var isPulled = false
        /// What was found wrong by a reader, for the writer to deal with.
        var damage: JournalProblem?
        /// The journal at the start, for the writer.
        var opened: OpenJournal?
        var numbers: CallNumbers
        /// What the journal lacked when this session first opened it; `nil` before.
        var lackAtStart: Lack?
        /// The event up to which the log was taken into the queue.
        var pulled: UInt64 = 0
        /// Numbers to forget, the first of which is being forgotten.
        var forgetting: [ForgettingRequest] = []
        /// Calls that memory has no more, with new remarks that are not written yet.
        var earlier: [CallID: CallRecord] = [:]

        var isStopping: Bool { stoppedAt != nil }

        /// Calls that a journal has no more, or never had.
        enum Lack: Hashable {
            case nothing
            case callsHeardOf(until: Instant)

            var moment: Instant? {
                switch self {
                case .nothing: nil
                case .callsHeardOf(let moment): moment
                }
            }
        }

        /// What is not in the journal yet.
        var unfinished: Unfinished {
            Unfinished(
                calls: queue.calls + (inHand?.calls ?? 0) + earlier.count, events: queue.events + (inHand?.events ?? 0),
                numbers: forgetting.count, why: health.failure?.error)
        }
    }

    /// Opens the journal, and lets the log go on where the last session ended; never throws, since calls are answered anyway.
    ///
    /// The newest calls are in the log before it returns, as many as are read in `restoring` nanoseconds; ``start()`` brings
    /// the rest. It goes on with the numbers that an earlier session had to forget, and calls `forgot` for each. A new file is
    /// the record of the whole desk unless it `followsOthers`: a server that ran here before.
    package init(
        _ options: Options, log: EventLog, now: @escaping @Sendable () -> Instant,
        ticks: @escaping @Sendable () -> UInt64, restoring: UInt64 = 25_000_000,
        forgetting: [ForgottenNumber] = [], followsOthers: Bool = false,
        forgot: @escaping @Sendable (ForgottenNumber, Set<CallID>) -> Void = { _, _ in },
        report: @escaping @Sendable (News) -> Void
    ) {
        self.followsOthers = followsOthers
        startedAt = now()
        self.options = options
        self.log = log
        self.now = now
        self.ticks = ticks
        self.report = report
        self.forgot = forgot
        state = Mutex(
            State(
                queue: JournalQueue(mostBytes: options.mostQueued), numbers: CallNumbers(),
                forgetting: forgetting.map { ForgettingRequest($0, after: 0) }))
        do throws(JournalProblem) {
            let opened = try openOrReplace()
            begin(opened, within: restoring)
        } catch {
            state.withLock { $0.numbers.isFixed = true }
            restored.open()
            note(error)
        }
    }

    /// How the journal is doing.
    package var status: JournalStatus {
        let now = ticks()
        return state.withLock { state in
            let oldest = [state.queue.oldest, state.inHand?.since].compactMap(\.self).min()
            return JournalStatus(
                file: options.path, state: state.health,
                lagMilliseconds: oldest.map { $0 < now ? Int((now - $0) / 1_000_000) : 0 } ?? 0,
                queuedBytes: state.queue.bytes + (state.inHand?.bytes ?? 0), dropped: state.queue.dropped,
                written: state.written, fileBytes: state.fileBytes, lackedUntil: state.lackAtStart?.moment)
        }
    }

    /// The number of the next call in the journal; calls of this session and before it have smaller ones.
    package var nextNumber: Int64 {
        let next = log.snapshot().sequences.upperBound
        return state.withLock { $0.numbers.number(of: next) ?? .max }
    }

    /// The numbers of the calls of earlier sessions that were in progress at the start: the log counts what becomes of them.
    package var resumed: Set<Int64> { state.withLock { $0.numbers.resumed } }

    /// The path of the file.
    package var path: String { options.path }

    /// Waits until what came so far is written, or as long as `seconds`; returns whether it is.
    package func waitUntilWritten(seconds: Double) -> Bool {
        let end = ticks() + UInt64(seconds * 1e9)
        // What the log has just taken is on its way to the queue.
        repeat { wakeFollower.rest(seconds: Self.pace * 2) } while status.queuedBytes > 0 && ticks() < end
        return status.queuedBytes == 0
    }

    /// Begins to follow the log; what it has is written too.
    package func start() {
        log.watch { [wakeFollower] in wakeFollower.raise() }
        wakeFollower.raise()
        Threads.begin("journal") { self.follow() }
        // The writer takes it, and may replace it.
        let file = state.withLock { state in
            state.isStarted = true
            return state.opened?.file
        }
        Threads.begin("journal-disk", .background) { JournalWriting(self).run() }
        Threads.begin("journal-read") { self.restoreRest(from: file) }
    }

    /// Writes what waits, and closes the file; returns what could not be done within `seconds`.
    @discardableResult
    package func stop(within seconds: Double) -> Unfinished {
        let now = ticks()
        let isStarted = state.withLock { state in
            state.stoppedAt = state.stoppedAt ?? now
            if !state.isStarted { state.opened = nil }
            return state.isStarted
        }
        guard isStarted else { return state.withLock { $0.unfinished } }
        wakeFollower.raise()
        wakeWriter.raise()
        if !finished.wait(seconds: seconds) {
            state.withLock { $0.isGivenUp = true }
            // A transaction that is nearly done may be done.
            _ = finished.wait(seconds: Self.lastSeconds)
        }
        return state.withLock { $0.unfinished }
    }

    private static let lastSeconds = 0.2

    /// What a stop left undone.
    package struct Unfinished: Hashable, Sendable {
        /// Calls of which the journal lacks something.
        package let calls: Int
        /// Events of the desk and refused requests that it lacks.
        package let events: Int
        /// How many numbers it has still to forget.
        package let numbers: Int
        /// Why it cannot be written; `nil` if it can.
        package let why: String?

        package init(calls: Int = 0, events: Int = 0, numbers: Int = 0, why: String? = nil) {
            self.calls = calls
            self.events = events
            self.numbers = numbers
            self.why = why
        }
    }

    /// The requests that were refused in a period and that memory does not have, which begins with `oldest`, and how many of
    /// this session it does not have at all; none where the journal cannot be read, which its status says.
    package func refusals(in period: Period, before oldest: Instant?) -> (requests: [RefusedRequest], ofSession: Int) {
        do throws(JournalProblem) {
            return try JournalReader(options.path).refusals(in: period, besides: sessionKey, from: oldest)
        } catch {
            return ([], 0)
        }
    }

    /// Waits until the calls of earlier sessions are in the log, or as long as `seconds`.
    package func waitUntilRestored(seconds: Double) { _ = restored.wait(seconds: seconds) }
}

// Following the log.
extension Journal {
    /// The time between two looks at the log, so that a burst of calls wakes the thread once; a part of the 100 ms by which the
    /// journal may lag.
    private static let pace = 0.02
    /// How many events are taken out of the log at once.
    private static let mostAtOnce = 256

    private func follow() {
        var cursor: UInt64 = 0
        while true {
            let isLast = state.withLock { $0.isStopping }
            while true {
                let batch = log.events(after: cursor, atMost: Self.mostAtOnce)
                cursor = batch.next
                take(batch)
                state.withLock { $0.pulled = batch.next }
                if batch.events.isEmpty { break }
            }
            if isLast { break }
            if state.withLock({ !$0.forgetting.isEmpty }) { wakeWriter.raise() }
            wakeFollower.wait()
            wakeFollower.rest(seconds: Self.pace)
        }
        state.withLock { $0.isPulled = true }
        wakeWriter.raise()
    }

    private func take(_ batch: EventBatch) {
        guard !batch.events.isEmpty || batch.dropped > 0 else { return }
        let now = ticks()
        let first = batch.next - UInt64(batch.events.count)
        let isReady = state.withLock { state in
            for case .desk(let event) in batch.events { state.rules.note(event) }
            if case .unusable = state.health {
                state.queue.noteDropped(batch.events.count)
                return false
            }
            // The next webhook of a call writes it whole.
            state.queue.noteDropped(Int(clamping: batch.dropped))
            for (event, cursor) in zip(batch.events, first...) { state.queue.add(event, cursor: cursor, at: now) }
            return state.health.failure == nil
        }
        if isReady { wakeWriter.raise() }
    }
}

/// The number of a call in the journal, by its sequence number in the log.
///
/// Both are the same where the log went on from the journal; a journal that could not be read at the start has other numbers
/// for the calls of this session.
struct CallNumbers {
    /// The first call of this session.
    var first: UInt64 = 0
    /// Whether the log has begun, so that its numbers stay.
    var isFixed = false
    /// What is added to the sequence numbers of this session.
    var base: Int64 = 0
    /// The numbers of the calls that were restored, newest first: a journal may have gaps.
    var restored: [Int64] = []
    /// Those of them that were in progress.
    var resumed: Set<Int64> = []

    /// The number of a call; `nil` for a call of another file.
    func number(of sequence: UInt64) -> Int64? {
        guard sequence < first else { return Int64(clamping: sequence) + base }
        let age = Int(first - sequence) - 1
        return age < restored.count ? restored[age] : nil
    }
}
