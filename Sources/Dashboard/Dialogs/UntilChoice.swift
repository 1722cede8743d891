// SPDX-License-Identifier: Apache-2.0

import Calls

/// The ends that a dialog offers for a switch.
enum UntilChoice: Hashable, Sendable {
    /// The next moment at which the hours of one of the lines open or close it.
    case nextChange
    case lasting(minutes: Int)
    /// A time of day that is typed.
    case time
    /// Until somebody takes it back.
    case reopened

    /// What is offered for any lines, the shortest first.
    static let always: [UntilChoice] =
        [15, 30, 60, 120, 240].map { .lasting(minutes: $0) } + [.time, .reopened]

    /// What holds where nobody chose and no hours change.
    static let usual = lasting(minutes: 60)

    /// The choice in words, without its moment.
    var words: String {
        switch self {
        case .nextChange: "next change"
        case .lasting(let minutes): minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h"
        case .time: "a time"
        case .reopened: "until reopened"
        }
    }
}
