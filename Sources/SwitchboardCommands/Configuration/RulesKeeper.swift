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
    private let lastFailure = Mutex<String?>(nil)

    /// Creates a keeper; without a store nothing is kept.
    init(_ store: LastGoodRules?) {
        self.store = store
    }

    /// Keeps rules that are in use now; `report` gets the reason if they could not be kept.
    func keep(_ source: ConfigurationSource, readAt: Instant, _ report: @escaping @Sendable (String) -> Void) {
        guard let store else { return }
        let rules = KeptRules(
            path: NamedFiles.absolute(source.path), readAt: readAt, bytes: source.bytes, files: source.contents)
        queue.async {
            do throws(FileProblem) {
                try store.keep(rules)
                self.lastFailure.withLock { $0 = nil }
            } catch {
                let reason = "the last good rules could not be kept (\(error))"
                let isNew = self.lastFailure.withLock { failure in
                    defer { failure = reason }
                    return failure != reason
                }
                if isNew { report(reason) }
            }
        }
    }

    /// Why a restart would find no good rules; `nil` if it would.
    var failure: String? {
        store == nil ? "no rules are kept" : lastFailure.withLock { $0 }
    }
}
