// SPDX-License-Identifier: Apache-2.0

package import Calls

/// Which webhooks other servers get beside us, by type.
package struct Forwarding: Equatable, Sendable {
    /// Its reply goes back to the platform.
    package let toolCalls: Upstream?
    /// Is told of status updates; nobody waits for its reply.
    package let statusUpdates: Upstream?
    /// Is told of reports; nobody waits for its reply.
    package let reports: Upstream?

    package init(toolCalls: Upstream?, statusUpdates: Upstream?, reports: Upstream?) {
        self.toolCalls = toolCalls
        self.statusUpdates = statusUpdates
        self.reports = reports
    }

    /// Nothing is sent on.
    package static let none = Forwarding(toolCalls: nil, statusUpdates: nil, reports: nil)
}
