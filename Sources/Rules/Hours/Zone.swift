// SPDX-License-Identifier: Apache-2.0

package import Calls

/// A time zone as a table of its changes, so that the answering path asks no operating system.
package struct Zone: Hashable, Sendable {
    /// The IANA name, such as `Europe/Amsterdam`.
    package let name: String
    /// Seconds ahead of UTC before the first transition.
    package let firstOffset: Int
    /// In order of time.
    package let transitions: [Transition]

    package init(name: String, firstOffset: Int, transitions: [Transition]) {
        self.name = name
        self.firstOffset = firstOffset
        self.transitions = transitions
    }

    package static let utc = Zone(name: "UTC", firstOffset: 0, transitions: [])

    /// A change of the clock.
    package struct Transition: Hashable, Sendable {
        /// The first Unix second at which the new offset holds.
        package let at: Int64
        /// Seconds ahead of UTC from then on.
        package let offset: Int

        package init(at: Int64, offset: Int) {
            self.at = at
            self.offset = offset
        }
    }

    /// Returns how many seconds the zone's clocks are ahead of UTC.
    package func offset(at instant: Instant) -> Int {
        let second = instant.seconds
        let next = transitions.partitioningIndex { $0.at > second }
        return next == 0 ? firstOffset : transitions[next - 1].offset
    }

    /// Returns the first second after this one at which the zone's clocks jump.
    func transition(after second: Int64) -> Int64? {
        let next = transitions.partitioningIndex { $0.at > second }
        return next < transitions.count ? transitions[next].at : nil
    }

    /// Returns what the zone's clocks show.
    package func local(_ instant: Instant) -> LocalTime {
        instant.local(offset: offset(at: instant))
    }
}
