// SPDX-License-Identifier: Apache-2.0

import Calls

extension Override {
    /// The override in words, such as `closed group amsterdam` or `the greeting of all lines`.
    package var words: String {
        let place = [scope].words
        return switch kind {
        case .closed: "the closure of \(place)"
        case .inform: "the closure of \(place) (callers are told)"
        case .forcedOpen: "the forced opening of \(place)"
        case .greeting: "the forced greeting of \(place)"
        }
    }

    /// What was done when it began, such as `closed group amsterdam`.
    package var deed: String { "\(kind.deed) \([scope].words)" }

    /// What callers hear by it, for the audit's old and new words.
    package var heard: String { kind.text ?? "the rules answer, whatever the hours" }
}

extension Override.Kind {
    /// What beginning it is called.
    var deed: String {
        switch self {
        case .closed: "closed"
        case .inform: "closed (callers are told)"
        case .forcedOpen: "forced open"
        case .greeting: "forced a greeting on"
        }
    }
}
