// SPDX-License-Identifier: Apache-2.0

import Calls
import Synchronization

/// Whether events reach the place where they are logged, for everyone who shows the status.
final class EventOutput: Sendable {
    private struct State {
        var problem: String?
        /// When the write began that has not ended, and where to.
        var writing: (since: UInt64, name: String)?
    }

    /// From how long on a write that does not end is a problem, in nanoseconds.
    private static let patience: UInt64 = 5_000_000_000

    private let state = Mutex(State())
    /// The nanoseconds of a clock that is never set back.
    private let ticks: @Sendable () -> UInt64
    private let changed: @Sendable () -> Void

    /// `changed` is called when the warning is another one.
    init(ticks: @escaping @Sendable () -> UInt64, changed: @escaping @Sendable () -> Void = {}) {
        self.ticks = ticks
        self.changed = changed
    }

    /// What is wrong, in one sentence; `nil` while events are logged.
    var warning: String? {
        state.withLock { state in
            if let problem = state.problem { return problem }
            guard let writing = state.writing, ticks() >= writing.since + Self.patience else { return nil }
            return Self.words(writing.name, "it does not take them")
        }
    }

    static func words(_ name: String, _ reason: String) -> String {
        "events are not written to \(name): \(reason); calls are answered"
    }

    /// Notes what is wrong, or that events are logged again.
    func note(_ problem: String?) {
        let isNew = state.withLock { state in
            defer { state.problem = problem }
            return state.problem != problem
        }
        if isNew { changed() }
    }

    /// Notes that a write begins.
    func beginWrite(to name: String) {
        let now = ticks()
        state.withLock { $0.writing = (now, name) }
    }

    func endWrite() { state.withLock { $0.writing = nil } }
}
