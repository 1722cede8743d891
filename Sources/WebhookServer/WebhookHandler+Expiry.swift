// SPDX-License-Identifier: Apache-2.0

import Calls
import CallAnswering
import NIOCore

extension WebhookHandler {
    /// Sets the connection's one timer: it looks at the clock when it fires, so that a request costs it nothing.
    func watch(_ context: ChannelHandlerContext) {
        let expiry = ConnectionExpiry(limits: limits, newest: arrival.newest, requestSince: arrival.first)
        // Not further ahead than a request may take, so that one that begins meanwhile is looked at in time.
        let look = min(max(expiry.at, .now() + .milliseconds(100)), .now() + limits.request)
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: look) { [weak self] in
            self?.expire(context)
        }
    }

    private func expire(_ context: ChannelHandlerContext) {
        let expiry = ConnectionExpiry(limits: limits, newest: arrival.newest, requestSince: arrival.first)
        guard expiry.at <= .now() else { return watch(context) }
        switch (expiry.why, state) {
        // It is we who take the time; what comes behind may wait.
        case (_, .answering): watch(context)
        case (.idle, _), (_, .ending): leave()
        case (.slowRequest, _):
            endWith(exchange.refuse(.tooSlow, from: peer), context)
            context.close(promise: nil)
        }
    }
}
