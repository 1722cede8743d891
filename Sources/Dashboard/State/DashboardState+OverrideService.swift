// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension DashboardState {
    /// Lets go of the overrides whose time is over; the clock knows it before the desk tells.
    mutating func letGo() {
        guard desk?.overrides.allSatisfy({ $0.isInForce(at: now) }) == false else { return }
        desk?.overrides.removeAll { !$0.isInForce(at: now) }
    }

    /// Keeps the warnings that are new among the messages, since the bars may not have room for all.
    mutating func keepWarnings(of status: ServerStatus) {
        for warning in status.warnings where desk?.warnings.contains(warning) != true {
            keep(OperatorMessage(warning, isAlert: true))
        }
    }

    /// Says what came of the oldest order.
    mutating func note(_ result: OverrideResponse) {
        if !pending.isEmpty { pending.removeFirst() }
        switch result {
        case .refused(let words): say(words, isAlert: true)
        case .done(let outcome):
            // What callers do not get because of something else must be seen, so it stays until a key is pressed.
            tell(OperatorMessage(outcome.words, details: outcome.caveats, isAlert: !outcome.caveats.isEmpty))
            guard !outcome.caveats.isEmpty else { return }
            let words = ([outcome.words] + outcome.caveats).joined(separator: "; ")
            notice = StatusMessage(words: words, isAlert: true, until: nil)
        }
    }
}
