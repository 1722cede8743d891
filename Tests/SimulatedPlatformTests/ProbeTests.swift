// SPDX-License-Identifier: Apache-2.0

import OutboundHTTP
import SimulatedPlatform
import TestSupport
import Testing

@Suite struct ProbeTests {
    @Test(arguments: [
        Row("the server repeats the id", Reply(status: 200, body: #"{"probe":"p-1"}"#), "answered"),
        Row("another probe's id", Reply(status: 200, body: #"{"probe":"p-2"}"#), "not_repeated"),
        Row("a version that does not know probes", Reply(status: 200, body: "{}"), "not_repeated"),
        Row("somebody's home page", Reply(status: 200, body: "<html>"), "not_repeated"),
        Row("a refused signature", Reply(status: 401, body: ""), "refused"),
        Row("a firewall", Reply(status: 403, body: ""), "refused"),
        Row("another path", Reply(status: 404, body: ""), "no_webhook"),
        Row("a page that takes no POST", Reply(status: 405, body: ""), "no_webhook"),
        Row("a redirect", Reply(status: 301, body: ""), "redirected"),
        Row("a gateway without its server", Reply(status: 502, body: ""), "gateway_failed"),
        Row("a tunnel that is down", Reply(status: 530, body: ""), "gateway_failed"),
        Row("an error", Reply(status: 500, body: ""), "not_repeated"),
    ])
    func theReplySaysWhereAProbeArrived(_ row: Row<Reply, String>) async throws {
        let result = await Probe(through: FixedSender(reply: row.input)).send(id: "p-1")
        #expect(result.code == row.expected)
        #expect(result.isFine == (row.expected == "answered"))
        #expect(!result.description.isEmpty)
    }

    @Test func noReplyIsNotFine() async {
        let result = await Probe(through: FixedSender(reply: nil)).send(id: "p-1")
        #expect(result == .unanswered(.closed))
        #expect(!result.isFine)
    }

    struct Reply: Sendable {
        let status: Int
        let body: String
    }

    private struct FixedSender: WebhookSender {
        let reply: Reply?

        func post(_ body: [UInt8], event: String) async throws(PlatformError) -> PlatformReply {
            guard let reply else { throw .closed }
            return PlatformReply(status: reply.status, body: Array(reply.body.utf8), milliseconds: 1)
        }
    }
}
