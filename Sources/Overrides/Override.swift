// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What an operator changed about a scope: the kind, why, by whom, since when and until when.
package struct Override: Hashable, Sendable {
    /// Its number; never reused, not even after a restart.
    package let id: Int
    package let kind: Kind
    package let scope: Scope
    /// Why it was set, in the operator's words; may be empty.
    package let reason: String
    /// Who set it.
    package let who: Operator
    /// When it was set.
    package let since: Instant
    /// When it expires; `nil` until an operator ends it.
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

    /// What the override does.
    package enum Kind: Hashable, Sendable {
        /// Calls are rejected with this text.
        case closed(says: String)
        /// The assistant answers, says this text first, and the call is short; the platform then sends its report.
        case inform(says: String)
        /// The line is open whatever its hours.
        case forcedOpen
        /// Every answer that accepts a call greets with this text.
        case greeting(String)
    }

    /// Whether it counts at a moment; an expired one does not, even before it is removed.
    package func isInForce(at now: Instant) -> Bool {
        until.map { now < $0 } ?? true
    }

    /// The age from which an override is called old, in seconds.
    package static let longLife: Int64 = 4 * 3600

    /// Whether it has been in force for so long that it may have been forgotten.
    package func isOld(at now: Instant) -> Bool {
        now.microseconds(since: since) > Self.longLife * 1_000_000
    }
}

extension Override.Kind {
    /// Whether it decides if a line is open, as all but greetings do; a scope has one of these.
    package var isClosure: Bool {
        if case .greeting = self { false } else { true }
    }

    /// Whether calls are rejected with its text.
    package var rejects: Bool {
        if case .closed = self { true } else { false }
    }

    /// Whether it closes lines, by rejecting calls or by having the assistant announce it.
    package var closes: Bool {
        switch self {
        case .closed, .inform: true
        case .forcedOpen, .greeting: false
        }
    }

    /// What callers hear, if it has a text.
    package var text: String? {
        switch self {
        case .closed(let text), .inform(let text), .greeting(let text): text
        case .forcedOpen: nil
        }
    }
}

/// The person behind a change, and the terminal it came from.
package struct Operator: Hashable, Sendable {
    package let user: String
    /// The terminal, such as `pts/3`; `nil` for a script.
    package let terminal: String?
    /// The machine's name.
    package let host: String?
    /// What the kernel says of the process that gave the command; the rest is what it says of itself.
    package let account: Account?

    package init(user: String, terminal: String? = nil, host: String? = nil, account: Account? = nil) {
        self.user = user
        self.terminal = terminal
        self.host = host
        self.account = account
    }

    /// The account of a process, as the kernel knows it.
    package struct Account: Hashable, Sendable {
        package let uid: UInt32
        package let name: String?

        package init(uid: UInt32, name: String?) {
            self.uid = uid
            self.name = name
        }
    }

    /// The same operator, with what the kernel says.
    package func with(_ account: Account?) -> Operator {
        Operator(user: user, terminal: terminal, host: host, account: account)
    }

    /// Whether both call themselves the same; the kernel's word may be known of one of them only.
    package func isNamed(as other: Operator?) -> Bool { with(nil) == other?.with(nil) }
}

extension Operator: CustomStringConvertible {
    /// The user with the place in brackets, such as `jan (pts/3 on desk1)`; where the account has another name, that too.
    package var description: String {
        let place = [terminal, host.map { "on \($0)" }].compactMap(\.self).joined(separator: " ")
        let other = account.flatMap { account in
            account.name == user ? nil : "account \(account.name ?? String(account.uid))"
        }
        let details = [place.isEmpty ? nil : place, other].compactMap(\.self).joined(separator: ", ")
        return details.isEmpty ? user : "\(user) (\(details))"
    }
}
