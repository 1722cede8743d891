// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import TestSupport
import Testing

@Suite struct DecisionIDTests {
    @Test func countInBase36FromTheStartOfTheRun() {
        let ids = DecisionIDs(startedAt: .sample)
        let run = "d-" + String(Instant.sample.microseconds / 1000, radix: 36) + "-"
        for count in 1...50_000 { #expect(ids.next() == run + String(count, radix: 36)) }
    }
}
