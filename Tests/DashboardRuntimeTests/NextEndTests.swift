// SPDX-License-Identifier: Apache-2.0

import Overrides
import Calls
import DashboardRuntime
import Testing
import TestSupport

/// What the dashboard's thread wakes for when no key, no news and no clock does.
@Suite struct NextEndTests {
    private static func end(_ seconds: Int64, _ scope: Scope = .all) -> Override {
        .closed(scope: scope, until: .sample.advanced(bySeconds: seconds))
    }

    @Test(arguments: [
        (ServerStatus.sample(lines: []), nil), (.sample(), 12_600), (.sample(overrides: [end(600)]), 600),
        (.sample(overrides: [end(900), end(600, .group("demo"))]), 600), (.sample(overrides: [end(20_000)]), 12_600),
        (.sample(closure: .closed(), lines: []), nil), (.sample(overrides: [end(-5), end(0, .group("demo"))]), 12_600),
    ])
    func isTheNearestThatIsAhead(desk: ServerStatus, seconds: Int64?) {
        #expect(desk.nextEnd(after: .sample) == seconds.map { Instant.sample.advanced(bySeconds: $0) })
    }
}
