// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Sharing
import Synchronization

/// Keeps a channel of Redis subscribed while someone listens.
final class Subscription: Sendable {
    private struct Contents {
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var next = 0
        var task: Task<Void, Never>?
        var isEnded = false
    }

    private let contents: Listeners
    private let link: Link
    private let channel: String

    /// Shared with the link, which is made from it.
    private final class Listeners: Sendable {
        let value = Mutex(Contents())

        func remove(_ number: Int) { value.withLock { $0.listeners[number] = nil } }

        func nudge() {
            for listener in value.withLock({ Array($0.listeners.values) }) { listener.yield() }
        }
    }

    init(_ settings: EngineSettings, channel: String, on group: any EventLoopGroup) {
        let contents = Listeners()
        self.contents = contents
        self.channel = channel
        link = Link(settings, purpose: "nudges", on: group) { contents.nudge() }
    }

    func nudges() -> AsyncStream<Void> {
        let (stream, listener) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        contents.value.withLock { [link, channel, listeners = contents] contents in
            guard !contents.isEnded else { return listener.finish() }
            let number = contents.next
            contents.next += 1
            contents.listeners[number] = listener
            listener.onTermination = { [weak listeners] _ in listeners?.remove(number) }
            if contents.task == nil { contents.task = Task { await Self.keep(link, channel) { listeners.nudge() } } }
        }
        return stream
    }

    /// Subscribes, and again after each loss.
    ///
    /// What changed in between is read after a nudge that comes last.
    private static func keep(_ link: Link, _ channel: String, _ nudge: () -> Void) async {
        while !Task.isCancelled {
            do {
                let connection = try await link.open().connection
                let reply = try await connection.send([RedisCommand("SUBSCRIBE", channel)])[0]
                if case .array = reply {
                    nudge()
                    await connection.waitUntilClosed()
                } else {
                    await link.drop(connection)
                }
            } catch {
                // Versions are polled too, and the poll says what is wrong.
            }
            do {
                try await Task.sleep(for: await link.pause)
            } catch {
                return
            }
        }
    }

    func end() async {
        let (listeners, task) = contents.value.withLock { contents in
            contents.isEnded = true
            defer { contents.listeners = [:] }
            return (Array(contents.listeners.values), contents.task.take())
        }
        for listener in listeners { listener.finish() }
        task?.cancel()
        await link.end()
        await task?.value
    }
}
