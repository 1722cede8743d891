// SPDX-License-Identifier: Apache-2.0

import SimulatedPlatform
import Testing

@Suite struct PlatformErrorTests {
    @Test func whatWentWrongIsSaidInWords() {
        let late = PlatformError.timedOut(after: .seconds(5))
        #expect(late.description == "no reply within 5000 ms; the platform would use its default assistant")
        let refused = PlatformError.cannotConnect(to: "http://a/", reason: "Connection refused")
        #expect(refused.description == "cannot connect to http://a/: Connection refused")
    }
}
