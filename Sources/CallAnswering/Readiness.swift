// SPDX-License-Identifier: Apache-2.0

import JSON
import Synchronization

/// Whether a load balancer should send calls here; calls that come are answered either way.
package final class Readiness: Sendable {
    private let objection = Mutex<@Sendable () -> String?>({ nil })

    init() {}

    /// Asks this function from now on, which returns why the server is not ready, or `nil`; it must return at once.
    package func use(_ objection: @escaping @Sendable () -> String?) {
        self.objection.withLock { $0 = objection }
    }

    /// The reply to `/readyz`, with the reason where it is not ready.
    package var reply: Reply {
        guard let why = objection.withLock({ $0 })() else {
            return Reply(status: .ok, body: Array(#"{"status":"ready"}"#.utf8))
        }
        let body = JSONValue.object([.init("status", .string("not ready")), .init("reason", .string(why))])
        return Reply(status: .serviceUnavailable, body: body.bytes)
    }
}
