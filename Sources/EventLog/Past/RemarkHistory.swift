// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

/// What operators said of calls over time, by the lines of the audit.
///
/// A call has its remarks as they are now; what a note said before it was rewritten, and a mark that was removed, only the
/// audit has.
package struct RemarkHistory: Sendable {
    private var changes: [CallID: [Change]] = [:]

    /// One thing that an operator said of a call, or took back.
    struct Change: Sendable {
        let at: Instant
        let by: String
        let change: RemarkChange
    }

    /// A history of which nothing is known.
    package init() {}

    /// Reads the history from events, in their order.
    package init(_ events: some Sequence<DeskEvent>) {
        for entry in events.lazy.flatMap(\.audit) {
            guard case .remark(let change, let call) = entry.content, let who = entry.who else { continue }
            changes[call, default: []].append(Change(at: entry.at, by: who.user, change: change))
        }
    }

    /// What was changed about a call, if anything was after a moment; otherwise the call itself has all remarks of then.
    func changes(of call: CallID, after moment: Instant) -> [Change]? {
        changes[call].flatMap { known in known.contains { $0.at > moment } ? known : nil }
    }
}
