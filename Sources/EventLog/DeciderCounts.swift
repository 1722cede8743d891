// SPDX-License-Identifier: Apache-2.0

import Calls

/// How many answers each decider gave.
///
/// A few deciders give most answers. Those are compared with the newest ones first, which costs less than hashing names.
struct DeciderCounts: Sendable {
    private var places: [Decider: Int] = [:]
    private var counts: [(decider: Decider, count: Int)] = []
    /// Places of the deciders that answered last, in no order.
    private var newest: [Int] = []
    /// Which of them gives way next.
    private var oldest = 0

    private static let mostNewest = 4

    init() {}

    init(_ counts: [Decider: Int]) {
        self.counts = counts.map { ($0.key, $0.value) }
        for (place, count) in self.counts.enumerated() { places[count.decider] = place }
    }

    var all: [Decider: Int] { Dictionary(counts, uniquingKeysWith: +) }

    mutating func add(_ decider: Decider) {
        for place in newest where counts[place].decider == decider {
            counts[place].count += 1
            return
        }
        let place = places[decider] ?? counts.count
        if place == counts.count {
            places[decider] = place
            counts.append((decider, 0))
        }
        counts[place].count += 1
        guard newest.count == Self.mostNewest else { return newest.append(place) }
        newest[oldest] = place
        oldest = (oldest + 1) % Self.mostNewest
    }
}
