// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An answer that another server gives.
package struct Ask: Equatable, Sendable {
    package let upstream: Upstream
    /// The answer that goes out when that server gives none; an index into `RuleSet.answers`, never of another `ask`.
    package let otherwise: Int

    package init(upstream: Upstream, otherwise: Int) {
        self.upstream = upstream
        self.otherwise = otherwise
    }
}

/// The webhooks that are forwarded to other servers, by type.
package struct Forwarding: Equatable, Sendable {
    /// Its reply goes back to the platform.
    package let toolCalls: Upstream?
    /// Receives status updates; its reply is ignored.
    package let statusUpdates: Upstream?
    /// Receives reports; its reply is ignored.
    package let reports: Upstream?

    package init(toolCalls: Upstream?, statusUpdates: Upstream?, reports: Upstream?) {
        self.toolCalls = toolCalls
        self.statusUpdates = statusUpdates
        self.reports = reports
    }

    /// Nothing is forwarded.
    package static let none = Forwarding(toolCalls: nil, statusUpdates: nil, reports: nil)
}
