// SPDX-License-Identifier: Apache-2.0

import Calls
import EventLog

/// What waits to be written: the newest version of each changed call, and events; bounded in bytes.
struct JournalQueue {
    /// Something to write, and how many changes went into it.
    struct Item {
        let content: Content
        var changes: Int
        /// When the oldest of these changes came, in nanoseconds of a clock that is never set back.
        let since: UInt64
        let weight: Int
    }

    enum Content {
        case call(CallRecord)
        case event(LoggedEvent, cursor: UInt64)
    }

    /// Places are given in the order of arrival.
    private var items: [UInt64: Item] = [:]
    private var places: [UInt64: UInt64] = [:]
    private var first: UInt64 = 0
    private var next: UInt64 = 0
    private(set) var bytes = 0
    /// Changes that were dropped.
    private(set) var dropped = 0
    private let mostBytes: Int

    init(mostBytes: Int) {
        self.mostBytes = mostBytes
    }

    var isEmpty: Bool { items.isEmpty }

    /// How many calls wait.
    var calls: Int { places.count }

    /// How many events wait.
    var events: Int { items.count - places.count }

    /// When the oldest change came; `nil` if nothing waits.
    var oldest: UInt64? { items[first]?.since }

    /// Adds a change; a call that waits already is replaced.
    mutating func add(_ event: LoggedEvent, cursor: UInt64, at now: UInt64) {
        switch event {
        case .answered(let call), .updated(let call), .remarked(let call): add(call, at: now)
        case .refused, .desk: append(.event(event, cursor: cursor), changes: 1, since: now, weight: 1024)
        case .unattributed: return
        }
        shrink()
    }

    /// Counts changes that never arrived here.
    mutating func noteDropped(_ count: Int) { dropped += count }

    /// Adds a call, unless a newer version of it waits.
    mutating func add(_ call: CallRecord, at now: UInt64, changes: Int = 1) {
        let place = places[call.sequence]
        guard let place, let old = items[place], case .call(let waiting) = old.content else {
            places[call.sequence] = next
            append(.call(call), changes: changes, since: now, weight: call.weight)
            return
        }
        let isNewer = call.revision >= waiting.revision
        let weight = isNewer ? call.weight : old.weight
        bytes += weight - old.weight
        items[place] = Item(
            content: isNewer ? .call(call) : old.content, changes: old.changes + changes, since: min(old.since, now),
            weight: weight)
    }

    /// Removes a number from what waits.
    mutating func forget(_ forgotten: ForgottenNumber, notesOn calls: Set<CallID>) {
        for (place, item) in items {
            let content: Content =
                switch item.content {
                case .call(let call): .call(call.without(forgotten) ?? call)
                case .event(.desk(let event), let cursor):
                    .event(.desk(event.without(forgotten, notesOn: calls)), cursor: cursor)
                case .event: item.content
                }
            items[place] = Item(content: content, changes: item.changes, since: item.since, weight: item.weight)
        }
    }

    /// Takes the oldest items, at most `most` of them and about `bytes`.
    mutating func take(most: Int, bytes limit: Int) -> [Item] {
        var taken: [Item] = []
        var weight = 0
        while taken.count < most, weight < limit, let item = removeFirst() {
            taken.append(item)
            weight += item.weight
        }
        return taken
    }

    /// Puts items back that could not be written; newer versions of calls stay.
    mutating func putBack(_ taken: [Item]) {
        let rest = take(most: .max, bytes: .max)
        for item in taken + rest {
            switch item.content {
            case .call(let call): add(call, at: item.since, changes: item.changes)
            case .event: append(item.content, changes: item.changes, since: item.since, weight: item.weight)
            }
        }
        shrink()
    }

    private mutating func append(_ content: Content, changes: Int, since: UInt64, weight: Int) {
        items[next] = Item(content: content, changes: changes, since: since, weight: weight)
        bytes += weight
        next += 1
    }

    private mutating func removeFirst() -> Item? {
        guard let item = items.removeValue(forKey: first) else { return nil }
        first += 1
        bytes -= item.weight
        if case .call(let call) = item.content { places[call.sequence] = nil }
        return item
    }

    /// Drops the oldest while there is too much; a call is written whole with its next webhook.
    private mutating func shrink() {
        while bytes > mostBytes, items.count > 1, let item = removeFirst() { dropped += item.changes }
    }
}
