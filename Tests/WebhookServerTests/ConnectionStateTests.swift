// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import NIOCore
import NIOHTTP1
import Testing

@testable import WebhookServer

/// How the body of a request is collected.
@Suite struct ConnectionStateTests {
    private static func collecting() -> ConnectionState {
        .collecting(RequestInProgress(HTTPRequestHead(version: .http1_1, method: .POST, uri: "/webhook"), startedAt: 0))
    }

    /// What has been collected, and where.
    private static func body(in state: ConnectionState) -> (address: UnsafeRawPointer?, text: String) {
        guard case .collecting(let request) = state else { return (nil, "") }
        return request.withWebhook(of: "192.0.2.1") { ($0.body.baseAddress, String(decoding: $0.body, as: UTF8.self)) }
    }

    /// A client may send each byte as a chunk of its own; copies of all that came before would take hours of processor time.
    @Test func aPieceIsAddedWithoutACopyOfThoseBefore() {
        var state = Self.collecting()
        _ = state.take(ByteBuffer(string: "a"))
        // Leaves room for what follows.
        _ = state.take(ByteBuffer(repeating: UInt8(ascii: "b"), count: 5000))
        let address = Self.body(in: state).address
        for count in 1...100 {
            #expect(state.take(ByteBuffer(string: "c")) == 5001 + count)
            #expect(Self.body(in: state).address == address)
        }
        let expected = "a" + String(repeating: "b", count: 5000) + String(repeating: "c", count: 100)
        #expect(Self.body(in: state).text == expected)
    }

    @Test func onlyARequestTakesABody() {
        var states: [ConnectionState] = [.waiting, .ending]
        for index in states.indices { #expect(states[index].take(ByteBuffer(string: "a")) == 0) }
        guard case .waiting = states[0], case .ending = states[1] else {
            Issue.record("a piece changed what the connection is doing")
            return
        }
    }
}
