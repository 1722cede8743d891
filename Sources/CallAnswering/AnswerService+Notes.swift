// SPDX-License-Identifier: Apache-2.0

package import Calls
import EventLog
import Rules

extension AnswerService {
    /// Records a webhook that is not an assistant-request, and says where it is sent on to.
    func note(_ webhook: Webhook, _ inbound: InboundWebhook, _ forwarding: Forwarding, at now: Instant) -> Response {
        let arrived = Arrived(body: Array(inbound.body), now: now, startedAt: inbound.startedAt)
        log.record(webhook, at: now, body: arrived.body)
        let listener: Upstream?
        switch webhook.event {
        case .toolCalls:
            guard let upstream = forwarding.toolCalls else { return .ready(.noTools) }
            return .waiting(PendingReply(work: .tools(upstream, of: webhook.call.callID), arrived: arrived))
        case .status: listener = forwarding.statusUpdates
        case .report: listener = forwarding.reports
        case .assistantRequest, .other: listener = nil
        }
        guard let listener else { return .ready(.empty) }
        return .telling(.empty, ForwardedNotice(upstream: listener, type: webhook.event.wireName, body: arrived.body))
    }

    /// Tells another server of a webhook; this does not wait.
    package func tell(_ notice: ForwardedNotice, headers: [ForwardedWebhook.Header]) {
        forwarder.send(
            ForwardedWebhook(body: notice.body, headers: headers), type: notice.type, to: notice.upstream)
    }
}
