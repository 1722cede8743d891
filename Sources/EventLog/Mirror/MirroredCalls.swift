// SPDX-License-Identifier: Apache-2.0

/// The calls of a mirror: a store without a gap, and calls that wait for their neighbours.
///
/// Of two versions of a call the one with the higher revision wins, whichever comes first.
struct MirroredCalls: Sendable {
    private(set) var store = CallStore()
    /// Calls that do not touch the store, by sequence number.
    private var waiting: [UInt64: CallEntry] = [:]
    /// The bytes of all calls, including those that wait.
    private var weight = 0
    /// Calls below this number are ignored: they were evicted, here or there.
    private(set) var floor: UInt64 = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    var isEmpty: Bool { store.sequences.isEmpty }

    /// Whether this call opens a gap after the newest ones.
    func leavesGap(_ entry: CallEntry) -> Bool {
        !isEmpty && entry.sequence > store.sequences.upperBound && waiting[entry.sequence] == nil
            && waiting[entry.sequence - 1] == nil
    }

    /// Puts a call where it belongs, if it is not known better already.
    mutating func place(_ entry: CallEntry) {
        let (sequence, kept) = (entry.sequence, store.sequences)
        guard sequence >= floor else { return }
        let entry = later(of: entry, waiting.removeValue(forKey: sequence))
        if let old = store[sequence] {
            guard entry.revision > old.revision else { return }
            weight += entry.weight - old.weight
            store.replace(entry, at: sequence)
            return
        }
        weight += entry.weight
        if kept.isEmpty { store = CallStore(from: sequence) }
        if kept.isEmpty || sequence == kept.upperBound {
            store.append(entry)
        } else if sequence + 1 == kept.lowerBound {
            store.prepend(entry)
        } else {
            waiting[sequence] = entry
        }
    }

    /// Keeps a call for later, wherever it belongs.
    mutating func wait(_ entry: CallEntry) {
        guard entry.sequence >= floor else { return }
        let entry = later(of: entry, waiting.removeValue(forKey: entry.sequence))
        weight += entry.weight
        waiting[entry.sequence] = entry
    }

    /// Clears the store for calls from this number on, unless they touch those that are there; these then wait.
    mutating func makeRoom(from sequence: UInt64) {
        guard sequence > store.sequences.upperBound else { return }
        for sequence in store.sequences {
            guard let entry = store[sequence] else { continue }
            weight -= entry.weight
            wait(entry)
        }
        store = CallStore()
    }

    /// Moves waiting calls next to their neighbours; in a complete mirror, those below the store have none to wait for.
    mutating func join(isComplete: Bool) {
        if isEmpty, isComplete, let first = waiting.keys.min() { unwait(first) }
        guard !isEmpty else { return }
        if !waiting.isEmpty {
            while unwait(store.sequences.upperBound) {}
            while store.sequences.lowerBound > 0, unwait(store.sequences.lowerBound - 1) {}
        }
        if isComplete, floor < store.sequences.lowerBound {
            floor = store.sequences.lowerBound
            for sequence in waiting.keys where sequence < floor { forget(waiting: sequence) }
        }
    }

    /// Evicts the oldest calls while there are too many, and ignores them from then on.
    mutating func evict() {
        while true {
            let count = store.sequences.count + waiting.count
            guard count > 1, count > keep.calls || weight > keep.bytes else { return }
            let oldest = isEmpty ? .max : store.sequences.lowerBound
            if let waits = waiting.keys.min(), waits < oldest {
                forget(waiting: waits)
                floor = waits + 1
            } else {
                weight -= store.dropOldest()?.weight ?? 0
                floor = oldest + 1
            }
        }
    }

    @discardableResult
    private mutating func unwait(_ sequence: UInt64) -> Bool {
        guard let entry = waiting.removeValue(forKey: sequence) else { return false }
        weight -= entry.weight
        place(entry)
        return true
    }

    private mutating func forget(waiting sequence: UInt64) {
        weight -= waiting.removeValue(forKey: sequence)?.weight ?? 0
    }

    /// The newer version of a call; subtracts the weight of the other one, which waited.
    private mutating func later(of entry: CallEntry, _ other: CallEntry?) -> CallEntry {
        guard let other else { return entry }
        weight -= other.weight
        return other.revision > entry.revision ? other : entry
    }
}
