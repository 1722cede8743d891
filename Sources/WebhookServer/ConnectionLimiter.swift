// SPDX-License-Identifier: Apache-2.0

/// The room that one event loop has for connections: a crowd of idle ones must not keep a call out.
package final class ConnectionLimiter {
    /// Who takes a place.
    package protocol Client: AnyObject {
        /// When it last said something, in `AnswerService.ticks`; `nil` while it is we who take the time.
        var quietSince: UInt64? { get }
        /// Gives its place up at once.
        func leave()
    }

    private let places: Int
    private var occupants: [ObjectIdentifier: any Client] = [:]

    package init(places: Int) {
        self.places = places
    }

    /// Gives a newcomer a place; where there is none, that of the one which has been quiet longest.
    ///
    /// - Returns: `false` when everybody waits for us.
    package func enter(_ newcomer: any Client) -> Bool {
        if occupants.count >= places {
            guard let longest = quietest else { return false }
            exit(longest)
            longest.leave()
        }
        occupants[ObjectIdentifier(newcomer)] = newcomer
        return true
    }

    private var quietest: (any Client)? {
        var quietest: (occupant: any Client, since: UInt64)?
        for occupant in occupants.values {
            guard let since = occupant.quietSince, since < quietest?.since ?? .max else { continue }
            quietest = (occupant, since)
        }
        return quietest?.occupant
    }

    /// Takes back a place; of one that has none, nothing.
    package func exit(_ occupant: any Client) {
        occupants[ObjectIdentifier(occupant)] = nil
    }
}
