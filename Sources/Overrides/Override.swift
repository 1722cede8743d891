// SPDX-License-Identifier: Apache-2.0

package import Calls

/// An operator's switch: what it does, to which lines, why, by whom, and until when.
package struct Override: Hashable, Sendable {
    /// Its number at this desk; never given twice, across restarts too.
    package let id: Int
    package let kind: Kind
    package let scope: Scope
    /// Why it was set, in the operator's words; empty where nobody said.
    package let reason: String
    /// Who set it.
    package let who: Operator
    /// When it was set.
    package let since: Instant
    /// When it ends by itself; `nil` until somebody takes it back.
    package let until: Instant?

    package init(
        id: Int, kind: Kind, scope: Scope, reason: String, who: Operator, since: Instant, until: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.scope = scope
        self.reason = reason
        self.who = who
        self.since = since
        self.until = until
    }

    /// What the switch does.
    package enum Kind: Hashable, Sendable {
        /// Calls are rejected with this text.
        case closed(says: String)
        /// The assistant answers, says this text first, and the call is short; the platform then sends its report.
        case inform(says: String)
        /// The hours are skipped.
        case forcedOpen
        /// Every answer that lets a call in greets with this text.
        case greeting(String)
    }

    /// Whether it still counts at a moment; one whose time is over does not, whoever notices it when.
    package func isInForce(at now: Instant) -> Bool {
        until.map { now < $0 } ?? true
    }

    /// The longest life of a switch that is not called out as old, in seconds.
    package static let longLife: Int64 = 4 * 3600

    /// Whether it has been in force for longer than anybody should forget it.
    package func isOld(at now: Instant) -> Bool {
        now.microseconds(since: since) > Self.longLife * 1_000_000
    }
}

extension Override.Kind {
    /// Whether it decides if a line is open, as everything but a greeting does; one of these counts in a scope.
    package var isClosure: Bool {
        if case .greeting = self { false } else { true }
    }

    /// What callers hear, if it makes them hear something.
    package var text: String? {
        switch self {
        case .closed(let text), .inform(let text), .greeting(let text): text
        case .forcedOpen: nil
        }
    }
}
