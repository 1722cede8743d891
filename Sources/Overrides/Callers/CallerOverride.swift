// SPDX-License-Identifier: Apache-2.0

package import Calls

/// What an operator set about one caller, on every line: the kind, why, by whom, since when and until when.
package struct CallerOverride: Hashable, Sendable {
    /// Its number, counted with those of the other overrides; never reused.
    package let id: Int
    package let kind: Kind
    package let caller: PhoneNumber
    /// Why it was set, in the operator's words; may be empty.
    package let reason: String
    package let who: Operator
    package let since: Instant
    /// When it expires; `nil` until an operator removes it.
    package let until: Instant?

    package init(
        id: Int, kind: Kind, caller: PhoneNumber, reason: String, who: Operator, since: Instant, until: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.caller = caller
        self.reason = reason
        self.who = who
        self.since = since
        self.until = until
    }

    /// What it does to calls.
    package enum Kind: Hashable, Sendable {
        /// They are rejected with this text, before anything else is considered.
        case blocked(says: String)
        /// Closures and hours do not apply to them; rules do.
        case allowed

        /// The word in files and JSON; a format, never to be reworded.
        package var word: String {
            switch self {
            case .blocked: "blocked"
            case .allowed: "allowed"
            }
        }

        /// What the caller hears, if it has a text.
        package var text: String? {
            switch self {
            case .blocked(let text): text
            case .allowed: nil
            }
        }

        /// As a noun: `the block of` a caller.
        fileprivate var noun: String {
            switch self {
            case .blocked: "the block of"
            case .allowed: "the exception for"
            }
        }

        /// What beginning it did to a caller, by the number or the name in its place: `blocked caller +31612345678`.
        package func deed(on caller: String) -> String { "\(word) \(CallerOverride.scope(of: caller))" }
    }

    /// Whether it counts at a moment; an expired one does not, even before it is removed.
    package func isInForce(at now: Instant) -> Bool { until.map { now < $0 } ?? true }

    /// The caller as a scope of the control API has it, such as `caller +31612345678`.
    package var scope: String { Self.scope(of: caller) }

    package static func scope(of caller: PhoneNumber) -> String { scope(of: caller.description) }

    /// The same by the number, or the name in its place.
    package static func scope(of caller: String) -> String { "caller \(caller)" }

    /// As a noun, such as `the block of caller +31612345678`.
    package var words: String { "\(kind.noun) \(scope)" }

    /// What beginning it did, such as `blocked caller +31612345678`.
    package var deed: String { kind.deed(on: caller.description) }

    /// What the caller hears by it, for the audit; a format.
    package var heard: String { kind.text ?? "the rules answer, whatever the closures and hours" }
}

/// The overrides on callers that a change began and ended.
package struct CallerChanges: Hashable, Sendable {
    package let begun: [CallerOverride]
    package let ended: [CallerOverride]

    package init(begun: [CallerOverride], ended: [CallerOverride]) {
        self.begun = begun
        self.ended = ended
    }

    package static let none = CallerChanges(begun: [], ended: [])

    package var isEmpty: Bool { begun.isEmpty && ended.isEmpty }
}

extension [PhoneNumber] {
    /// The callers as a sentence names them: `caller +31612345678`, `callers +31612345678, +4930123456`.
    package var asCallers: String {
        "\(count == 1 ? "caller" : "callers") \(map(\.description).shortList)"
    }
}
