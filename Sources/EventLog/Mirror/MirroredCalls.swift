// SPDX-License-Identifier: Apache-2.0

/// The calls of a mirror: a shelf without a gap, and what waits for its neighbours.
///
/// Of two tellings of a call the one that knows more webhooks counts, whichever comes first.
struct MirroredCalls: Sendable {
    private(set) var shelf = CallStore()
    /// Calls that do not touch the shelf, by sequence number.
    private var waiting: [UInt64: CallEntry] = [:]
    /// The bytes of all calls, those that wait included.
    private var weight = 0
    /// No call below this number is taken: it was let go, here or there.
    private(set) var floor: UInt64 = 0
    private let keep: Retention

    init(keep: Retention) {
        self.keep = keep
    }

    var isEmpty: Bool { shelf.sequences.isEmpty }

    /// Whether calls are missing between the newest ones and this one, which was not so before.
    func leavesGap(_ box: CallEntry) -> Bool {
        !isEmpty && box.sequence > shelf.sequences.upperBound && waiting[box.sequence] == nil
            && waiting[box.sequence - 1] == nil
    }

    /// Puts a call where it belongs, if it is not known better already.
    mutating func place(_ box: CallEntry) {
        let (sequence, kept) = (box.sequence, shelf.sequences)
        guard sequence >= floor else { return }
        let box = later(of: box, waiting.removeValue(forKey: sequence))
        if let old = shelf[sequence] {
            guard box.knowsMore(than: old) else { return }
            weight += box.weight - old.weight
            shelf.replace(box, at: sequence)
            return
        }
        weight += box.weight
        if kept.isEmpty { shelf = CallStore(from: sequence) }
        if kept.isEmpty || sequence == kept.upperBound {
            shelf.append(box)
        } else if sequence + 1 == kept.lowerBound {
            shelf.prepend(box)
        } else {
            waiting[sequence] = box
        }
    }

    /// Keeps a call for later, wherever it belongs.
    mutating func wait(_ box: CallEntry) {
        guard box.sequence >= floor else { return }
        let box = later(of: box, waiting.removeValue(forKey: box.sequence))
        weight += box.weight
        waiting[box.sequence] = box
    }

    /// Clears the shelf for calls from this number on, unless they touch those that are there; these then wait.
    mutating func makeRoom(from sequence: UInt64) {
        guard sequence > shelf.sequences.upperBound else { return }
        for sequence in shelf.sequences {
            guard let box = shelf[sequence] else { continue }
            weight -= box.weight
            wait(box)
        }
        shelf = CallStore()
    }

    /// Puts the calls that waited beside their neighbours; when the mirror is complete, those below have none to come.
    mutating func join(isComplete: Bool) {
        if isEmpty, isComplete, let first = waiting.keys.min() { unwait(first) }
        guard !isEmpty else { return }
        if !waiting.isEmpty {
            while unwait(shelf.sequences.upperBound) {}
            while shelf.sequences.lowerBound > 0, unwait(shelf.sequences.lowerBound - 1) {}
        }
        if isComplete, floor < shelf.sequences.lowerBound {
            floor = shelf.sequences.lowerBound
            for sequence in waiting.keys where sequence < floor { forget(waiting: sequence) }
        }
    }

    /// Lets the oldest calls go while there are too many, and takes them no more.
    mutating func evict() {
        while true {
            let count = shelf.sequences.count + waiting.count
            guard count > 1, count > keep.calls || weight > keep.bytes else { return }
            let oldest = isEmpty ? .max : shelf.sequences.lowerBound
            if let waits = waiting.keys.min(), waits < oldest {
                forget(waiting: waits)
                floor = waits + 1
            } else {
                weight -= shelf.dropOldest()?.weight ?? 0
                floor = oldest + 1
            }
        }
    }

    @discardableResult
    private mutating func unwait(_ sequence: UInt64) -> Bool {
        guard let box = waiting.removeValue(forKey: sequence) else { return false }
        weight -= box.weight
        place(box)
        return true
    }

    private mutating func forget(waiting sequence: UInt64) {
        weight -= waiting.removeValue(forKey: sequence)?.weight ?? 0
    }

    /// The later telling of a call; the other one, which waited, weighs no more.
    private mutating func later(of box: CallEntry, _ other: CallEntry?) -> CallEntry {
        guard let other else { return box }
        weight -= other.weight
        return other.knowsMore(than: box) ? other : box
    }
}

extension CallEntry {
    /// Whether this is the later telling of a call: every change adds a webhook.
    fileprivate func knowsMore(than other: CallEntry) -> Bool { webhooks > other.webhooks }

    private var webhooks: Int { record.timeline.count + record.droppedEntries }
}
