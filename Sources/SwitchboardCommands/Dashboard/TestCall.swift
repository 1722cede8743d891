// SPDX-License-Identifier: Apache-2.0

import CallAnswering
import Calls
import ConfigFiles
import Dashboard
import OutboundHTTP
import SimulatedPlatform
import WebhookServer

/// A signed test call from the server's own dashboard to the server.
struct TestCall: Sendable {
    private let assembly: ServerComponents

    /// The time between two webhooks of the call.
    private static let pause = Duration.milliseconds(700)

    init(to assembly: ServerComponents) {
        self.assembly = assembly
    }

    /// Sends every webhook of a call, so that it does not ring for ever, and reports the answer to the first.
    func play(from: String, to: String, then report: @escaping @Sendable (OperatorMessage) -> Void) async {
        let address = assembly.server.address
        let client = PlatformClient(
            target: WebhookTarget(host: address.host, port: address.port, path: assembly.settings.path),
            secret: assembly.answers.signingSecret, http: assembly.http, now: assembly.clock.now)
        let player = CallPlayer(sender: client, clock: ContinuousClock(), now: assembly.clock.now) { sent in
            guard sent.type == "assistant-request" else { return }
            report(Self.message(sent, to: to))
        }
        await player.play(
            .test(.test(from: from == "withheld" ? .null : .text(from), to: to), whole: true, pause: Self.pause))
    }

    private static func message(_ sent: SentWebhook, to: String) -> OperatorMessage {
        switch sent.result {
        case .success(let reply) where reply.status == 200:
            OperatorMessage("test call to \(to) answered in \(Int(reply.milliseconds.rounded(.up))) ms")
        case .success(let reply): OperatorMessage("test call to \(to): HTTP status \(reply.status)", isAlert: true)
        case .failure(let error): OperatorMessage("test call to \(to): \(error)", isAlert: true)
        }
    }
}
