// SPDX-License-Identifier: Apache-2.0

package import Calls
package import Overrides

/// What an operator or the server did at the desk.
package struct DeskEvent: Hashable, Sendable {
    /// How many of the newest are kept for the screen.
    package static let mostKept = 200

    package let at: Instant
    /// What was done or is in force now, with the operator's name where there is one.
    package let words: String
    /// The lines of the audit that belong to it; empty for what is not in the audit, such as a reload.
    package let audit: [AuditEntry]
    /// Why the rules file was read again, for a reload.
    package let reload: ReloadCause?

    package init(at: Instant, words: String, audit: [AuditEntry] = [], reload: ReloadCause? = nil) {
        self.at = at
        self.words = words
        self.audit = audit
        self.reload = reload
    }

    /// What a line of the audit says.
    package init(audited entry: AuditEntry) {
        self.init(at: entry.at, words: (entry.who.map { "\($0.user) " } ?? "") + entry.words, audit: [entry])
    }

    /// The result of reading the rules file again, with its cause in front.
    package init(at: Instant, reload cause: ReloadCause, result: String) {
        self.init(at: at, words: "\(cause.words): \(result)", reload: cause)
    }

    /// Who did it; `nil` for what the server did by itself.
    ///
    /// Overrides that have expired since the previous change come first in the audit; nobody ended those.
    package var who: Operator? { audit.lazy.compactMap(\.who).first ?? reload?.who }

    /// Whether it is something that was done to the overrides or the rules, and not a report of the server.
    package var isDeed: Bool { !audit.isEmpty || reload != nil }
}

/// Why the rules file was read again.
package enum ReloadCause: Hashable, Sendable {
    /// It was saved, or a file that it names.
    case fileChanged
    /// The signal SIGHUP.
    case signal
    case operatorRequest(Operator)

    /// Who asked for it; `nil` where that is unknown.
    package var who: Operator? {
        switch self {
        case .fileChanged, .signal: nil
        case .operatorRequest(let who): who
        }
    }

    /// The cause in front of the result, such as `anna reloaded`.
    package var words: String {
        switch self {
        case .fileChanged: "the file changed"
        case .signal: "SIGHUP"
        case .operatorRequest(let who): "\(who.user) reloaded"
        }
    }
}
