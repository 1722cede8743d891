// SPDX-License-Identifier: Apache-2.0

import Calls
import Dispatch
import Files
import StateFiles
import Synchronization

/// Keeps the last good rules in the state folder, in the background.
final class RulesKeeper: Sendable {
    private let store: LastGoodRules?
    private let queue = DispatchQueue(label: "switchboard.last-good-rules")
    private let state = Mutex(State())

    private struct State {
        /// Why the newest rules could not be kept.
        var failure: String?
        var report: (@Sendable (String) -> Void)?
    }

    /// Creates a keeper; without a store nothing is kept.
    init(_ store: LastGoodRules?) {
        self.store = store
    }

    /// Reports that rules could not be kept: now, if it has happened already, and whenever it happens for a new reason.
    func watch(_ report: @escaping @Sendable (String) -> Void) {
        let failure = state.withLock { state in
            state.report = report
            return state.failure
        }
        if let failure { report(failure) }
    }

    /// Keeps rules that are in use now, in the background.
    func keep(_ source: ConfigurationSource, readAt: Instant) {
        guard let store else { return }
        let rules = KeptRules(
            path: NamedFiles.absolute(source.path), readAt: readAt, bytes: source.bytes, files: source.contents)
        queue.async {
            do throws(FileProblem) {
                try store.keep(rules)
                self.state.withLock { $0.failure = nil }
            } catch {
                self.note("the last good rules could not be kept: \(error)")
            }
        }
    }

    private func note(_ failure: String) {
        let report = state.withLock { state in
            defer { state.failure = failure }
            return state.failure == failure ? nil : state.report
        }
        report?(failure)
    }

    /// Why the rules in use are not kept; `nil` if they are.
    var failure: String? {
        store == nil ? "no rules are kept" : state.withLock { $0.failure }
    }

    /// What is kept, once all that was to be kept is; `nil` if there is nothing.
    func kept() throws(FileProblem) -> KeptRules? {
        queue.sync {}
        return try store?.read()
    }
}
