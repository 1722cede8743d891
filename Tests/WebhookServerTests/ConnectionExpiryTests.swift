// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Testing
import WebhookServer

@Suite struct ConnectionExpiryTests {
    /// In seconds: a request may take 10, silence 75.
    @Test(
        arguments: [
            (100, nil, 175, .idle),
            (100, 100, 110, .slowRequest),
            (109, 100, 110, .slowRequest),
            (100, 165, 175, .idle),
            (100, 164, 174, .slowRequest),
        ] as [(UInt64, UInt64?, UInt64, ConnectionExpiry.Reason)])
    func comesWithSilenceOrWithASlowRequest(
        newest: UInt64, since: UInt64?, at: UInt64, why: ConnectionExpiry.Reason
    ) {
        let expiry = ConnectionExpiry(
            limits: ServerLimits(body: 1), newest: newest * 1_000_000_000,
            requestSince: since.map { $0 * 1_000_000_000 })
        #expect(expiry.at == .uptimeNanoseconds(at * 1_000_000_000))
        #expect(expiry.why == why)
    }

    @Test func silenceEndsASlowRequestToo() {
        let limits = ServerLimits(body: 1, request: .seconds(20), idle: .seconds(5))
        let expiry = ConnectionExpiry(limits: limits, newest: 0, requestSince: 0)
        #expect(expiry.at == .uptimeNanoseconds(5_000_000_000))
        #expect(expiry.why == .idle)
    }
}
