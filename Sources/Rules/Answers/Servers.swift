// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An answer that another server gives, or the facts that it knows of the caller.
package struct Ask: Equatable, Sendable {
    package let upstream: Upstream
    package let gives: Gift
    /// The answer that goes out when that server gives none; an index into `RuleSet.answers`, never of another `ask`.
    package let otherwise: Int

    /// What the server's reply is used for.
    package enum Gift: Equatable, Sendable {
        /// The reply is the answer; without content (204), a rule goes on to the next one.
        case answer
        /// The reply's values become attributes of the contact, and the rules go on.
        case facts
    }

    package init(upstream: Upstream, gives: Gift = .answer, otherwise: Int) {
        self.upstream = upstream
        self.gives = gives
        self.otherwise = otherwise
    }
}

/// The servers that webhooks are forwarded to, by type.
///
/// The reply to tool calls goes back to the platform; the replies to all other types are ignored. Assistant-requests are
/// sent with what was answered, all others as they came.
package struct Forwarding: Equatable, Sendable {
    private var upstreams: [Webhook.Event.Kind: Upstream]

    package init(_ upstreams: [Webhook.Event.Kind: Upstream]) {
        self.upstreams = upstreams
    }

    package subscript(kind: Webhook.Event.Kind) -> Upstream? {
        // Looked up for each call; most files forward nothing.
        get { upstreams.isEmpty ? nil : upstreams[kind] }
        set { upstreams[kind] = newValue }
    }

    /// Nothing is forwarded.
    package static let none = Forwarding([:])
}
