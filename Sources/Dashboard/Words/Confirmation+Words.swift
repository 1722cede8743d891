// SPDX-License-Identifier: Apache-2.0

import Calls
import Screen

extension Confirmation {
    /// One sign for it, for narrow screens.
    func mark(_ glyphs: Glyphs) -> String {
        switch self {
        case .notExpected: ""
        case .unconfirmed: "?"
        case .applied: glyphs.applied
        case .notApplied: glyphs.cross
        }
    }

    /// The word for it; nothing where no echo can come.
    var word: String { self == .notExpected ? "" : rawValue }

    var role: Role {
        switch self {
        case .notExpected, .unconfirmed: .muted
        case .applied: .answered
        case .notApplied: .failed
        }
    }
}
