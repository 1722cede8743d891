// SPDX-License-Identifier: Apache-2.0

import Calls
import Dashboard
import Dispatch
import EventLog
import Exports
import Foundation
import ServiceLifecycle
import WireFormat
import Synchronization

/// Prints one JSON line per event, on a thread of its own, so that a stalled reader or a full disk delays nothing else.
final class EventPrinter: Service {
    /// How long the last lines may take after the server has stopped.
    private static let patience = DispatchTimeInterval.seconds(2)
    /// How long a disk without room is left alone.
    private static let pause = DispatchTimeInterval.seconds(5)

    /// How long a log file may take to open, and the thread that writes to go on in it.
    private static let openingPatience = DispatchTimeInterval.seconds(5)
    /// How many openings may wait for a file system that does not answer.
    private static let mostOpenings = 8

    /// How many events are printed with one write.
    private static let mostAtOnce = 256
    /// The time between two looks at the log while events come: what comes meanwhile is printed together, and neither takes
    /// the log's lock nor wakes the thread.
    private static let pace = 0.005
    /// How soon a stop and a new log file end the pause of a disk without room, in seconds.
    private static let slice = 0.1
    /// The largest buffer of lines that is used again, in bytes.
    private static let mostKept = 1 << 20

    private let log: EventLog
    private let firstLine: [UInt8]
    /// Whether events follow the first line.
    private let isLogging: Bool
    private let place: EventSink.Place
    private let show: @Sendable (OperatorMessage) -> Void
    private let pauseWhenRefused: DispatchTimeInterval
    /// Whether numbers are masked at this moment.
    private let masks: @Sendable () -> Bool
    private let patience: DispatchTimeInterval
    private let output: EventOutput?
    /// Called instead of the message when nobody reads the events any more.
    private let onUnread: (@Sendable () -> Void)?
    private let bell = Bell()
    private let finished = DispatchSemaphore(value: 0)
    private let isStopping = Atomic(false)
    /// Set when the log file that is opened again is open, or cannot be opened.
    private let isReopening = Atomic(false)
    /// The log file that is opened again.
    private let reopening = Mutex<LogOpening?>(nil)
    /// How many openings have not ended.
    private let openings = Atomic(0)
    private let progress = Mutex(Progress())

    /// How far the thread is that prints.
    private struct Progress {
        /// Counts the threads: one that hangs in a write is given up.
        var thread = 0
        /// After the last event that was taken.
        var cursor: UInt64 = 0
    }

    /// Prints to a place; `show` gets what people should know, and `output` whether events are printed.
    init(
        log: EventLog, firstLine: [UInt8], to place: EventSink.Place, isLogging: Bool = true,
        masks: @escaping @Sendable () -> Bool = { false },
        pauseWhenRefused: DispatchTimeInterval = EventPrinter.pause,
        waitingForDisk patience: DispatchTimeInterval = EventPrinter.openingPatience, output: EventOutput? = nil,
        show: @escaping @Sendable (OperatorMessage) -> Void = { StandardError.say($0.text) },
        onUnread: (@Sendable () -> Void)? = nil
    ) {
        self.log = log
        self.onUnread = onUnread
        self.firstLine = firstLine
        self.isLogging = isLogging
        self.pauseWhenRefused = pauseWhenRefused
        self.masks = masks
        self.patience = patience
        self.output = output
        self.show = show
        self.place = place
    }

    func run() async throws {
        if isLogging { log.watch { [bell] in bell.ring() } }
        Thread.detachNewThread { [self] in printEvents(to: EventSink(place), as: 0, after: 0) }
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // A cancelled printer ends like a stopped one: after the remaining lines.
        }
        isStopping.store(true, ordering: .releasing)
        bell.wake()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                _ = self.finished.wait(timeout: .now() + Self.patience)
                continuation.resume()
            }
        }
    }

    /// Opens the log file again, which has been renamed; never waits.
    func reopen() {
        guard let path = place.path else { return }
        guard openings.load(ordering: .relaxed) < Self.mostOpenings else { return say(cannotOpen(.silent)) }
        openings.add(1, ordering: .relaxed)
        let opening = LogOpening(path, by: place.opener) { [weak self] in
            self?.openings.subtract(1, ordering: .relaxed)
            self?.noteOpened()
        }
        let former = reopening.withLock { current in
            defer { current = opening }
            return current
        }
        former?.abandon()
        noteOpened()
        DispatchQueue.global().asyncAfter(deadline: .now() + patience) { [weak self] in self?.pursue(opening) }
    }

    private func noteOpened() {
        isReopening.store(true, ordering: .releasing)
        bell.wake()
    }

    /// Looks whether a log file was opened again, and whether the thread that prints has gone on in it.
    private func pursue(_ opening: LogOpening) {
        guard reopening.withLock({ $0 === opening }) else { return }
        guard !opening.isPending else { return say(cannotOpen(.silent)) }
        guard case .success(let number) = opening.result() else { return }
        // The thread hangs in a write to the old file, whose file system does not answer.
        let (next, cursor) = progress.withLock { progress in
            progress.thread += 1
            return (progress.thread, progress.cursor)
        }
        let new = EventSink.Place(name: place.name, path: place.path, number: number, opener: place.opener)
        Thread.detachNewThread { [self] in printEvents(to: EventSink(new), as: next, after: cursor) }
    }

    /// Prints what comes, until the end or until another thread has taken over.
    private func printEvents(to sink: EventSink, as thread: Int, after start: UInt64) {
        var lines = thread == 0 ? firstLine : []
        var cursor = start
        var missed: UInt64 = 0
        var problem: LogProblem?
        // Whether events were just taken, and all that there were.
        var isFollowing = false
        while true {
            if isReopening.exchange(false, ordering: .acquiringAndReleasing) { goOn(sink) }
            let isLast = isStopping.load(ordering: .acquiring)
            if isLogging { output?.beginWrite(to: sink.name) }
            let outcome = sink.write(lines)
            // What woke this thread was meant for the one that has taken over.
            guard progress.withLock({ $0.thread == thread }) else { return bell.wake() }
            output?.endWrite()
            switch outcome {
            case .gone:
                finished.signal()
                if let onUnread { return onUnread() }
                if isLogging { output?.note("\(sink.name) was closed: events are not printed; calls are answered") }
                return say("\(sink.name) was closed; events are no longer printed, calls are still answered.")
            case .refused(let new):
                output?.note(EventOutput.words(sink.name, "\(new)"))
                if problem != new { say(refusal(sink, new)) }
                problem = new
                lines = []
                if isLast { return _ = finished.signal() }
                rest()
                continue
            case .done: output?.note(nil)
            }
            guard isLogging else { return _ = finished.signal() }
            // Not on the bell: its wait goes by the wall clock, and one that is set back would make it an hour.
            if isFollowing, !isLast { Thread.sleep(forTimeInterval: Self.pace) }
            let batch = isLast || problem != nil ? events(after: cursor) : nextEvents(after: cursor)
            cursor = batch.next
            progress.withLock { $0.cursor = cursor }
            missed += batch.dropped
            if problem != nil {
                show(OperatorMessage("Events are written to \(sink.name) again; \(missed) were missed."))
                problem = nil
                missed = 0
            }
            lines.removeAll(keepingCapacity: lines.capacity <= Self.mostKept)
            Self.append(batch, masked: masks(), to: &lines)
            isFollowing = (1..<Self.mostAtOnce).contains(batch.events.count)
            if isLast, batch.isEmpty { return _ = finished.signal() }
        }
    }

    private func events(after cursor: UInt64) -> EventBatch { log.events(after: cursor, atMost: Self.mostAtOnce) }

    /// The next events; where there are none, waits until something happens, and then there may still be none.
    private func nextEvents(after cursor: UInt64) -> EventBatch {
        let batch = events(after: cursor)
        guard batch.isEmpty else { return batch }
        bell.set()
        // One may have come before the bell was set.
        let late = events(after: cursor)
        if late.isEmpty, !isWanted { bell.wait() }
        return late
    }

    /// Whether a stop or a new log file is to be looked at; what rang for it may have rung during a rest.
    private var isWanted: Bool {
        isStopping.load(ordering: .acquiring) || isReopening.load(ordering: .acquiring)
    }

    private func say(_ words: String) { show(OperatorMessage(words, isAlert: true)) }

    /// Waits before the next try; a stop and a new log file end the wait.
    private func rest() {
        let end = DispatchTime.now() + pauseWhenRefused
        while !isWanted, DispatchTime.now() < end { Thread.sleep(forTimeInterval: Self.slice) }
    }

    /// Goes on in the log file that was opened again, or in the old one if there is none.
    private func goOn(_ sink: EventSink) {
        switch reopening.withLock({ $0?.result() }) {
        case nil: break
        case .success(let number): sink.goOn(in: number)
        case .failure(let problem): say(cannotOpen(problem))
        }
    }

    private func cannotOpen(_ problem: LogProblem) -> String {
        "cannot open the log file \(place.name) again: \(problem); events still go to the old one."
    }

    private func refusal(_ sink: EventSink, _ problem: LogProblem) -> String {
        "cannot write events to \(sink.name): \(problem); trying again every 5 s, calls are still answered."
    }

    private static func append(_ batch: EventBatch, masked: Bool, to bytes: inout [UInt8]) {
        if batch.dropped > 0 {
            StdoutLine.append(dropped: batch.dropped, to: &bytes)
            bytes.append(0x0A)
        }
        for event in batch.events {
            if masked {
                guard let line = MaskedJSON.line(ofEvent: StdoutLine.bytes(event)) else { continue }
                bytes += line
            } else {
                StdoutLine.append(event, to: &bytes)
            }
            bytes.append(0x0A)
        }
    }
}

/// Wakes the thread that prints.
private final class Bell: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    /// Whether the next event wakes the thread; on a thread that is at work anyway, it costs no system call.
    private let isSet = Atomic(false)

    /// Notes an event, on the thread that answers.
    func ring() {
        // The lock of the log orders this after the look of the thread that set the bell and saw no event.
        guard isSet.load(ordering: .relaxed), isSet.exchange(false, ordering: .acquiringAndReleasing) else { return }
        semaphore.signal()
    }

    func set() { isSet.store(true, ordering: .releasing) }

    /// Wakes the thread at once.
    func wake() { semaphore.signal() }

    func wait() {
        semaphore.wait()
        isSet.store(false, ordering: .releasing)
    }
}
