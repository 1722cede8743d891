// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TestSupport
import Testing
import WebhookServer

@Suite struct CrumbCountTests {
    @Test func bytesThatComeOneByOneAreReadTogether() {
        var crumbs = CrumbCount()
        let pauses = (0..<20).map { _ in crumbs.pause(afterReading: 1, isComplete: false) }
        #expect(pauses.prefix(8).allSatisfy { $0 == nil })
        #expect(pauses[8...12] == [10, 20, 40, 80, 160].map { .milliseconds($0) }[...])
        #expect(pauses.dropFirst(12).allSatisfy { $0 == .milliseconds(160) })
    }

    @Test(
        arguments: [Row("whole requests", (1, true), nil), Row("large pieces", (128, false), nil)]
            as [Row<(Int, Bool), TimeAmount?>])
    func othersAreNeverPaused(_ row: Row<(Int, Bool), TimeAmount?>) {
        var crumbs = CrumbCount()
        for _ in 0..<1000 { #expect(crumbs.pause(afterReading: row.input.0, isComplete: row.input.1) == row.expected) }
    }
}
