// SPDX-License-Identifier: Apache-2.0

import Foundation
import SimulatedPlatform
import Synchronization

/// Says what came back of a test call: the answer on stdout, the course of it on stderr.
final class CallResult: Sendable {
    private let hasFailed = Mutex(false)

    /// Whether every webhook was answered 200.
    var isFine: Bool { hasFailed.withLock { !$0 } }

    func take(_ sent: SentWebhook) {
        switch sent.result {
        case .success(let reply):
            StandardError.say("\(sent.type): \(reply.status) in \(Self.text(reply.milliseconds)) ms")
            if reply.status != 200 { fail(Self.advice(reply.status)) }
            if sent.type == "assistant-request" { _ = StandardOutput.write(reply.body + [0x0A]) }
        case .failure(let error):
            StandardError.say("\(sent.type): \(error)")
            fail(nil)
        }
    }

    private func fail(_ advice: String?) {
        hasFailed.withLock { $0 = true }
        if let advice { StandardError.say(advice) }
    }

    private static func advice(_ status: Int) -> String? {
        switch status {
        case 401: "The signature was refused: is it the server's own secret, in --secret-env?"
        case 404: "Nothing is served at that path: does --url end in the server's path?"
        default: nil
        }
    }

    private static func text(_ milliseconds: Double) -> String {
        String(format: "%.1f", milliseconds)
    }
}
