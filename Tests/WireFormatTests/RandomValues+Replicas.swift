// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides

extension RandomValues {
    mutating func sharedDesk() -> SharedDeskStatus {
        let contacts: [EngineContact] = [.fresh, .stale(since: instant()), .cutOff(since: instant()), .never]
        return SharedDeskStatus(
            desk: text(), replica: text(), contact: one(of: contacts), version: optional { $0.number(1...900) },
            isHereOnly: chance(),
            conflict: optional {
                SharedDeskStatus.Conflict(here: $0.text(), there: $0.text(), newestCounts: $0.chance())
            },
            problem: optional { $0.text() }, replicas: list { $0.replica() },
            gaps: list { $0.gap() })
    }

    private mutating func gap() -> CallGap {
        CallGap(replica: text(), changes: UInt64(number(1...1 << 53)), lastAt: instant(), isRecent: chance())
    }

    private mutating func replica() -> ReplicaStatus {
        ReplicaStatus(
            name: text(), program: text(), rules: text(), version: optional { $0.number(1...900) }, obeys: chance(),
            lastHeard: instant(), isHeard: chance(), clockOffset: optional { $0.number(-5000...5000) },
            startedAt: instant(), calls: UInt64(number(0...1_000_000)), callsPerSecond: number(0...10_000),
            lastAnswerAt: optional { $0.instant() }, problem: optional { $0.text() })
    }

    mutating func reach() -> ChangeReach {
        ChangeReach(
            version: optional { $0.number(1...900) }, obeying: number(0...5), of: number(0...5),
            milliseconds: number(0...2000), missing: list { $0.text() }, hereOnly: optional { $0.text() },
            isUnsure: chance())
    }
}
