// SPDX-License-Identifier: Apache-2.0

import EventLog
import ListenerTLS
import NIOCore
import TestSupport
import Testing
import WebhookServer

/// What clients without TLS, or without patience, get from a listener that speaks it.
@Suite(.timeLimit(.minutes(5))) struct EncryptedConnectionTests {
    private static func tls() throws -> ListenerTLS {
        ListenerTLS(
            try TLSCertificate(chain: Array(SamplePEM.certificate.utf8), key: Array(SamplePEM.key.utf8)))
    }

    /// The first bytes of a handshake, of which more has to follow.
    private static let half = "\u{16}\u{3}\u{1}\u{2}"

    @Test(arguments: ["", half]) func aHandshakeThatDoesNotEndIsEnded(_ first: String) async throws {
        let limits = ServerLimits(body: 1024, request: .seconds(3))
        try await ListeningServer.run(limits: limits, tls: try Self.tls()) { server in
            do {
                try await RawConnection.open(to: server.server.address) { connection in
                    if !first.isEmpty { try await connection.send(first) }
                    #expect(try await connection.rest() == "")
                }
            } catch let error as ChannelError where error == .ioOnClosedChannel {
                // It had ended before this test had its turn.
            }
        }
    }

    @Test func plainHTTPIsNotAnswered() async throws {
        try await ListeningServer.run(tls: try Self.tls()) { server in
            try await RawConnection.open(to: server.server.address) { connection in
                try await connection.send(Wire.request(body: Wire.call()))
                #expect(!(try await connection.rest().contains("HTTP")))
            }
            #expect(server.log.snapshot().totals.received == 0)
        }
    }

    /// A connection without a handshake is a newcomer like any other: it gives way first.
    @Test func connectionsWithoutAHandshakeCountInTheLimits() async throws {
        let limits = ServerLimits(body: 1024, request: .seconds(900), connections: 1)
        try await ListeningServer.run(limits: limits, tls: try Self.tls()) { server in
            let address = server.server.address
            try await RawConnection.open(to: address) { first in
                try await first.send(Self.half)
                try await withThrowingTaskGroup(of: Void.self) { others in
                    for _ in 0..<16 {
                        others.addTask {
                            try await RawConnection.open(to: address) { other in
                                try await other.send(Self.half)
                                _ = try await other.rest()
                            }
                        }
                    }
                    let words = try await first.rest()
                    #expect(words == "")
                    others.cancelAll()
                }
            }
        }
    }
}
