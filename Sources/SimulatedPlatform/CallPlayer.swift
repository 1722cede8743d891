// SPDX-License-Identifier: Apache-2.0

package import Calls
import JSON

/// Plays calls as the platform does: one webhook after the other, each depending on the answer to the first.
package struct CallPlayer: Sendable {
    private let sender: any WebhookSender
    private let clock: any Clock<Duration>
    private let now: @Sendable () -> Instant
    private let report: @Sendable (SentWebhook) -> Void

    /// Creates a player that pauses by one clock, takes timestamps from another, and reports each webhook as it is sent.
    package init(
        sender: some WebhookSender, clock: some Clock<Duration>, now: @escaping @Sendable () -> Instant,
        report: @escaping @Sendable (SentWebhook) -> Void
    ) {
        self.sender = sender
        self.clock = clock
        self.now = now
        self.report = report
    }

    /// Plays one call until it is over or the task is cancelled.
    ///
    /// The platform fails open: after a late or unusable reply the call continues with the saved assistant. Only if no
    /// server listens are the later webhooks not sent.
    package func play(_ plan: CallPlan) async {
        let first = await send(.assistantRequest, of: plan.call, assistant: nil)
        let reply: PlatformReply?
        switch first {
        case .success(let received): reply = received
        case .failure(.cannotConnect), .failure(.encryption), .failure(.cancelled): return
        case .failure(.timedOut), .failure(.closed), .failure(.notHTTP), .failure(.replyTooLarge): reply = nil
        }
        guard case .connected(let assistant, let mostSeconds) = PlatformAnswer(reply) else { return }
        var life = CallLife(startedAt: now(), mostSeconds: mostSeconds)
        for step in plan.steps {
            do {
                try await clock.sleep(for: life.pause(before: step))
            } catch {
                return
            }
            guard let event = life.event(for: step.what, at: now()) else { continue }
            _ = await send(event, of: plan.call, assistant: assistant)
        }
    }

    private func send(
        _ event: CallEvent, of call: SimulatedCall, assistant: JSONValue?
    ) async -> Result<PlatformReply, PlatformError> {
        let body = call.body(of: event, at: now(), assistant: assistant)
        let result: Result<PlatformReply, PlatformError>
        do throws(PlatformError) {
            result = .success(try await sender.post(body, event: event.type))
        } catch {
            result = .failure(error)
        }
        report(SentWebhook(callID: call.id, type: event.type, body: body, result: result))
        return result
    }
}

/// A webhook that was sent, and its reply.
package struct SentWebhook: Sendable {
    package let callID: String
    package let type: String
    /// The body as it was sent.
    package let body: [UInt8]
    package let result: Result<PlatformReply, PlatformError>

    package init(callID: String, type: String, body: [UInt8], result: Result<PlatformReply, PlatformError>) {
        self.callID = callID
        self.type = type
        self.body = body
        self.result = result
    }
}
