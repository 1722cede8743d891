// SPDX-License-Identifier: Apache-2.0

import Calls
import Foundation
package import Rules

/// The time zones of the system, and the only place that asks Foundation for them.
package enum TimeZones {
    /// Returns the table of a zone by its IANA name, such as `Europe/Amsterdam`; `nil` when there is none.
    package static func zone(named name: String) -> Zone? {
        guard isPlausible(name), let zone = TimeZone(identifier: name) else { return nil }
        var transitions: [Zone.Transition] = []
        var second = firstSecond
        var offset = zone.offset(at: second)
        let firstOffset = offset
        while second < lastSecond {
            let next = min(second + step, lastSecond)
            let nextOffset = zone.offset(at: next)
            if nextOffset != offset {
                let change = zone.firstChange(after: second, upTo: next)
                offset = zone.offset(at: change)
                transitions.append(Zone.Transition(at: change, offset: offset))
                second = change
            } else {
                second = next
            }
        }
        return Zone(name: name, firstOffset: firstOffset, transitions: transitions)
    }

    /// 1970-01-01.
    private static let firstSecond: Int64 = 0
    /// 2100-01-01.
    private static let lastSecond: Int64 = 4_102_444_800
    /// No zone has changed its clocks and back within a week.
    private static let step: Int64 = 7 * 86_400

    /// Whether a name is safe to look up: the system reads zones from files.
    private static func isPlausible(_ name: String) -> Bool {
        !name.isEmpty && name.count <= 64
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_+-/".contains($0)) }
    }
}

extension TimeZone {
    fileprivate func offset(at second: Int64) -> Int {
        secondsFromGMT(for: Date(timeIntervalSince1970: Double(second)))
    }

    /// Returns the first second with the new offset; the offsets at the ends differ.
    fileprivate func firstChange(after start: Int64, upTo end: Int64) -> Int64 {
        let offset = offset(at: start)
        return ((start + 1)..<end).partitioningIndex { self.offset(at: $0) != offset }
    }
}
