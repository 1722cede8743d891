// SPDX-License-Identifier: Apache-2.0

import Calls
import Overrides
import TestSupport

extension ServerStatus {
    /// What the first of three replicas says; in trouble one is silent and one has other rules and a wrong clock.
    static func replica(isTroubled: Bool = false) -> ServerStatus {
        func replica(
            _ name: String, version: Int = 42, obeys: Bool = true, heard: Int64 = 0, rules: String = "3f9a1c2e",
            clock: Int? = 2, perSecond: Int = 7, problem: String? = nil
        ) -> ReplicaStatus {
            ReplicaStatus(
                name: name, program: "0.1.0", rules: rules, version: version, obeys: obeys,
                lastHeard: .sample.advanced(bySeconds: -heard), isHeard: heard == 0, clockOffset: clock,
                startedAt: .sample.advanced(bySeconds: -86_400), calls: 12_345, callsPerSecond: perSecond,
                lastAnswerAt: .sample.advanced(bySeconds: -heard - 1), problem: problem)
        }
        let others =
            isTroubled
            ? [
                replica("eu-2", version: 41, obeys: false, heard: 34, clock: nil, perSecond: 0),
                replica(
                    "us-1", version: 40, obeys: false, rules: "77aa01bb", clock: -1850,
                    problem: "v42 of the overrides cannot be read (unknown format)"),
            ]
            : [replica("eu-2", clock: -1, perSecond: 12), replica("us-1", clock: 0, perSecond: 1_240)]
        var status = ServerStatus.sample(closure: .closed())
        status.shared = SharedDeskStatus(
            desk: "main", replica: "eu-1", contact: .fresh, version: 42, replicas: [replica("eu-1")] + others)
        return status
    }
}
