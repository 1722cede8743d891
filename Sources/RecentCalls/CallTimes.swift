// SPDX-License-Identifier: Apache-2.0

import Calls

/// The newest moments at which something happened to each of many numbers.
///
/// Two generations bound it: when the young one is full it becomes the old one, and what nobody touched meanwhile is let
/// go with the old one before it. That costs nothing until it happens, and then one release.
struct CallTimes: Sendable {
    /// Newest last.
    private var young: [PhoneNumber: [Instant]] = [:]
    private var old: [PhoneNumber: [Instant]] = [:]
    private let mostYoung: Int

    init(mostNumbers: Int) {
        mostYoung = max(1, mostNumbers / 2)
    }

    /// Returns the moments of a number, newest first.
    func newest(of number: PhoneNumber, _ depth: Int) -> [Instant] {
        Array((young[number] ?? old[number] ?? []).suffix(depth).reversed())
    }

    mutating func note(_ number: PhoneNumber, at now: Instant, _ depth: Int) {
        if young[number] == nil {
            if young.count >= mostYoung {
                old = young
                young = [:]
            }
            young[number] = old.removeValue(forKey: number) ?? []
        }
        young[number]?.append(now)
        let surplus = (young[number]?.count ?? 0) - depth
        if surplus > 0 { young[number]?.removeFirst(surplus) }
    }
}
