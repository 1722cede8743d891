// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls

extension ServerStatus {
    /// The status at a later moment, as far as that can be told without the server: what ended by itself has ended.
    func carriedOn(to now: Instant) -> ServerStatus {
        var status = self
        status.overrides = overrides.filter { $0.isInForce(at: now) }
        status.lines = lines.map { $0.carriedOn(to: now) }
        return status
    }
}

extension LineStatus {
    fileprivate func carriedOn(to now: Instant) -> LineStatus {
        guard let until, until <= now else { return self }
        // What callers hear then, the server will say; until it does, who decides is known.
        return LineStatus(
            number: number, name: name, group: group, state: next?.state ?? state, by: next?.by ?? by,
            says: says, until: nil, untilOffset: 0, next: nil)
    }
}
