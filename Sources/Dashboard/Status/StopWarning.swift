// SPDX-License-Identifier: Apache-2.0

import Calls
package import Overrides
import Screen

/// What the first ^C says: what stopping the server means, and that it takes a second one.
package enum StopWarning {
    /// How long the second ^C has, in seconds.
    package static let seconds: Int64 = 2

    /// The sentence; what is at stake now comes last, so that a narrow screen cuts that.
    package static func words(liveCalls: Int, status: ServerStatus?) -> String {
        let closed = status?.lines.count { !$0.isOpen } ?? 0
        let stakes =
            (liveCalls > 0 ? ["\(Text.count(liveCalls, "call")) in progress"] : [])
            + (closed > 0 ? ["also on \(Text.count(closed, "closed line"))"] : [])
        return "^C again stops: callers then reach the platform's default assistant"
            + (stakes.isEmpty ? "" : "; \(stakes.joined(separator: ", "))")
    }
}

extension DashboardState {
    /// Shows what a second ^C does, for as long as it does so.
    mutating func warnOfStop() {
        statusMessage = StatusMessage(
            text: StopWarning.words(liveCalls: liveCalls, status: status), isAlert: true,
            until: now.advanced(bySeconds: StopWarning.seconds))
    }
}
