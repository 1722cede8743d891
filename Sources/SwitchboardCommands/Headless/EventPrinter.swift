// SPDX-License-Identifier: Apache-2.0

import Calls
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

    /// How many events are printed with one write.
    private static let mostAtOnce = 256

    private let log: EventLog
    private let firstLine: [UInt8]
    /// Whether events follow the first line.
    private let isLogging: Bool
    private let place: EventSink.Place
    private let say: @Sendable (String) -> Void
    private let pauseWhenRefused: DispatchTimeInterval
    /// Whether numbers are masked at this moment.
    private let masks: @Sendable () -> Bool
    /// Called instead of the message when nobody reads the events any more.
    private let onUnread: (@Sendable () -> Void)?
    private let wake = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    /// Set while a wake-up is pending, so that a burst of calls causes only one.
    private let isWoken = Atomic(false)
    private let isStopping = Atomic(false)
    private let isReopening = Atomic(false)

    /// Prints to a place; `say` gets what people should know.
    init(
        log: EventLog, firstLine: [UInt8], to place: EventSink.Place, isLogging: Bool = true,
        masks: @escaping @Sendable () -> Bool = { false }, pauseWhenRefused: DispatchTimeInterval = EventPrinter.pause,
        say: @escaping @Sendable (String) -> Void = StandardError.say, onUnread: (@Sendable () -> Void)? = nil
    ) {
        self.log = log
        self.onUnread = onUnread
        self.firstLine = firstLine
        self.isLogging = isLogging
        self.pauseWhenRefused = pauseWhenRefused
        self.masks = masks
        self.say = say
        self.place = place
    }

    func run() async throws {
        if isLogging { log.watch { [weak self] in self?.signal() } }
        Thread.detachNewThread { self.printEvents() }
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // A cancelled printer ends like a stopped one: after the remaining lines.
        }
        isStopping.store(true, ordering: .releasing)
        wake.signal()
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                _ = self.finished.wait(timeout: .now() + Self.patience)
                continuation.resume()
            }
        }
    }

    /// Opens the log file again, which has been renamed.
    func reopen() {
        isReopening.store(true, ordering: .releasing)
        wake.signal()
    }

    private func signal() {
        if !isWoken.exchange(true, ordering: .acquiringAndReleasing) { wake.signal() }
    }

    private func printEvents() {
        defer { finished.signal() }
        let sink = EventSink(place)
        var lines = firstLine
        var cursor: UInt64 = 0
        var missed: UInt64 = 0
        var problem: Int32?
        while true {
            if isReopening.exchange(false, ordering: .acquiringAndReleasing) { reopen(sink) }
            let isLast = isStopping.load(ordering: .acquiring)
            switch sink.write(lines) {
            case .gone:
                if let onUnread { return onUnread() }
                return say("\(sink.name) was closed; events are no longer printed, calls are still answered.")
            case .refused(let number):
                if problem != number { say(refusal(sink, number)) }
                problem = number
                lines = []
                if isLast { return }
                rest()
                continue
            case .done: break
            }
            guard isLogging else { return }
            isWoken.store(false, ordering: .releasing)
            let batch = log.events(after: cursor, atMost: Self.mostAtOnce)
            cursor = batch.next
            missed += batch.dropped
            if problem != nil {
                say("Events are written to \(sink.name) again; \(missed) were missed.")
                problem = nil
                missed = 0
            }
            lines = Self.lines(batch, masked: masks())
            guard batch.events.isEmpty else { continue }
            if isLast, lines.isEmpty { return }
            if lines.isEmpty { wake.wait() }
        }
    }

    /// Waits before the next try; a stop and a new log file end the wait.
    private func rest() {
        let end = DispatchTime.now() + pauseWhenRefused
        while !isStopping.load(ordering: .acquiring), !isReopening.load(ordering: .acquiring),
            wake.wait(timeout: end) == .success
        {}
    }

    private func reopen(_ sink: EventSink) {
        let number = sink.reopen()
        guard number != 0 else { return }
        say("cannot open the log file \(sink.name) again: \(Self.words(number)); events still go to the old one.")
    }

    private func refusal(_ sink: EventSink, _ number: Int32) -> String {
        "cannot write events to \(sink.name): \(Self.words(number)); trying again every 5 s, calls are still answered."
    }

    private static func words(_ number: Int32) -> String { String(cString: strerror(number)) }

    private static func lines(_ batch: EventBatch, masked: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        if batch.dropped > 0 { bytes += StdoutLine.dropped(batch.dropped) + [0x0A] }
        for event in batch.events {
            let line = StdoutLine.bytes(event)
            guard let shown = masked ? MaskedJSON.line(ofEvent: line) : line else { continue }
            bytes += shown + [0x0A]
        }
        return bytes
    }
}
