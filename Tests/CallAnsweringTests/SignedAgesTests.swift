// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import CallAnswering

@Suite struct SignedAgesTests {
    static let rows: [Row<[Int64], Int?>] = [
        Row("none yet", [], nil),
        Row("one", [7], 7),
        Row("one is late", [0, 0, 90, 0], 0),
        Row("the clock was wrong and is right", [200, 200, 200, 200, 1], 1),
        Row("the clock is wrong now", [0, 0, 200, 201, 199, 205], 199),
        Row("the platform is ahead", [-40, -41, -45, -40], -40),
        Row("on both sides", [-2, 3, 5, -4], -2),
        Row("more than fits", [.max, .min, .max, .max], 32767),
    ]

    @Test(arguments: rows) func theSmallestOfTheNewestFourCounts(_ row: Row<[Int64], Int?>) {
        let ages = SignedAges()
        for age in row.input { ages.note(age) }
        #expect(ages.least == row.expected)
    }

    @Test func onlySignedWebhooksOfOthersCount() throws {
        let office = try Office()
        let body = WebhookBody.sample { _ in }.text
        #expect(office.send(body, secret: "three").status == 401)
        #expect(office.service.signedAges.least == nil, "what is not ours says nothing about a clock")
        let probe = #"{"message":{"type":"switchboard-probe","call":{"id":"probe-1"}}}"#
        _ = office.send(probe, secret: "one")
        #expect(office.send(body, secret: "one").status == 200)
        #expect(office.service.signedAges.least != nil)
    }
}
