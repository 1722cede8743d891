// SPDX-License-Identifier: Apache-2.0

import EventLog
import CallAnswering
import WebhookServer

/// The product's own listener and exchange: verify, decode, decide, fill, record, write.
enum FullServer {
    static func run() async throws {
        let log = EventLog(keep: Retention(calls: 10_000, bytes: 64 << 20))
        let server = try await WebhookServer.start(
            on: ServerAddress(host: "127.0.0.1", port: 0), path: "/webhook", limits: ServerLimits(body: 1 << 20),
            answers: Sample.exchange(log: log))
        Ready.say(port: server.address.port)
        try await server.run()
    }
}
