// SPDX-License-Identifier: Apache-2.0

import Calls
import Dispatch
import EventLog
import Foundation
import ServiceLifecycle
import WireFormat
import Synchronization

/// Prints one JSON line per event to stdout, on a thread of its own, so that a stalled reader delays nothing else.
final class EventPrinter: Service {
    /// How long the last lines may take after the server has stopped.
    private static let patience = DispatchTimeInterval.seconds(2)

    /// How many events are printed with one write.
    private static let mostAtOnce = 256

    private let log: EventLog
    private let firstLine: [UInt8]
    /// Called when nobody reads stdout any more.
    private let onUnread: @Sendable () -> Void
    private let wake = DispatchSemaphore(value: 0)
    private let finished = DispatchSemaphore(value: 0)
    /// Set while a wake-up is pending, so that a burst of calls causes only one.
    private let isWoken = Atomic(false)
    private let isStopping = Atomic(false)

    init(log: EventLog, firstLine: [UInt8], onUnread: @escaping @Sendable () -> Void) {
        self.log = log
        self.onUnread = onUnread
        self.firstLine = firstLine
    }

    func run() async throws {
        log.watch { [weak self] in self?.signal() }
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

    private func signal() {
        if !isWoken.exchange(true, ordering: .acquiringAndReleasing) { wake.signal() }
    }

    private func printEvents() {
        defer { finished.signal() }
        guard StandardOutput.write(firstLine) else { return noteClosedOutput() }
        var cursor: UInt64 = 0
        while true {
            let isLast = isStopping.load(ordering: .acquiring)
            isWoken.store(false, ordering: .releasing)
            let batch = log.events(after: cursor, atMost: Self.mostAtOnce)
            cursor = batch.next
            guard StandardOutput.write(Self.lines(batch)) else { return noteClosedOutput() }
            if isLast, batch.events.isEmpty { return }
            if batch.events.isEmpty { wake.wait() }
        }
    }

    private static func lines(_ batch: EventBatch) -> [UInt8] {
        var bytes: [UInt8] = []
        if batch.dropped > 0 { bytes += StdoutLine.dropped(batch.dropped) + [0x0A] }
        for event in batch.events { bytes += StdoutLine.bytes(event) + [0x0A] }
        return bytes
    }

    private func noteClosedOutput() { onUnread() }
}
