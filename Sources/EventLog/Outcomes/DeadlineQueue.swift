// SPDX-License-Identifier: Apache-2.0

import Calls

/// Calls by when they count as without news, earliest first: a binary heap that also finds a call by its id.
struct DeadlineQueue: Sendable {
    private var heap: [(deadline: Instant, id: CallID)] = []
    private var places: [CallID: Int] = [:]

    /// The earliest deadline.
    var next: Instant? { heap.first?.deadline }

    var isEmpty: Bool { heap.isEmpty }

    /// Adds a call; one that is there keeps its deadline, which is looked at again once it has passed.
    mutating func insert(_ id: CallID, at deadline: Instant) {
        guard places[id] == nil else { return }
        heap.append((deadline, id))
        places[id] = heap.count - 1
        rise(from: heap.count - 1)
    }

    mutating func remove(_ id: CallID) {
        guard !heap.isEmpty, let place = places.removeValue(forKey: id) else { return }
        let last = heap.removeLast()
        guard place < heap.count else { return }
        heap[place] = last
        places[last.id] = place
        rise(from: place)
        sink(from: place)
    }

    /// Removes and returns a call whose deadline has passed.
    mutating func pop(until now: Instant) -> CallID? {
        guard let first = heap.first, first.deadline <= now else { return nil }
        remove(first.id)
        return first.id
    }

    private mutating func rise(from place: Int) {
        var place = place
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[place].deadline < heap[parent].deadline else { return }
            swap(place, parent)
            place = parent
        }
    }

    private mutating func sink(from place: Int) {
        var place = place
        while true {
            let children = (2 * place + 1..<2 * place + 3).clamped(to: 0..<heap.count)
            guard let least = children.min(by: { heap[$0].deadline < heap[$1].deadline }),
                heap[least].deadline < heap[place].deadline
            else { return }
            swap(place, least)
            place = least
        }
    }

    private mutating func swap(_ left: Int, _ right: Int) {
        heap.swapAt(left, right)
        places[heap[left].id] = left
        places[heap[right].id] = right
    }
}
