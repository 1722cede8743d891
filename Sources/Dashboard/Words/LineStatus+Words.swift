// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import Screen

extension LineStatus.State {
    var words: String {
        switch self {
        case .open: "OPEN"
        case .closed: "CLOSED"
        case .inform: "INFORM"
        case .forcedOpen: "FORCED OPEN"
        }
    }

    var role: Role {
        switch self {
        case .open: .open
        case .closed, .inform: .closed
        case .forcedOpen: .forced
        }
    }
}

extension LineStatus {
    /// The state, until when, and what comes then.
    func standing(now: Instant) -> String {
        guard let until else {
            if case .override = by { return "\(state.words) until reopened" }
            return state == .forcedOpen ? "\(state.words) until reopened" : state.words
        }
        let end = "\(state.words) until \(Words.moment(until, offset: untilOffset, now: now))"
        return next.map { "\(end), then \($0.state.words)" } ?? end
    }
}
