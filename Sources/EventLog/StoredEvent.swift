// SPDX-License-Identifier: Apache-2.0

import Calls

/// An event as the log keeps it: it shares the call with the ring, where a copy would cost more than the event.
enum StoredEvent: Sendable {
    case answered(CallEntry)
    case news(CallEntry)
    indirect case other(LoggedEvent)

    /// The bytes that it keeps in memory when the ring has let its call go, about.
    var weight: Int {
        switch self {
        case .answered(let box), .news(let box): box.weight
        case .other(.unattributed(let words, _)), .other(.desk(let words, _)): 128 + words.utf8.count
        case .other: 128
        }
    }

    /// The event as followers are told it.
    var told: LoggedEvent {
        switch self {
        case .answered(let box): .answered(box.record)
        case .news(let box): .news(box.record)
        case .other(let event): event
        }
    }
}
