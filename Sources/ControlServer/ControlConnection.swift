// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization

/// What the event loop and the tasks that answer share about one connection.
final class ControlConnection: Sendable {
    let peer: ControlPeer
    private let loop: any EventLoop
    private let state = Mutex(State())

    private struct State {
        /// How many requests have begun to be answered, and how many have come to their last byte.
        var begun = 0
        var complete = 0
        /// Whether streams end: the client went away, or the server stops.
        var isOver = false
        var waiting: Task<[UInt8]?, Never>?
    }

    init(peer: ControlPeer, loop: any EventLoop) {
        self.peer = peer
        self.loop = loop
    }

    /// Counts a request that begins to be answered, and returns its number on this connection.
    func begin() -> Int {
        state.withLock { state in
            state.begun += 1
            return state.begun
        }
    }

    /// Counts a request whose last byte has come.
    func complete() {
        state.withLock { $0.complete += 1 }
    }

    /// Whether the last byte of a request has come: the body of one that was cut off looks like a shorter one.
    func isComplete(_ request: Int) -> Bool {
        state.withLock { $0.complete >= request }
    }

    /// Waits until the event loop has taken what was written, and so knows whether the connection is full.
    ///
    /// Writes only enqueue on the event loop; while it is busy, any number of pieces would pile up.
    func settle() async throws {
        try await loop.submit {}.get()
    }

    /// Waits for the next piece of a stream, in a task of its own that `end` cancels; `nil` when the stream is over.
    func next(_ piece: @escaping ControlBody.NextPiece) async -> [UInt8]? {
        let waiting = state.withLock { state -> Task<[UInt8]?, Never>? in
            guard !state.isOver else { return nil }
            let task = Task { await piece() }
            state.waiting = task
            return task
        }
        let value = await waiting?.value
        state.withLock { $0.waiting = nil }
        return value ?? nil
    }

    /// Ends the stream that is being sent, and every later one at once.
    func end() {
        let waiting = state.withLock { state in
            state.isOver = true
            return state.waiting
        }
        waiting?.cancel()
    }
}
