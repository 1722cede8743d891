// SPDX-License-Identifier: Apache-2.0

import Calls

/// Values of many keys, such as numbers, bounded in bytes.
///
/// Two generations bound it: when the young one is full it becomes the old one, and keys without a call in the meantime
/// leave with the previous old one. That costs nothing until it happens; the caller frees what left.
struct Generations<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private var youngBytes = 0
    private let mostYoung: Int
    /// When the young one was begun.
    private var youngSince: Instant
    /// From when on nothing was evicted.
    private(set) var completeSince: Instant
    private(set) var hasForgotten = false

    init(mostBytes: Int, since: Instant) {
        mostYoung = max(1, mostBytes / 2)
        youngSince = since
        completeSince = since
    }

    subscript(key: Key) -> Value? { young[key] ?? old[key] }

    /// Changes the value of a key, and returns what left, to be freed elsewhere.
    ///
    /// `bytes` is what a value takes.
    mutating func update(
        _ key: Key, at now: Instant, bytes: (Value) -> Int, _ change: (inout Value?) -> Void
    ) -> [Key: Value]? {
        var value = young.removeValue(forKey: key)
        if let value { youngBytes -= Self.overhead + bytes(value) } else { value = old.removeValue(forKey: key) }
        change(&value)
        guard let value else { return nil }
        youngBytes += Self.overhead + bytes(value)
        young[key] = value
        guard youngBytes > mostYoung, young.count > 1 else { return nil }
        let gone = old
        if !gone.isEmpty { (completeSince, hasForgotten) = (youngSince, true) }
        old = young
        young = [:]
        youngBytes = 0
        // That call is in the old one.
        youngSince = Instant(microseconds: now.microseconds + 1)
        return gone
    }

    /// Forgets the keys that are meant.
    mutating func forget(_ isMeant: (Key) -> Bool) {
        young = young.filter { !isMeant($0.key) }
        old = old.filter { !isMeant($0.key) }
    }

    /// About what a key takes in a table that is not full, with the header of its value.
    private static var overhead: Int { 96 }
}
