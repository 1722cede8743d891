// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Bounds the requests on their way to each server; the others wait in order.
///
/// The client's pool would bound them too, but it does not distinguish a request that waited for a connection from
/// one that waited for the server. Only the second kind counts against the server.
final class ConnectionSlots: Sendable {
    private struct Server {
        var taken = 0
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private struct State {
        var servers: [Substring: Server] = [:]
        var lastID: UInt64 = 0
    }

    private let perServer: Int
    private let state = Mutex(State())

    init(perServer: Int) {
        self.perServer = perServer
    }

    /// How a request got its slot.
    enum Grant {
        case immediate
        case afterWaiting
        /// The task was cancelled before it got one.
        case none
    }

    /// Takes a slot, and waits for one if necessary.
    func take(for server: Substring) async -> Grant {
        if takeFree(for: server) { return .immediate }
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let isTaken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let isTaken = take(for: server, id, continuation) { continuation.resume(returning: isTaken) }
            }
        } onCancel: {
            cancel(id, for: server)?.resume(returning: false)
        }
        guard isTaken else { return .none }
        guard Task.isCancelled else { return .afterWaiting }
        giveBack(for: server)
        return .none
    }

    private func takeFree(for server: Substring) -> Bool {
        state.withLock { state in
            guard state.servers[server, default: Server()].taken < perServer else { return false }
            state.servers[server, default: Server()].taken += 1
            return true
        }
    }

    /// Takes a free slot, or queues the continuation and returns `nil`.
    private func take(
        for server: Substring, _ id: UInt64, _ continuation: CheckedContinuation<Bool, Never>
    ) -> Bool? {
        state.withLock { state in
            // Checked under the lock: a later cancellation finds the continuation in the queue.
            if Task.isCancelled { return false }
            guard state.servers[server, default: Server()].taken >= perServer else {
                state.servers[server, default: Server()].taken += 1
                return true
            }
            state.servers[server]?.waiting.append((id, continuation))
            return nil
        }
    }

    private func cancel(_ id: UInt64, for server: Substring) -> CheckedContinuation<Bool, Never>? {
        state.withLock { state in
            guard let index = state.servers[server]?.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            return state.servers[server]?.waiting.remove(at: index).continuation
        }
    }

    /// Frees a slot, for the request that has waited longest.
    func giveBack(for server: Substring) {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard var entry = state.servers.removeValue(forKey: server) else { return nil }
            let next = entry.waiting.isEmpty ? nil : entry.waiting.removeFirst().continuation
            if next == nil { entry.taken -= 1 }
            if entry.taken > 0 { state.servers[server] = entry }
            return next
        }
        next?.resume(returning: true)
    }
}
